import KeyCore
import Testing

/// What every engine promises of copies, one guarantee at a time. Each is judged on two databases that do not exist
/// yet.
package enum ArchiveConformance {
    package static let guarantees = values + stopping + refusing
}

/// A database of a test's own, as the command line deals with it.
package protocol ArchivedDatabase: Sendable {
    func source() throws -> any ArchiveReader
    func target() throws -> any ArchiveTarget
    /// Opens the database as a server does, and closes it when the body is done.
    func withStore<Value: Sendable>(_ body: @Sendable (any Store) async throws -> Value) async throws -> Value
}

package struct ArchiveGuarantee: Sendable, CustomTestStringConvertible {
    package let testDescription: String
    package let check: @Sendable (_ from: any ArchivedDatabase, _ to: any ArchivedDatabase) async throws -> Void

    init(
        _ name: String,
        check: @escaping @Sendable (_ from: any ArchivedDatabase, _ to: any ArchivedDatabase) async throws -> Void
    ) {
        testDescription = name
        self.check = check
    }
}

extension ArchiveConformance {
    static let values = [
        ArchiveGuarantee("every value comes back as it was written") { database, _ in
            try ArchivedRows.write(to: try database.target())
            let source = try database.source()
            for table in ArchivedTable.all {
                #expect(try source.rows(of: table, after: nil, limit: 100) == ArchivedRows.of(table), "\(table.name)")
                #expect(try source.count(of: table) == Int64(ArchivedRows.of(table).count))
            }
        },

        ArchiveGuarantee("batches of any size give each row once, in the order of the keys") { database, _ in
            try ArchivedRows.write(to: try database.target())
            let source = try database.source()
            for table in ArchivedTable.all {
                for limit in 1...4 {
                    var rows: [ArchivedRow] = []
                    while true {
                        let next = try source.rows(of: table, after: try rows.last?.key(of: table), limit: limit)
                        rows += next
                        if next.count < limit { break }
                    }
                    #expect(rows == ArchivedRows.of(table), "\(table.name) by \(limit)")
                }
            }
        },

        ArchiveGuarantee("what is written after the snapshot is not in it") { database, _ in
            try ArchivedRows.write(to: try database.target())
            let source = try database.source()
            let before = try source.fingerprint()
            try await database.withStore { store in
                _ = try await store.settled(Household(email: "later@engine.example"))
                _ = try await store.note([.key(.random())])
            }
            #expect(try source.fingerprint() == before)
            #expect(try source.total() == Int64(ArchivedTable.all.map { ArchivedRows.of($0).count }.reduce(0, +)))
        },

        ArchiveGuarantee("a finished copy holds the same rows, and is served") { from, to in
            try ArchivedRows.write(to: try from.target())
            try ArchivedRows.copy(from, to)
            #expect(try from.source().checksums() == to.source().checksums())
            try await to.withStore { store in
                #expect(try await store.revision().number == ArchivedRows.revision)
                let name = try await store.key(ArchivedRows.key)?.name.text
                #expect(name.map { Array($0.utf8) } == Array(ArchivedRows.oddName.utf8))
            }
        },

        ArchiveGuarantee("what a copy adds itself is numbered after what it was given") { from, to in
            try ArchivedRows.write(to: try from.target())
            try ArchivedRows.copy(from, to)
            try await to.withStore { store in
                let household = try await store.settled()
                try await store.write { transaction throws(StoreError) in
                    for action in [AuditEvent.Action.keyCreated, .keyDeleted] {
                        try transaction.append(
                            AuditEvent(
                                action, on: Occasion(at: Household.noon, address: "cli"),
                                company: household.company.id, actor: nil, target: "key_0000000000005"))
                    }
                }
                #expect(try await store.note([.user(household.user.id)]).number == ArchivedRows.revision + 1)
            }
            let events = try #require(ArchivedTable.all.first { $0.name == "audit_events" })
            let highest = try #require(try from.source().highest("id", of: events))
            #expect(try to.source().highest("id", of: events) == highest + 2)
        },
    ]
}

extension ArchiveReader {
    func checksums() throws -> [TableChecksum] {
        try ArchivedTable.all.map { try checksum(of: $0, batch: 3) }
    }
}
