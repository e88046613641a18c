import CLibPQ
import Foundation
import KeyCore
import Logging
import StoreConformance
import Testing

@testable import Gateway
@testable import PostgresStore

/// How a node on PostgreSQL reads what it missed, and what that costs.
@Suite(.serialized)
struct CatchUpTests {
    @Test(arguments: CatchUpConformance.guarantees)
    func nodeKeeps(_ guarantee: CatchUpGuarantee) async throws {
        try await withNode(keys: guarantee.keys) { node in try await guarantee.check(node) }
    }

    @Test func renewalReadsLittle() async throws {
        try await withNode(keys: 1) { node in
            for (changed, expected) in [
                ("SELECT 'key', id FROM generate_series(1, 2000) AS gone (id)", true),
                ("SELECT 'key', id FROM generate_series(1, 2001) AS gone (id)", false),
                ("SELECT 'user', 3", true), ("SELECT 'keys_of_user', 3", false),
            ] as [(SQL, Bool)] {
                let known = try await node.store.read { transaction throws(StoreError) in try transaction.revision() }
                try node.database.note(changed)
                let isRead = try await node.store.read { transaction throws(StoreError) in
                    try GrantIndex.Update.since(known, .little, in: transaction) != nil
                }
                #expect(isRead == expected, "\(changed.statement.text)")
            }
        }
    }

    @Test(arguments: [1, 1_000])
    func deletesTogetherCostANodeFiveStatementsHoweverMany(_ count: Int) async throws {
        try await withNode(keys: 1_000) { node in
            let known = node.index.revision
            try await node.delete(keys: 1...count)
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

    private func withNode(keys: Int, _ body: (Node) async throws -> Void) async throws {
        try await withDatabase { database in
            _ = try database.filled()
            try database.raw("DELETE FROM key_uses")
            try database.raw("DELETE FROM keys")
            try database.add(keys: 1...keys)
            let node = try await Node(database)
            defer { node.store.close() }
            try await body(node)
        }
    }
}

private struct Node: CatchingUp {
    let database: TestDatabase
    let store: PostgresStore
    let index = GrantIndex()
    private let follower: LeaseFollower
    /// The longest, with time enough for a renewal on a machine that is busy.
    private static let lease = LeaseTerms(length: .seconds(10), pollInterval: .seconds(1))!

    init(_ database: TestDatabase) async throws {
        self.database = database
        store = try database.open()
        follower = LeaseFollower(
            store: store, ledger: store, index: index, terms: NodeTerms(name: "test", lease: Node.lease),
            logger: Logger(label: "test"))
        try await follower.load()
    }

    func add(keys: ClosedRange<Int>) throws { try database.add(keys: keys) }

    func delete(keys: ClosedRange<Int>) async throws {
        try database.raw(
            "UPDATE keys SET deleted_at = created_at WHERE id BETWEEN \(keys.lowerBound) AND \(keys.upperBound)")
        try database.note("SELECT 'key', id FROM generate_series(\(keys.lowerBound), \(keys.upperBound)) AS gone (id)")
    }

    func deleteAllKeys() throws {
        try database.raw("UPDATE keys SET deleted_at = created_at")
        try database.note("SELECT 'keys_of_user', 3")
    }

    func catchUp() async {
        await follower.renewInTurn()
        #expect(follower.freshness == .current)
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
