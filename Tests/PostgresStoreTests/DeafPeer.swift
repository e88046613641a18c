import Foundation
import Synchronization

/// A program that is no database: it hangs up on the first who connects, and never says a word to the others.
final class DeafPeer: Sendable {
    let port: Int
    private let socket: Int32
    private let taken = Mutex<[Int32]>([])

    /// How many have connected.
    var connections: Int { taken.withLock(\.count) }

    init() throws {
        let port = try freePort()
        let listening = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        let isListening = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listening, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 && listen(listening, 16) == 0
            }
        }
        guard isListening else { throw TestFailure("There is no port to listen at.") }
        (self.port, socket) = (port, listening)
        Thread.detachNewThread { self.take() }
    }

    /// Until `close`, which makes the call that waits fail.
    private func take() {
        while case let file = accept(socket, nil, nil), file >= 0 {
            let isFirst = taken.withLock { taken in
                taken.append(file)
                return taken.count == 1
            }
            if isFirst { shutdown(file, Int32(SHUT_RDWR)) }
        }
    }

    func close() {
        shutdown(socket, Int32(SHUT_RDWR))
        for file in taken.withLock(\.self) + [socket] { Foundation.close(file) }
    }
}
