import Foundation
import GRDB
import KeyCore

/// What an operator does with the file. All of it blocks, and is called from the command line only.
extension SQLiteStore {
    package static let latestSchemaVersion = Schema.latestVersion

    package func schemaVersion() throws(StoreError) -> Int {
        try attempt { try pool.read(Schema.version(of:)) }
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
            try pool.backup(to: copy)
            try copy.close()
        } catch {
            unlink(path)
            throw StoreError(error)
        }
    }

    /// What is wrong with the file: broken pages and indices, and rows that refer to nothing. Empty when all is well.
    package func integrityCheck() throws(StoreError) -> [String] {
        try attempt {
            try pool.read { db in
                let findings = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                let orphans = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
                    "a row of \(row["table"] as String) refers to a missing row of \(row["parent"] as String)"
                }
                return findings + orphans
            }
        }
    }

    /// Waits for the transactions under way and closes the file. The last to close it folds the WAL into it.
    package func close() throws(StoreError) {
        try attempt { try pool.close() }
    }
}
