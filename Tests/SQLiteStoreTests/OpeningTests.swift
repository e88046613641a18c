import Foundation
import GRDB
import KeyCore
import Testing

@testable import SQLiteStore

struct OpeningTests {
    @Test func commitsAreDurableForCertain() async throws {
        try await withDatabase { database in
            let store = try database.open()
            let settings = try await store.pool.writeWithoutTransaction { db in
                try ["synchronous", "foreign_keys"].map { try Int.fetchOne(db, sql: "PRAGMA \($0)") }
            }
            #expect(settings == [2, 1])
            #expect(try await store.pool.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
        }
    }

    @Test func newFolderAndFilesAreTheOwnersAlone() async throws {
        try await withDatabase { database in
            let store = try database.open()
            _ = try await store.write { transaction throws(StoreError) in
                try transaction.note([.key(.random())])
            }
            let folder = URL(fileURLWithPath: database.path).deletingLastPathComponent().path
            #expect(try mode(of: folder) == 0o700)
            for suffix in ["", "-wal", "-shm", "-bell"] {
                #expect(try mode(of: database.path + suffix) == 0o600, "\(suffix)")
            }
        }
    }

    @Test func folderAndFileThatWereThereKeepTheirModes() async throws {
        try await withDatabase { database in
            try database.open().close()
            let folder = URL(fileURLWithPath: database.path).deletingLastPathComponent().path
            try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: folder)
            try FileManager.default.setAttributes([.posixPermissions: 0o660], ofItemAtPath: database.path)
            _ = try database.open()
            #expect(try mode(of: folder) == 0o750)
            #expect(try mode(of: database.path) == 0o660)
        }
    }

    @Test func missingFileIsNotMadeUnlessAskedFor() async throws {
        try await withDatabase { database in
            #expect(throws: OpenError.notFound(path: database.path)) { try database.open(mode: .existing) }
            #expect(!FileManager.default.fileExists(atPath: database.path))
            try database.open().close()
            try database.open(mode: .existing).close()
        }
    }

    @Test func emptyFileIsNotTakenForADatabaseUnlessItMayBeMade() async throws {
        try await withDatabase { database in
            try database.makeFolder()
            try Data().write(to: URL(fileURLWithPath: database.path))
            #expect(throws: OpenError.empty(database: database.path)) { try database.open(mode: .existing) }
            #expect(throws: OpenError.empty(database: database.path)) { try SQLiteFile(path: database.path) }
            #expect(try database.files()["latchkey.sqlite"] == Data())
            try database.open().close()
        }
    }

    @Test func olderSchemaIsBroughtUpToDateOnlyByWhoMayMakeADatabase() async throws {
        try await withDatabase { database in
            try await database.makeVersion1()
            let before = try database.files()
            let latest = SQLiteStore.latestSchemaVersion
            #expect(throws: OpenError.olderSchema(found: 1, supported: latest)) { try database.open(mode: .existing) }
            #expect(try database.files() == before)
            try database.open().close()
            try database.open(mode: .existing).close()
        }
    }

    @Test func newerSchemaIsRefusedAndLeftAsItIs() async throws {
        try await withDatabase { database in
            try database.open().close()
            let newer = SQLiteStore.latestSchemaVersion + 1
            try await database.raw { try $0.execute(sql: "PRAGMA user_version = \(newer)") }
            let expected = OpenError.newerSchema(found: newer, supported: newer - 1)
            #expect(throws: expected) { try database.open() }
            #expect(throws: expected) { try database.open(mode: .existing) }
            #expect(throws: expected) { try SQLiteFile(path: database.path) }
            #expect(!expected.description.contains("\n"))
            let version = try await database.raw { try Int.fetchOne($0, sql: "PRAGMA user_version") }
            #expect(version == newer)
        }
    }

    @Test func databaseOfAnotherProgramIsRefusedAndLeftAsItIs() async throws {
        try await withDatabase { database in
            try database.makeFolder()
            try await database.raw { try $0.execute(sql: "CREATE TABLE songs (title TEXT)") }
            let before = try Data(contentsOf: URL(fileURLWithPath: database.path))
            #expect(throws: OpenError.notLatchkey(database: database.path)) { try database.open() }
            #expect(try Data(contentsOf: URL(fileURLWithPath: database.path)) == before)
        }
    }

    @Test func fileThatIsNoDatabaseIsRefusedAndLeftAsItIs() async throws {
        try await withDatabase { database in
            try database.makeFolder()
            let text = Data(String(repeating: "Dear diary, ", count: 1000).utf8)
            try text.write(to: URL(fileURLWithPath: database.path))
            #expect(throws: OpenError.notLatchkey(database: database.path)) { try database.open() }
            #expect(try Data(contentsOf: URL(fileURLWithPath: database.path)) == text)
        }
    }

    @Test(arguments: ["/proc/nobody/latchkey.sqlite", "/dev/null/latchkey.sqlite", "/tmp"])
    func placeWhereNoFileCanBeIsRefusedInOneLine(_ path: String) {
        let error = #expect(throws: OpenError.self) { try SQLiteStore.open(path: path, platform: .smartPlayer) }
        #expect(error?.description.contains(path) == true)
        #expect(error?.description.contains("\n") == false)
    }

    @Test func processesThatStartTogetherAllOpen() async throws {
        for _ in 1...5 {
            try await withDatabase { database in
                let versions = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 1...6 { group.addTask { try database.open().schemaVersion() } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(versions == Array(repeating: SQLiteStore.latestSchemaVersion, count: 6))
            }
        }
    }

    private func mode(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
