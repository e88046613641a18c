import KeyCore
import Synchronization

/// A database that is filled by a copy.
///
/// Until it is finished a crash of the server may take the last batches, each with the progress that it was written
/// with: the next run brings them again. `finish` makes all of it durable when it takes the mark away.
package final class PostgresArchiveTarget: PostgresArchiveReader, ArchiveTarget {
    private let connection: Mutex<Connection>

    /// Opens a database for a copy, begun already or not, and makes the tables where there are none.
    ///
    /// - Throws: `notEmpty` before anything is changed.
    package init(url: String) throws(OpenError) {
        let connection = try Connection.forCopying(try Address(url: url))
        let (isBegun, table) = try opening { () throws(Failure) -> (Bool, String?) in
            if try connection.holdsUnfinishedCopy() { return (true, nil) }
            return (false, try Schema.version(connection) == nil ? nil : try connection.firstTableWithRows())
        }
        if let table { throw .notEmpty(table: table) }
        if !isBegun { try Schema.migrate(connection) }
        self.connection = Mutex(connection)
    }

    func copying<Value: Sendable>(_ body: (Connection) throws(Failure) -> Value) throws(StoreError) -> Value {
        try connection.copying(body)
    }

    package func unfinished() throws(StoreError) -> CopyProgress? {
        try copying { connection throws(Failure) in
            guard try connection.holdsUnfinishedCopy() else { return nil }
            return try connection.run("SELECT * FROM unfinished_copy").rows.first.map(CopyProgress.init)
        }
    }

    /// Looks once more whether the target is empty, in the transaction that sets the mark and with the writers' turn: a
    /// server may have been started since it was opened.
    package func begin(_ progress: CopyProgress) throws(StoreError) {
        try copying { connection throws(Failure) in
            try connection.transaction(CopyMode.finishing) { () throws(Failure) in
                if let table = try connection.firstTableWithRows() {
                    throw Failure(kind: .refused, message: "the target is not empty any more: \(table) has rows")
                }
                try connection.run(
                    script: """
                        CREATE TABLE unfinished_copy (
                            only_row bigint PRIMARY KEY CHECK (only_row = 1),
                            fingerprint text NOT NULL,
                            table_name text NOT NULL,
                            last_key bytea,
                            rows bigint NOT NULL
                        )
                        """)
                try connection.mark(progress)
            }
        }
    }

    /// What guards the audit log is put aside for this one statement, in the same transaction.
    package func restart(_ progress: CopyProgress) throws(StoreError) {
        let tables = (ArchivedTable.all.map(\.name) + ["unfinished_copy"]).joined(separator: ", ")
        try copying { connection throws(Failure) in
            try connection.transaction(CopyMode.finishing) { () throws(Failure) in
                guard try connection.run("SELECT FROM nodes LIMIT 1").count == 0 else {
                    throw Failure(kind: .refused, message: "a server uses the target")
                }
                try connection.run(
                    script: """
                        ALTER TABLE audit_events DISABLE TRIGGER USER;
                        TRUNCATE \(tables) RESTART IDENTITY;
                        ALTER TABLE audit_events ENABLE TRIGGER USER
                        """)
                try connection.mark(progress)
            }
        }
    }

    package func append(
        _ rows: [ArchivedRow], to table: ArchivedTable, from progress: CopyProgress, to next: CopyProgress
    ) throws(StoreError) {
        try copying { connection throws(Failure) in
            try connection.transaction(CopyMode.writing) { () throws(Failure) in
                try connection.move(from: progress, to: next)
                do throws(Failure) {
                    try connection.copy(rows, to: table)
                } catch  where error.isOfUnkeepableText {
                    throw Failure(
                        kind: .refused,
                        message:
                            "PostgreSQL cannot keep a text of the table \(table.name): it holds a NUL or is no UTF-8")
                }
            }
        }
    }

    package func finish(_ progress: CopyProgress) throws(StoreError) {
        let tables = ArchivedTable.all.map(\.name).joined(separator: ", ")
        try copying { connection throws(Failure) in
            try connection.transaction(CopyMode.finishing) { () throws(Failure) in
                // Another run may have emptied the target meanwhile, and begun anew.
                try connection.move(from: progress, to: progress)
                for table in ["audit_events", "key_refusals"] {
                    try connection.run(
                        script: """
                            SELECT setval(pg_get_serial_sequence('\(table)', 'id'), max(id)) FROM \(table)
                            HAVING max(id) > 0
                            """)
                }
                // Else the first questions would be planned as if the tables were empty.
                try connection.run(script: "ANALYZE \(tables); DROP TABLE unfinished_copy")
            }
        }
    }
}

extension Connection {
    fileprivate func transaction(_ script: String, _ body: () throws(Failure) -> Void) throws(Failure) {
        do throws(Failure) {
            try begin(script)
            try body()
            try commit()
        } catch {
            rollback()
            throw error
        }
    }

    /// The first table of ours that holds more than a database has when it was just made, rows of servers included: one that
    /// runs on an empty database would take what is half copied for all there is.
    fileprivate func firstTableWithRows() throws(Failure) -> String? {
        for table in ArchivedTable.all.map(\.name) + ["nodes"] {
            let name = SQL(stringLiteral: table)
            let filter: SQL = table == "revision" ? "WHERE number > 0" : ""
            if try run("SELECT FROM \(name) \(filter) LIMIT 1").count > 0 { return table }
        }
        return nil
    }

    /// A new database has a revision of its own, which the source's takes the place of.
    fileprivate func mark(_ progress: CopyProgress) throws(Failure) {
        _ = try run("DELETE FROM revision")
        _ = try run(
            "INSERT INTO unfinished_copy VALUES (1, \(progress.fingerprint), \(progress.table), NULL, 0)")
    }

    /// - Throws: `refused` where the copy is not where this run left it.
    fileprivate func move(from progress: CopyProgress, to next: CopyProgress) throws(Failure) {
        let moved = try run(
            """
            UPDATE unfinished_copy SET table_name = \(next.table), last_key = \(next.last?.bytes), rows = \(next.rows)
            WHERE rows = \(progress.rows) AND fingerprint = \(progress.fingerprint)
            """)
        guard moved.changes == 1 else {
            throw Failure(kind: .refused, message: "another copy writes to the target")
        }
    }
}

extension Failure {
    /// character_not_in_repertoire.
    fileprivate var isOfUnkeepableText: Bool { state == "22021" }
}

extension CopyProgress {
    fileprivate init(_ row: Row) {
        self.init(
            fingerprint: row["fingerprint"], table: row["table_name"],
            last: (row["last_key"] as [UInt8]?).map(ArchivedRow.init(bytes:)), rows: row["rows"])
    }
}
