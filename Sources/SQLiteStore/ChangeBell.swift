import Foundation
import KeyCore
import Synchronization

/// Tells every process that has the database open that something changed which verifying must know.
///
/// A counter of 8 bytes in a file beside the database, mapped into the memory of each process. A commit rings it
/// before the change is acknowledged to anyone, and a verify looks at it with one load: so a server sees what the
/// command line deleted at the very next verify, without asking the database each time.
///
/// - A process that dies between its commit and the ring has acknowledged nothing. Followers poll as well, and
///   find such a change then.
/// - Whoever follows must take the mark before reading the changes: a ring in between shows as a moved mark.
/// - Where the mapping were not shared (a network file system), WAL would not work either: it too needs shared
///   memory.
/// - The file holds no data and is not backed up. But like the WAL it must not be removed while a process has the
///   database open: the next process would make another, and only the polls would find what that one did.
final class ChangeBell: Sendable {
    private static let size = MemoryLayout<Atomic<UInt64>>.size

    private let counter: Mapping

    /// - Parameter database: the path of the database file, without symbolic links, so that all agree on one bell.
    init(besides database: String) throws(StoreError) {
        let path = database + "-bell"
        var owner = stat()
        guard stat(database, &owner) == 0 else { throw ChangeBell.failure("stat", database) }
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, owner.st_mode & 0o666)
        guard file >= 0 else { throw ChangeBell.failure("open", path) }
        defer { close(file) }
        // The command line run by root must not lock out the server: the file belongs to whom the database does.
        if geteuid() == 0 { _ = fchown(file, owner.st_uid, owner.st_gid) }
        guard ftruncate(file, off_t(ChangeBell.size)) == 0 else { throw ChangeBell.failure("ftruncate", path) }
        guard let memory = mmap(nil, ChangeBell.size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0),
            memory != MAP_FAILED
        else { throw ChangeBell.failure("mmap", path) }
        counter = Mapping(memory)
    }

    deinit {
        munmap(counter.memory, ChangeBell.size)
    }

    var mark: UInt64 {
        counter.value.pointee.load(ordering: .acquiring)
    }

    func ring() {
        counter.value.pointee.wrappingAdd(1, ordering: .acquiringAndReleasing)
    }

    private static func failure(_ call: String, _ path: String) -> StoreError {
        .unavailable("\(call) \(path): \(String(cString: strerror(errno)))")
    }

    /// `@unchecked`: a raw pointer is never `Sendable`, but all that is ever done through this one is atomic.
    private struct Mapping: @unchecked Sendable {
        let memory: UnsafeMutableRawPointer
        let value: UnsafeMutablePointer<Atomic<UInt64>>

        init(_ memory: UnsafeMutableRawPointer) {
            self.memory = memory
            value = memory.bindMemory(to: Atomic<UInt64>.self, capacity: 1)
        }
    }
}
