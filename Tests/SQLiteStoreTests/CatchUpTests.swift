import Foundation
import GRDB
import KeyCore
import Logging
import StoreConformance
import Synchronization
import Testing

@testable import Gateway
@testable import SQLiteStore

/// How a process on a shared file reads what it missed.
struct CatchUpTests {
    @Test(arguments: CatchUpConformance.guarantees)
    func processKeeps(_ guarantee: CatchUpGuarantee) async throws {
        try await withDatabase { database in
            let process = try await Process(database, keys: guarantee.keys)
            try await guarantee.check(process)
            try process.store.close()
        }
    }

    @Test func lagIsTheTimeSinceTheLastReadWhereTheMarkIsAhead() async throws {
        try await withDatabase { database in
            let store = try database.open()
            let mark = Atomic<UInt64>(1)
            let now = Atomic<Int64>(5_000_000_000)
            let follower = MarkFollower(
                store: store, mark: { mark.load(ordering: .relaxed) }, index: GrantIndex(),
                logger: Logger(label: "test"), now: { BootTime(nanoseconds: now.load(ordering: .relaxed)) })
            #expect(follower.lag == nil, "nothing was read")
            try await follower.load()
            now.store(8_000_000_000, ordering: .relaxed)
            #expect(follower.lag == .zero, "nothing has changed since")
            mark.store(2, ordering: .relaxed)
            #expect(follower.lag == .seconds(3))
            #expect(await follower.catchUp() == .current)
            #expect(follower.lag == .zero)
            mark.store(3, ordering: .relaxed)
            now.store(10_000_000_000, ordering: .relaxed)
            #expect(follower.lag == .seconds(2), "since that read")
            try store.close()
        }
    }
}

private struct Process: CatchingUp {
    let database: TestDatabase
    let store: SQLiteStore
    let index = GrantIndex()
    private let follower: MarkFollower

    /// Beside the fixture's rows, but for its key.
    init(_ database: TestDatabase, keys: Int) async throws {
        self.database = database
        let store = try database.open()
        self.store = store
        follower = MarkFollower(
            store: store, mark: { store.changeMark }, index: index, logger: Logger(label: "test"))
        try await database.raw { db in try db.execute(sql: Fixture.rows + "DELETE FROM keys;") }
        try await add(keys: 1...keys)
        try await follower.load()
    }

    func add(keys: ClosedRange<Int>) async throws {
        try await database.raw { db in
            try db.inTransaction {
                let statement = try db.makeStatement(
                    sql: """
                        INSERT INTO keys (id, user_id, name, name_folded, digest, last4, created_at, expires_on,
                            expires_at, confirmed_at)
                        VALUES (?1, 3, 'Key ' || ?1, 'key ' || ?1, ?2, 'Ab3x', 1768478400000, '2026-07-01',
                            1782939600000, 1768478401000)
                        """)
                for number in keys {
                    try statement.execute(arguments: [number, Data(Digest.of(number: number).bytes)])
                }
                try db.note(keys: keys)
                return .commit
            }
        }
    }

    func delete(keys: ClosedRange<Int>) async throws {
        try await database.raw { db in
            try db.execute(
                sql: "UPDATE keys SET deleted_at = created_at WHERE id BETWEEN ? AND ?",
                arguments: [keys.lowerBound, keys.upperBound])
            try db.note(keys: keys)
        }
    }

    func deleteAllKeys() async throws {
        try await database.raw { db in
            try db.execute(
                sql: """
                    UPDATE keys SET deleted_at = created_at;
                    UPDATE revision SET number = number + 1;
                    INSERT INTO changes SELECT number, 'keys_of_user', 3 FROM revision;
                    """)
        }
    }

    func catchUp() async throws {
        let revision = try await store.read { transaction throws(StoreError) in try transaction.revision() }
        #expect(await follower.settle(revision).acknowledged == 1)
        #expect(index.revision == revision)
    }
}

extension Database {
    /// Notes keys as changed, as one revision.
    fileprivate func note(keys: ClosedRange<Int>) throws {
        try execute(
            sql: """
                UPDATE revision SET number = number + 1;
                WITH RECURSIVE changed (id) AS (
                    SELECT \(keys.lowerBound) UNION ALL SELECT id + 1 FROM changed WHERE id < \(keys.upperBound)
                )
                INSERT INTO changes SELECT number, 'key', id FROM revision, changed;
                """)
    }
}
