import KeyCore
import StoreConformance
import Testing

@testable import PostgresStore

struct ArchiveTests {
    @Test(arguments: ArchiveConformance.guarantees)
    func postgresKeeps(_ guarantee: ArchiveGuarantee) async throws {
        try await withDatabase { from in
            try await withDatabase { to in try await guarantee.check(from, to) }
        }
    }

    @Test func textThatPostgresCannotHoldIsToldByItsTable() async throws {
        try await withDatabase { to in
            let target = try PostgresArchiveTarget(url: to.url)
            let start = CopyProgress(fingerprint: "", table: "companies", last: nil, rows: 0)
            try target.begin(start)
            let companies = ArchivedTable.all[0]
            let row = ArchivedRow([.integer(1), .text([0x41, 0, 0x42]), .integer(0)])
            let next = CopyProgress(fingerprint: "", table: "companies", last: try row.key(of: companies), rows: 1)
            let error = #expect(throws: StoreError.self) {
                try target.append([row], to: companies, from: start, to: next)
            }
            #expect(error?.description.contains("a text of the table companies") == true)
            #expect(try target.unfinished() == start)
            #expect(try target.count(of: companies) == 0)
        }
    }

    /// A server that was started between the look at the target and the first row.
    @Test func targetThatWasFilledBeforeTheCopyBeganIsLeftAlone() async throws {
        try await withDatabase { to in
            let target = try PostgresArchiveTarget(url: to.url)
            let store = try to.open()
            try to.raw(Fixture.rows[0])
            let start = CopyProgress(fingerprint: "", table: "companies", last: nil, rows: 0)
            let error = #expect(throws: StoreError.self) { try target.begin(start) }
            #expect(error?.description.contains("companies") == true)
            #expect(try target.unfinished() == nil)
            // The database is as it was: a change is a revision of its own.
            let revision = try await store.write { transaction throws(StoreError) in
                try transaction.note([.key(.random())])
            }
            #expect(revision.number == 1)
            store.close()
        }
    }

    @Test func copyThatAnotherHasBegunAnewIsNotFinishedByTheFirst() async throws {
        try await withDatabase { to in
            let start = CopyProgress(fingerprint: "first", table: "companies", last: nil, rows: 0)
            let first = try PostgresArchiveTarget(url: to.url)
            try first.begin(start)
            let second = try PostgresArchiveTarget(url: to.url)
            try second.restart(CopyProgress(fingerprint: "second", table: "companies", last: nil, rows: 0))
            #expect(throws: StoreError.unavailable("another copy writes to the target")) { try first.finish(start) }
            #expect(try second.unfinished()?.fingerprint == "second")
        }
    }

    @Test func sourceOfAnOlderSchemaIsNotChanged() async throws {
        try await withDatabase { database in
            let connection = try database.filled()
            _ = try connection.run("UPDATE latchkey_schema SET version = 0")
            let supported = PostgresStore.latestSchemaVersion
            #expect(throws: OpenError.olderSchema(found: 0, supported: supported)) {
                try PostgresArchive(url: database.url)
            }
            #expect(try connection.run("SELECT version FROM latchkey_schema").rows.first?[0] == 0)
        }
    }

    @Test func filledTargetOfAnOlderSchemaIsRefusedAndNotChanged() async throws {
        try await withDatabase { database in
            let connection = try database.filled()
            _ = try connection.run("UPDATE latchkey_schema SET version = 0")
            #expect(throws: OpenError.notEmpty(table: "companies")) {
                try PostgresArchiveTarget(url: database.url)
            }
            #expect(try connection.run("SELECT version FROM latchkey_schema").rows.first?[0] == 0)
        }
    }

    @Test func targetThatAServerHasRegisteredWithIsRefused() async throws {
        try await withDatabase { database in
            let store = try database.open()
            _ = try await store.register(name: "one", lease: .seconds(2))
            #expect(throws: OpenError.notEmpty(table: "nodes")) {
                try PostgresArchiveTarget(url: database.url)
            }
            store.close()
        }
    }

    @Test func databaseOfAnotherProgramIsNoTarget() async throws {
        try await withDatabase { database in
            _ = try database.raw("CREATE TABLE companies (id bigint, name text)")
            _ = try database.raw("INSERT INTO companies VALUES (1, 'theirs')")
            #expect(throws: OpenError.notLatchkey(database: database.name, table: "companies")) {
                try PostgresArchiveTarget(url: database.url)
            }
            #expect(throws: OpenError.self) { try PostgresArchive(url: database.url) }
        }
    }

    /// What guards the audit log guards it in a database that was filled by a copy, and by one that began anew.
    @Test func auditLogOfACopyIsAppendOnly() async throws {
        try await withDatabase { from in
            try await withDatabase { to in
                _ = try from.filled()
                let target = try PostgresArchiveTarget(url: to.url)
                let copy = ArchiveCopy(from: try PostgresArchive(url: from.url), to: target)
                try copy.copy(restart: false) { _ in }
                try copy.finish(try copy.copy(restart: true) { _ in })
                for sql: SQL in ["DELETE FROM audit_events", "UPDATE audit_events SET at = 0", "TRUNCATE audit_events"]
                {
                    #expect(throws: Failure.self) { try to.raw(sql) }
                }
            }
        }
    }
}

extension TestDatabase: ArchivedDatabase {
    func source() throws -> any ArchiveReader { try PostgresArchive(url: url) }
    func target() throws -> any ArchiveTarget { try PostgresArchiveTarget(url: url) }

    func withStore<Value: Sendable>(_ body: @Sendable (any Store) async throws -> Value) async throws -> Value {
        let store = try open()
        defer { store.close() }
        return try await body(store)
    }
}
