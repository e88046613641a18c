import Foundation
import GRDB
import KeyCore
import StoreConformance
import Testing

@testable import SQLiteStore

struct ArchiveTests {
    @Test(arguments: ArchiveConformance.guarantees)
    func sqliteKeeps(_ guarantee: ArchiveGuarantee) async throws {
        try await withDatabase { from in
            try await withDatabase { to in try await guarantee.check(from, to) }
        }
    }

    @Test func textWithNULIsCopiedWhole() async throws {
        try await withFilledDatabases { from, to in
            try await from.raw { try $0.execute(sql: "UPDATE companies SET name = CAST(x'410042' AS TEXT)") }
            try copy(from, to)
            let name = try await to.raw { try Data.fetchOne($0, sql: "SELECT CAST(name AS BLOB) FROM companies") }
            #expect(name == Data([0x41, 0, 0x42]))
        }
    }

    @Test func filledFileIsTheOwnersAlone() async throws {
        try await withFilledDatabases { from, to in
            try copy(from, to)
            let attributes = try FileManager.default.attributesOfItem(atPath: to.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(!FileManager.default.fileExists(atPath: to.path + "-wal"))
        }
    }

    @Test func targetThatAProcessServesIsRefused() async throws {
        try await withFilledDatabases { _, to in
            let store = try to.open()
            #expect(throws: OpenError.inUse(path: to.path)) { try SQLiteArchiveTarget(path: to.path) }
            try store.close()
            _ = try SQLiteArchiveTarget(path: to.path)
        }
    }

    @Test func sourceOfAnOlderSchemaIsNotChanged() async throws {
        try await withDatabase { database in
            try await database.makeVersion1()
            let supported = SQLiteStore.latestSchemaVersion
            #expect(throws: OpenError.olderSchema(found: 1, supported: supported)) {
                try SQLiteArchive(path: database.path)
            }
            #expect(try await database.raw(Schema.version(of:)) == 1)
        }
    }

    @Test func filledTargetOfAnOlderSchemaIsRefusedAndNotChanged() async throws {
        try await withDatabase { database in
            try await database.makeVersion1()
            #expect(throws: OpenError.notEmpty(table: "companies")) { try SQLiteArchiveTarget(path: database.path) }
            #expect(try await database.raw(Schema.version(of:)) == 1)
        }
    }

    /// What guards the audit log guards it in a database that was filled by a copy, and by one that began anew.
    @Test func auditLogOfACopyIsAppendOnly() async throws {
        try await withFilledDatabases { from, to in
            let target = try SQLiteArchiveTarget(path: to.path)
            let copy = ArchiveCopy(from: try SQLiteArchive(path: from.path), to: target)
            try copy.copy(restart: false) { _ in }
            try copy.finish(try copy.copy(restart: true) { _ in })
            for sql in ["DELETE FROM audit_events", "UPDATE audit_events SET at = 0"] {
                await #expect(throws: DatabaseError.self) { try await to.raw { try $0.execute(sql: sql) } }
            }
        }
    }

    private func copy(_ from: TestDatabase, _ to: TestDatabase) throws {
        let copy = ArchiveCopy(from: try from.source(), to: try to.target())
        try copy.finish(try copy.copy(restart: false) { _ in })
    }

    private func withFilledDatabases(_ body: (TestDatabase, TestDatabase) async throws -> Void) async throws {
        try await withDatabase { from in
            try await withDatabase { to in
                let store = try from.open()
                try await store.pool.write { try $0.execute(sql: Fixture.rows) }
                try store.close()
                try await body(from, to)
            }
        }
    }
}

extension TestDatabase: ArchivedDatabase {
    func source() throws -> any ArchiveReader { try SQLiteArchive(path: path) }
    func target() throws -> any ArchiveTarget { try SQLiteArchiveTarget(path: path) }

    func withStore<Value: Sendable>(_ body: @Sendable (any Store) async throws -> Value) async throws -> Value {
        let store = try open()
        let value = try await body(store)
        try store.close()
        return value
    }
}
