import CLibPQ
import Foundation
import KeyCore
import Logging
import Testing

@testable import Gateway
@testable import PostgresStore

/// How a node on PostgreSQL reads what it missed. Each index holds one key that no database has: it is there until
/// everything is read anew.
@Suite(.serialized)
struct CatchUpTests {
    @Test func nodeReadsChangesThatAreFewerThanItsKeysInsteadOfEverything() async throws {
        try await withNode(keys: 20_000) { database, node in
            try database.delete(keys: 1...15_000)
            await node.follower.renewInTurn()
            #expect(node.follower.freshness == .current)
            #expect(node.refused(of: 1...20_000) == 15_000)
            #expect(!node.hasReadEverything)
        }
    }

    @Test func nodeReadsEverythingWhenMoreHasChangedThanItHolds() async throws {
        try await withNode(keys: 20_000) { database, node in
            try database.add(keys: 20_001...45_000)
            await node.follower.renewInTurn()
            #expect(node.follower.freshness == .current)
            #expect(node.index.count == 45_000)
            #expect(node.hasReadEverything)
        }
    }

    @Test func nodeOfFewKeysReadsAFewThousandChangesAndNoMore() async throws {
        try await withNode(keys: 10) { database, node in
            try database.delete(keys: 1...10_000)
            await node.follower.renewInTurn()
            #expect(node.refused(of: 1...10) == 10)
            #expect(!node.hasReadEverything)
            try database.delete(keys: 1...10_001)
            await node.follower.renewInTurn()
            #expect(node.hasReadEverything)
        }
    }

    @Test func keysThatWereDeletedAllAtOnceAreReadBeforeTheRenewal() async throws {
        try await withNode(keys: 5_000) { database, node in
            try database.raw("UPDATE keys SET deleted_at = created_at")
            try database.note("SELECT 'keys_of_user', 3")
            await node.follower.renewInTurn()
            #expect(node.follower.freshness == .current)
            #expect(node.refused(of: 1...5_000) == 5_000)
            #expect(!node.hasReadEverything)
        }
    }

    @Test func renewalReadsLittle() async throws {
        try await withNode(keys: 1) { database, node in
            for (changed, expected) in [
                ("SELECT 'key', id FROM generate_series(1, 2000) AS gone (id)", true),
                ("SELECT 'key', id FROM generate_series(1, 2001) AS gone (id)", false),
                ("SELECT 'user', 3", true), ("SELECT 'keys_of_user', 3", false),
            ] as [(SQL, Bool)] {
                let known = try await node.store.read { transaction throws(StoreError) in try transaction.revision() }
                try database.note(changed)
                let isRead = try await node.store.read { transaction throws(StoreError) in
                    try GrantIndex.Update.since(known, .little, in: transaction) != nil
                }
                #expect(isRead == expected, "\(changed.statement.text)")
            }
        }
    }

    @Test(arguments: [1, 1_000])
    func deletesTogetherCostANodeFiveStatementsHoweverMany(_ count: Int) async throws {
        try await withNode(keys: 1_000) { database, node in
            let known = node.index.revision
            try database.delete(keys: 1...count)
            let (statements, read) = try await node.store.read { transaction throws(StoreError) in
                let traced = Trace.statements(of: transaction) { () throws(StoreError) in
                    try GrantIndex.Update.since(known, .little, in: transaction)
                }
                return (traced.statements, try traced.result.get()?.grants.count)
            }
            #expect(read == count)
            #expect((1...5).contains(statements), "\(statements) statements")
        }
    }

    private func withNode(
        keys: Int, _ body: (TestDatabase, Node) async throws -> Void
    ) async throws {
        try await withDatabase { database in
            _ = try database.filled()
            try database.raw("DELETE FROM key_uses")
            try database.raw("DELETE FROM keys")
            try database.add(keys: 1...keys)
            let node = try await Node(database)
            defer { node.store.close() }
            try await body(database, node)
        }
    }
}

private struct Node: Sendable {
    let store: PostgresStore
    let index = GrantIndex()
    let follower: LeaseFollower
    private let ghost = Grant(
        key: .random(), digest: Digest(of: Array("of no database".utf8)), owner: ID(rawValue: 3), name: "Ghost",
        createdAt: Node.now, expiresAt: Node.now, state: .confirmed, subset: nil)
    /// The longest, with time enough for a renewal on a machine that is busy.
    private static let lease = LeaseTerms(length: .seconds(10), pollInterval: .seconds(1))!
    /// While the fixture's keys are valid.
    private static let now = Timestamp(milliseconds: 1_768_478_402_000)

    init(_ database: TestDatabase) async throws {
        store = try database.open()
        follower = LeaseFollower(
            store: store, ledger: store, index: index, terms: NodeTerms(name: "test", lease: Node.lease),
            logger: Logger(label: "test"))
        try await follower.load()
        index.apply(GrantIndex.Update(grants: [ghost], revision: index.revision))
    }

    var hasReadEverything: Bool { index.decide(ghost.digest, .validKey, now: Node.now).key == nil }

    func refused(of numbers: ClosedRange<Int>) -> Int {
        numbers.count { number in
            let digest = Digest(of: Int64(number).bigEndianBytes)
            return index.decide(digest, .validKey, now: Node.now).decision == .refused(.deleted)
        }
    }
}

extension TestDatabase {
    /// Keys whose secrets are their ids.
    func add(keys: ClosedRange<Int>) throws {
        try raw(
            """
            INSERT INTO keys (id, user_id, name, name_folded, digest, last4, created_at, expires_on, expires_at,
                confirmed_at)
            SELECT id, 3, 'Key ' || id, 'key ' || id, sha256(int8send(id)), 'Ab3x', 1768478400000, '2026-07-01',
                1782939600000, 1768478401000
            FROM generate_series(\(keys.lowerBound), \(keys.upperBound)) AS new (id)
            """)
        try note("SELECT 'key', id FROM generate_series(\(keys.lowerBound), \(keys.upperBound)) AS new (id)")
    }

    fileprivate func delete(keys: ClosedRange<Int>) throws {
        try raw("UPDATE keys SET deleted_at = created_at WHERE id BETWEEN \(keys.lowerBound) AND \(keys.upperBound)")
        try note("SELECT 'key', id FROM generate_series(\(keys.lowerBound), \(keys.upperBound)) AS gone (id)")
    }

    /// Writes changes as one revision.
    fileprivate func note(_ changed: SQL) throws {
        try raw(
            """
            WITH next AS (UPDATE revision SET number = number + 1, stamp = number + 1 RETURNING number, stamp)
            INSERT INTO changes (revision, stamp, kind, subject)
            SELECT number, stamp, kind, subject FROM next, (\(changed)) AS changed (kind, subject)
            """)
    }
}

/// What goes over a connection, written down by libpq.
private enum Trace {
    static func statements<Value>(
        of transaction: any ReadTransaction, _ body: () throws(StoreError) -> Value
    ) -> (statements: Int, result: Result<Value, StoreError>) {
        guard let file = tmpfile(), let transaction = transaction as? PostgresTransaction else {
            preconditionFailure("There is nothing to trace, or nowhere to write.")
        }
        defer { fclose(file) }
        PQtrace(transaction.connection.handle, file)
        let result = Result { () throws(StoreError) in try body() }
        PQuntrace(transaction.connection.handle)
        rewind(file)
        let text = FileHandle(fileDescriptor: fileno(file)).readDataToEndOfFile()
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        return (
            lines.count { $0.contains("\tF\t") && ($0.contains("\tExecute\t") || $0.contains("\tQuery\t")) }, result
        )
    }
}
