import Foundation
import GRDB
import KeyCore

/// A database file as it is, whichever version of the program has written it: for who looks at it, and for who keeps a
/// copy of it before an upgrade. Nothing of it is changed. All of it blocks, and is called from the command line only.
package struct SQLiteFile {
    package let schemaVersion: Int
    private let queue: DatabaseQueue

    /// - Throws: `newerSchema` too, and `empty`.
    package init(path: String) throws(OpenError) {
        (queue, schemaVersion) = try SQLiteStore.opening(path) {
            let path = try SQLiteStore.place(path, mode: .existing)
            let queue = try DatabaseQueue(path: path, configuration: SQLiteFile.configuration(for: path))
            let version = try queue.inDatabase { db in
                try Schema.refuseUnfinishedCopy(db)
                return try Schema.version(recognising: db, at: path)
            }
            guard let version else { throw OpenError.empty(database: path) }
            return (queue, version)
        }
    }

    /// Where a process has the file open, or one that was killed has left its WAL, a connection that could write would
    /// fold the WAL into the file when it is the last to close. Elsewhere one that could not would leave an empty WAL.
    private static func configuration(for path: String) -> Configuration {
        var configuration = Configuration()
        configuration.label = "SQLiteFile"
        configuration.readonly = FileManager.default.fileExists(atPath: path + "-wal")
        configuration.busyMode = .timeout(SQLiteStore.Limit.wait)
        return configuration
    }

    /// Copies the database as it is at one moment to a new file with mode 0600, while it is in use.
    ///
    /// - Throws: `unavailable` when there is a file already, which is left alone.
    package func backup(to path: String) throws(StoreError) {
        let file = Foundation.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .unavailable("\(path): \(String(cString: strerror(errno)))") }
        Foundation.close(file)
        do {
            let copy = try DatabaseQueue(path: path)
            try queue.backup(to: copy)
            try copy.close()
        } catch {
            unlink(path)
            throw StoreError(error)
        }
    }

    /// What is wrong with the file: broken pages and indices, and rows that refer to nothing. Empty when all is well.
    package func integrityCheck() throws(StoreError) -> [String] {
        try attempt {
            try queue.read { db in
                let findings = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                let orphans = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
                    "a row of \(row["table"] as String) refers to a missing row of \(row["parent"] as String)"
                }
                return findings + orphans
            }
        }
    }
}
