import Foundation
import GRDB
import KeyCore

/// A database file that is filled by a copy.
///
/// Until it is finished a power cut may take the last batches, each with the progress that it was written with: the
/// next run brings them again. `finish` makes all of it durable before it takes the mark away.
package final class SQLiteArchiveTarget: SQLiteArchiveReader, ArchiveTarget {
    /// Pages that the copying connections keep, in KiB: the indices of a million keys.
    static let cache = 256 << 10
    /// How many pages the WAL takes before they go into the file: those of an index are written to again and again.
    private static let checkpoint = 50_000

    /// Only its writer is used: SQLite folds the WAL into the file when the last connection that may write is closed.
    private let pool: DatabasePool

    /// Makes the file where it is missing, and opens it for a copy, begun already or not.
    ///
    /// - Throws: `notEmpty` before anything is changed.
    package init(path: String) throws(OpenError) {
        pool = try SQLiteStore.opening(path) {
            let path = try SQLiteStore.place(path, mode: .create)
            try SQLiteArchiveTarget.insistOnBeingAlone(path)
            let pool = try SQLiteStore.openPool(at: path, mode: .create)
            try pool.writeWithoutTransaction { db in
                if try !Schema.holdsUnfinishedCopy(db) {
                    if let table = try Schema.firstTableWithRows(db) { throw OpenError.notEmpty(table: table) }
                    try Schema.migrate(db)
                }
                try db.execute(
                    sql: """
                        PRAGMA synchronous = NORMAL;
                        PRAGMA cache_size = -\(SQLiteArchiveTarget.cache);
                        PRAGMA wal_autocheckpoint = \(SQLiteArchiveTarget.checkpoint)
                        """)
            }
            return pool
        }
    }

    /// In WAL mode every process that has the file open holds a lock on it, which an exclusive one collides with.
    private static func insistOnBeingAlone(_ path: String) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            _ = try Schema.version(recognising: db, at: path)
            try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
        }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase { try $0.inTransaction(.immediate) { .rollback } }
            try queue.close()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw OpenError.inUse(path: path)
        }
    }

    func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try pool.writeWithoutTransaction(body)
    }

    package func unfinished() throws(StoreError) -> CopyProgress? {
        try attempt {
            try pool.writeWithoutTransaction { db in
                guard try Schema.holdsUnfinishedCopy(db) else { return nil }
                return try Row.fetchOne(db, sql: "SELECT * FROM unfinished_copy").map(CopyProgress.init)
            }
        }
    }

    package func begin(_ progress: CopyProgress) throws(StoreError) {
        try attempt { try pool.write { try $0.begin(progress) } }
    }

    /// Drops the tables, since what guards the audit log lets no row of it be deleted, and makes them anew.
    package func restart(_ progress: CopyProgress) throws(StoreError) {
        try attempt {
            try pool.write { db in
                for table in ArchivedTable.all.reversed() {
                    try db.execute(sql: "DROP TABLE IF EXISTS \(table.name)")
                }
                try db.execute(sql: "DROP TABLE unfinished_copy")
                for step in Schema.steps { try db.execute(sql: step) }
                try db.execute(sql: "PRAGMA user_version = \(Schema.latestVersion)")
                try db.begin(progress)
            }
        }
    }

    package func append(
        _ rows: [ArchivedRow], to table: ArchivedTable, from progress: CopyProgress, to next: CopyProgress
    ) throws(StoreError) {
        try attempt {
            try pool.write { db in
                let columns = table.columns.map(\.name).joined(separator: ", ")
                let marks = table.columns.map(\.placeholder).joined(separator: ", ")
                let statement = try db.cachedStatement(
                    sql: "INSERT INTO \(table.name) (\(columns)) VALUES (\(marks))")
                for row in rows {
                    let values = try row.values(table.columns[...]).map(\.databaseValue)
                    try statement.execute(arguments: StatementArguments(values))
                }
                try db.move(from: progress, to: next)
            }
        }
    }

    /// The mark goes in a commit that is durable, and with it all that stands before it in the WAL.
    package func finish(_ progress: CopyProgress) throws(StoreError) {
        try attempt {
            try pool.writeWithoutTransaction { db in
                try SQLiteStore.insistOnDurability(db)
                try db.inTransaction(.immediate) {
                    try db.move(from: progress, to: progress)
                    try db.execute(sql: "DROP TABLE unfinished_copy")
                    return .commit
                }
            }
            try pool.close()
        }
    }
}

extension Database {
    /// A new database has a revision of its own, which the source's takes the place of.
    fileprivate func begin(_ progress: CopyProgress) throws {
        try execute(sql: "DELETE FROM revision")
        try execute(
            sql: """
                CREATE TABLE unfinished_copy (
                    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
                    fingerprint TEXT NOT NULL,
                    table_name TEXT NOT NULL,
                    last_key BLOB,
                    rows INTEGER NOT NULL
                ) STRICT
                """)
        try execute(
            sql: "INSERT INTO unfinished_copy VALUES (1, ?, ?, NULL, 0)",
            arguments: [progress.fingerprint, progress.table])
    }

    /// - Throws: `unavailable` where the copy is not where this run left it.
    fileprivate func move(from progress: CopyProgress, to next: CopyProgress) throws {
        try execute(
            sql: "UPDATE unfinished_copy SET table_name = ?, last_key = ?, rows = ? WHERE rows = ? AND fingerprint = ?",
            arguments: [
                next.table, next.last.map { Data($0.bytes) }, next.rows, progress.rows, progress.fingerprint,
            ])
        guard changesCount == 1 else { throw StoreError.unavailable("another copy writes to the target") }
    }
}

extension CopyProgress {
    fileprivate init(_ row: Row) {
        self.init(
            fingerprint: row["fingerprint"], table: row["table_name"],
            last: (row["last_key"] as Data?).map { ArchivedRow(bytes: Array($0)) }, rows: row["rows"])
    }
}
