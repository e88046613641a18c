import Foundation
import GRDB
import KeyCore

@testable import SQLiteStore

/// A database file in a folder of its own, which goes with it.
final class TestDatabase: Sendable {
    let folder: URL

    var path: String { folder.appending(path: "data/latchkey.sqlite").path }

    fileprivate init() {
        folder = FileManager.default.temporaryDirectory.appending(path: "latchkey-\(UUID().uuidString)")
    }

    func open(mode: OpenMode = .create) throws(OpenError) -> SQLiteStore {
        try SQLiteStore.open(path: path, platform: .smartPlayer, mode: mode)
    }

    func makeFolder() throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Makes a file as version 1 of the schema has written it.
    func makeVersion1() async throws {
        try makeFolder()
        try await raw { db in
            try db.execute(sql: SchemaV1Text.sql)
            try db.execute(sql: "PRAGMA application_id = 1280590664; PRAGMA user_version = 1")
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: Fixture.rows)
        }
    }

    /// What is on the disk, by the name of each file.
    func files() throws -> [String: Data] {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let files = try names.map { ($0, try Data(contentsOf: folder.appending(path: $0))) }
        return Dictionary(uniqueKeysWithValues: files)
    }

    /// The file as any other program sees it.
    func raw<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try await queue.writeWithoutTransaction(body)
    }
}

func withDatabase<Value>(_ body: (TestDatabase) async throws -> Value) async throws -> Value {
    let database = TestDatabase()
    try FileManager.default.createDirectory(at: database.folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: database.folder) }
    return try await body(database)
}
