import Foundation
import GRDB
import KeyCore

extension SQLiteStore {
    /// Opens a database. Blocks; done before anything is served.
    ///
    /// A new folder gets mode 0700, a new file 0600; SQLite gives its `-wal` and `-shm` the file's mode.
    package static func open(
        path: String, platform: Platform, mode: OpenMode = .create
    ) throws(OpenError) -> SQLiteStore {
        try opening(path) {
            let path = try place(path, mode: mode)
            let pool = try openPool(at: path, mode: mode)
            try pool.writeWithoutTransaction { db in
                try insistOnDurability(db)
                try Schema.refuseUnfinishedCopy(db)
                if mode == .create { try Schema.migrate(db) }
            }
            return SQLiteStore(pool: pool, platform: platform, bell: try ChangeBell(besides: path))
        }
    }

    /// Says of whatever goes wrong in a body why the database is not opened.
    static func opening<Value>(_ path: String, _ body: () throws -> Value) throws(OpenError) -> Value {
        do {
            return try body()
        } catch let error as OpenError {
            throw error
        } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
            throw .notLatchkey(database: path)
        } catch {
            throw .failed(cause: "\(path): \(cause(of: error))")
        }
    }

    /// Processes that open a new file at the same moment all switch it to WAL, and SQLite does not wait when that
    /// collides, whatever the busy timeout says: then once more, for as long as a transaction would wait.
    static func openPool(at path: String, mode: OpenMode) throws -> DatabasePool {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(Limit.wait)
        while true {
            do {
                return try DatabasePool(path: path, configuration: configuration(for: path, mode: mode))
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && clock.now < end {
                usleep(20_000)
            }
        }
    }

    /// What refuses a file does so before anything is written to it.
    private static func configuration(for path: String, mode: OpenMode) -> Configuration {
        var configuration = Configuration()
        configuration.label = "SQLiteStore"
        configuration.maximumReaderCount = Limit.readers
        configuration.busyMode = .timeout(Limit.wait)
        configuration.prepareDatabase { db in
            let version = try Schema.version(recognising: db, at: path)
            if mode == .existing { try Schema.insistOnLatest(version, at: path) }
            try db.execute(sql: "PRAGMA cache_size = -\(Limit.cache)")
            db.add(function: .folded)
            if !db.configuration.readonly {
                try db.execute(sql: "PRAGMA journal_size_limit = \(Limit.journal)")
            }
        }
        return configuration
    }

    /// GRDB sets `synchronous = NORMAL` when it has opened a pool, by which a power cut could undo a deletion that
    /// was acknowledged. So FULL is set after that, and read back.
    static func insistOnDurability(_ db: Database) throws {
        try db.execute(sql: "PRAGMA synchronous = FULL")
        let full = 2
        guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == full,
            try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal",
            try Int.fetchOne(db, sql: "PRAGMA foreign_keys") == 1
        else { throw StoreError.unavailable("SQLite does not give the durability that is asked of it") }
    }

    /// Makes the folder and the file where they may be made, and returns the file's path without symbolic links:
    /// every process must come to the same `-wal`, `-shm` and `-bell`.
    static func place(_ path: String, mode: OpenMode) throws -> String {
        if mode == .create {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            if !FileManager.default.fileExists(atPath: folder) {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
            try makePrivateFile(path)
        }
        guard let real = realpath(path, nil) else { throw OpenError.notFound(path: path) }
        defer { free(real) }
        return String(cString: real)
    }

    /// Makes an empty file with mode 0600, unless there is a file.
    ///
    /// An existing one is not even opened: closing a descriptor of it would drop every lock that SQLite holds on
    /// it in this process (fcntl(2), "Advisory record locking").
    private static func makePrivateFile(_ path: String) throws {
        let file = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if file >= 0 {
            Foundation.close(file)
        } else if errno != EEXIST {
            throw StoreError.unavailable(String(cString: strerror(errno)))
        }
    }

    private static func cause(of error: any Error) -> String {
        switch StoreError(error) {
        case .unavailable(let cause), .full(let cause): cause
        case .duplicate, .refused: "a rule of the schema is broken"
        }
    }
}
