import Foundation
import GRDB
import KeyCore
import Testing

@testable import SQLiteStore

/// What is done with a file from outside: looking at it, and keeping a copy.
struct FileTests {
    @Test func backupIsAWholeDatabaseOfItsOwn() async throws {
        try await withDatabase { database in
            let store = try database.open()
            try await store.pool.write { try $0.execute(sql: Fixture.rows) }
            let path = database.folder.appending(path: "backup.sqlite").path
            try SQLiteFile(path: database.path).backup(to: path)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(!FileManager.default.fileExists(atPath: path + "-wal"))

            let copy = try SQLiteStore.open(path: path, platform: .smartPlayer, mode: .existing)
            let contents = try await copy.pool.read(Fixture.contents)
            #expect(try await contents == store.pool.read(Fixture.contents))
            #expect(try SQLiteFile(path: path).integrityCheck().isEmpty)
        }
    }

    @Test func backupNeverOverwrites() async throws {
        try await withDatabase { database in
            try database.open().close()
            let file = database.folder.appending(path: "precious.txt")
            try Data("precious".utf8).write(to: file)
            let opened = try SQLiteFile(path: database.path)
            #expect(throws: StoreError.self) { try opened.backup(to: file.path) }
            #expect(try String(contentsOf: file, encoding: .utf8) == "precious")
        }
    }

    @Test func integrityCheckFindsRowsThatReferToNothing() async throws {
        try await withDatabase { database in
            try database.open().close()
            #expect(try SQLiteFile(path: database.path).integrityCheck().isEmpty)
            try await database.raw { db in
                try db.execute(sql: "PRAGMA foreign_keys = OFF")
                try db.execute(sql: "INSERT INTO key_uses (key_id, last_used_at) VALUES (5, 0)")
            }
            let found = try SQLiteFile(path: database.path).integrityCheck()
            #expect(found == ["a row of key_uses refers to a missing row of keys"])
        }
    }

    @Test func fileThatIsLookedAtStaysAsItIs() async throws {
        try await withDatabase { database in
            try database.open().close()
            try expectUnchanged(database, version: SQLiteStore.latestSchemaVersion)
        }
    }

    @Test func fileOfAnOlderSchemaThatIsLookedAtStaysAsItIs() async throws {
        try await withDatabase { database in
            try await database.makeVersion1()
            try expectUnchanged(database, version: 1)
        }
    }

    /// As `kill -9` leaves it: the last commits are in the WAL alone.
    @Test func fileWithItsWriteAheadLogThatIsLookedAtStaysAsItIs() async throws {
        try await withDatabase { used in
            try await withDatabase { left in
                let store = try used.open()
                try await store.pool.write { try $0.execute(sql: Fixture.rows) }
                try left.makeFolder()
                for suffix in ["", "-wal"] {
                    try FileManager.default.copyItem(atPath: used.path + suffix, toPath: left.path + suffix)
                }
                try expectUnchanged(left, version: SQLiteStore.latestSchemaVersion)
                let rows = try await left.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM keys") }
                #expect(rows == 1)
            }
        }
    }

    private func expectUnchanged(_ database: TestDatabase, version: Int) throws {
        let before = try database.files()
        do {
            let file = try SQLiteFile(path: database.path)
            #expect(file.schemaVersion == version)
            #expect(try file.integrityCheck().isEmpty)
            try file.backup(to: database.folder.appending(path: "backup.sqlite").path)
        }
        var after = try database.files()
        // SQLite's index into the WAL, which it makes anew.
        after["latchkey.sqlite-shm"] = before["latchkey.sqlite-shm"]
        #expect(after == before)
    }
}
