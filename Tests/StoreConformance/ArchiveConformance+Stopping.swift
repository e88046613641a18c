import KeyCore
import Synchronization
import Testing

extension ArchiveConformance {
    static let stopping = [
        ArchiveGuarantee("a copy that is stopped after each batch comes to the same rows") { from, to in
            try ArchivedRows.write(to: try from.target())
            var runs = 0
            while let error = copyError({ try Stopping.run(from: from, to: to, after: 1) }) {
                #expect(error == .writing(.unavailable("stopped")))
                runs += 1
                try #require(runs < 100)
            }
            #expect(runs > ArchivedTable.all.count)
            #expect(try from.source().checksums() == to.source().checksums())
        },

        ArchiveGuarantee("a copy of a source that has changed since is refused until it begins anew") { from, to in
            try ArchivedRows.write(to: try from.target())
            #expect(copyError { try Stopping.run(from: from, to: to, after: 12) } != nil)
            try await from.withStore { store in _ = try await store.note([.key(.random())]) }
            #expect(copyError { try Stopping.run(from: from, to: to) } == .sourceChanged)
            #expect(copyError { try Stopping.run(from: from, to: to, restart: true) } == nil)
            #expect(try from.source().checksums() == to.source().checksums())
            try await to.withStore { store in _ = try await store.settled() }
        },

        ArchiveGuarantee("beginning anew empties what is left of a copy, again and again") { from, to in
            try ArchivedRows.write(to: try from.target())
            for batches in [0, 5, 15] {
                #expect(copyError { try Stopping.run(from: from, to: to, restart: true, after: batches) } != nil)
            }
            #expect(copyError { try Stopping.run(from: from, to: to, restart: true) } == nil)
            #expect(try from.source().checksums() == to.source().checksums())
        },

        ArchiveGuarantee("two copies into one target do not mix") { from, to in
            try ArchivedRows.write(to: try from.target())
            let target = try to.target()
            let copy = ArchiveCopy(from: try from.source(), to: Interfering(target: target), batch: 2)
            let error = copyError { _ = try copy.copy(restart: false) { _ in } }
            #expect(error == .writing(.unavailable("another copy writes to the target")))
        },

        ArchiveGuarantee("the checksums find a row that is not what it was") { from, to in
            try ArchivedRows.write(to: try from.target())
            let copy = ArchiveCopy(from: try from.source(), to: Falsifying(target: try to.target()), batch: 2)
            try copy.finish(try copy.copy(restart: false) { _ in })
            let (ours, theirs) = (try from.source().checksums(), try to.source().checksums())
            let differing = zip(ArchivedTable.all, zip(ours, theirs)).filter { $1.0 != $1.1 }.map(\.0.name)
            #expect(differing == ["key_uses"])
        },
    ]
}

/// What a copy throws, if it does.
private func copyError(_ body: () throws -> Void) -> CopyError? {
    do {
        try body()
        return nil
    } catch {
        return error as? CopyError ?? .reading(.unavailable("not a copy's error: \(error)"))
    }
}

/// Passes on to a target what a copy does to it.
private protocol Wrapping: ArchiveTarget {
    var target: any ArchiveTarget { get }
}

extension Wrapping {
    func count(of table: ArchivedTable) throws(StoreError) -> Int64 { try target.count(of: table) }

    func rows(of table: ArchivedTable, after key: ArchivedRow?, limit: Int) throws(StoreError) -> [ArchivedRow] {
        try target.rows(of: table, after: key, limit: limit)
    }

    func highest(_ column: String, of table: ArchivedTable) throws(StoreError) -> Int64? {
        try target.highest(column, of: table)
    }

    func unfinished() throws(StoreError) -> CopyProgress? { try target.unfinished() }
    func begin(_ progress: CopyProgress) throws(StoreError) { try target.begin(progress) }
    func restart(_ progress: CopyProgress) throws(StoreError) { try target.restart(progress) }
    func finish(_ progress: CopyProgress) throws(StoreError) { try target.finish(progress) }
}

/// Stops after so many batches, as Ctrl-C does between two of them.
private final class Stopping: Wrapping {
    let target: any ArchiveTarget
    private let left: Mutex<Int>

    private init(_ target: any ArchiveTarget, after batches: Int) {
        self.target = target
        left = Mutex(batches)
    }

    static func run(
        from: any ArchivedDatabase, to: any ArchivedDatabase, restart: Bool = false, after batches: Int = 1000
    ) throws {
        let target = Stopping(try to.target(), after: batches)
        let copy = ArchiveCopy(from: try from.source(), to: target, batch: 2)
        try copy.finish(try copy.copy(restart: restart) { _ in })
    }

    func append(
        _ rows: [ArchivedRow], to table: ArchivedTable, from progress: CopyProgress, to next: CopyProgress
    ) throws(StoreError) {
        let isOver = left.withLock { left in
            left -= 1
            return left < 0
        }
        guard !isOver else { throw .unavailable("stopped") }
        try target.append(rows, to: table, from: progress, to: next)
    }
}

/// Notes each batch twice, as two copies at the same time would.
private struct Interfering: Wrapping {
    let target: any ArchiveTarget

    func append(
        _ rows: [ArchivedRow], to table: ArchivedTable, from progress: CopyProgress, to next: CopyProgress
    ) throws(StoreError) {
        try target.append(rows, to: table, from: progress, to: next)
        try target.append([], to: table, from: progress, to: next)
    }
}

/// Writes other moments of use than it was given.
private struct Falsifying: Wrapping {
    let target: any ArchiveTarget

    func append(
        _ rows: [ArchivedRow], to table: ArchivedTable, from progress: CopyProgress, to next: CopyProgress
    ) throws(StoreError) {
        var rows = rows
        if table.name == "key_uses", let first = try rows.first?.values(table.columns[...]) {
            rows[0] = ArchivedRow([first[0], .integer(1)] + first.dropFirst(2))
        }
        try target.append(rows, to: table, from: progress, to: next)
    }
}
