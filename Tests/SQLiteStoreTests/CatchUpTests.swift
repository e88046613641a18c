import Foundation
import GRDB
import KeyCore
import Logging
import Testing

@testable import Gateway
@testable import SQLiteStore

/// How a process on a shared file reads what it missed. Each index holds one key that no file has: it is there until
/// everything is read anew.
struct CatchUpTests {
    @Test func processReadsChangesThatAreFewerThanItsKeysInsteadOfEverything() async throws {
        try await withProcess(keys: 20_000) { database, process in
            await process.catchUp(with: try await database.delete(keys: 1...15_000))
            #expect(process.refused(of: 1...20_000) == 15_000)
            #expect(!process.hasReadEverything)
        }
    }

    @Test func processOfFewKeysReadsAFewThousandChangesAndNoMore() async throws {
        try await withProcess(keys: 10) { database, process in
            await process.catchUp(with: try await database.delete(keys: 1...10_000))
            #expect(process.refused(of: 1...10) == 10)
            #expect(!process.hasReadEverything)
            await process.catchUp(with: try await database.delete(keys: 1...10_001))
            #expect(process.hasReadEverything)
        }
    }

    private func withProcess(
        keys: Int, _ body: (TestDatabase, Process) async throws -> Void
    ) async throws {
        try await withDatabase { database in
            let store = try database.open()
            try await database.fill(keys: keys)
            let process = Process(store)
            try await process.follower.load()
            process.addGhost()
            try await body(database, process)
            try store.close()
        }
    }
}

private struct Process: Sendable {
    /// While the fixture's keys are valid.
    private static let now = Timestamp(milliseconds: 1_768_478_402_000)

    let index = GrantIndex()
    let follower: MarkFollower
    private let ghost = Grant(
        key: .random(), digest: .random(), owner: Fixture.owner, name: "Ghost", createdAt: now, expiresAt: now,
        state: .confirmed, subset: nil)

    init(_ store: SQLiteStore) {
        follower = MarkFollower(
            store: store, mark: { store.changeMark }, index: index, logger: Logger(label: "test"))
    }

    func addGhost() {
        index.apply(GrantIndex.Update(grants: [ghost], revision: index.revision))
    }

    var hasReadEverything: Bool { index.decide(ghost.digest, .validKey, now: Process.now).key == nil }

    func catchUp(with revision: Revision) async {
        #expect(await follower.settle(revision).acknowledged == 1)
        #expect(index.revision == revision)
    }

    func refused(of numbers: ClosedRange<Int>) -> Int {
        numbers.count { index.decide(.of(number: $0), .validKey, now: Process.now).decision == .refused(.deleted) }
    }
}

extension Digest {
    /// Of a secret that is the key's id.
    fileprivate static func of(number: Int) -> Digest { Digest(of: Array("\(number)".utf8)) }

    fileprivate static func random() -> Digest { Secret.generate(prefix: "sp").digest }
}

extension TestDatabase {
    /// The fixture with so many keys, numbered from 1, in the place of its own.
    fileprivate func fill(keys: Int) async throws {
        try await raw { db in
            try db.execute(sql: Fixture.rows + "DELETE FROM keys;")
            try db.inTransaction {
                let statement = try db.makeStatement(
                    sql: """
                        INSERT INTO keys (id, user_id, name, name_folded, digest, last4, created_at, expires_on,
                            expires_at, confirmed_at)
                        VALUES (?1, 3, 'Key ' || ?1, 'key ' || ?1, ?2, 'Ab3x', 1768478400000, '2026-07-01',
                            1782939600000, 1768478401000)
                        """)
                for number in 1...keys {
                    try statement.execute(arguments: [number, Data(Digest.of(number: number).bytes)])
                }
                return .commit
            }
        }
    }

    /// Deletes keys and notes so many changes, whether there are as many keys or not, as one revision.
    fileprivate func delete(keys: ClosedRange<Int>) async throws -> Revision {
        try await raw { db in
            try db.execute(
                sql: """
                    UPDATE keys SET deleted_at = created_at WHERE id BETWEEN \(keys.lowerBound) AND \(keys.upperBound);
                    UPDATE revision SET number = number + 1;
                    WITH RECURSIVE gone (id) AS (
                        SELECT \(keys.lowerBound) UNION ALL SELECT id + 1 FROM gone WHERE id < \(keys.upperBound)
                    )
                    INSERT INTO changes SELECT number, 'key', id FROM revision, gone;
                    """)
            return Revision(number: try Int64.fetchOne(db, sql: "SELECT number FROM revision") ?? 0)
        }
    }
}
