import KeyCore
import PostgresStore
import SQLiteStore

/// One of the two databases of a copy, as its flag says it.
struct CopyEnd {
    private let database: Database

    /// - Throws: `SettingError` without the text, which may hold a password.
    init(_ url: String, flag: String) throws {
        guard let database = Database(url: url, connections: 1) else {
            throw SettingError(text: "\(flag) must be sqlite:PATH or postgres://USER@HOST:PORT/NAME.")
        }
        self.database = database
    }

    /// The database as it is now, and stays for who reads it.
    func source() throws -> any ArchiveReader {
        switch database {
        case .sqlite(let path): try SQLiteArchive(path: path)
        case .postgres(let url, _): try PostgresArchive(url: url)
        }
    }

    func target() throws -> any ArchiveTarget {
        switch database {
        case .sqlite(let path): try SQLiteArchiveTarget(path: path)
        case .postgres(let url, _): try PostgresArchiveTarget(url: url)
        }
    }
}
