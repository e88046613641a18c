import KeyCore
import Synchronization

/// A database as it was when it was opened: one snapshot, held by one connection, whatever others write meanwhile.
package final class PostgresArchive: PostgresArchiveReader {
    private let connection: Mutex<Connection>

    /// Opens a database and changes nothing in it.
    ///
    /// - Throws: `olderSchema` too: its rows are not those that this version knows.
    package init(url: String) throws(OpenError) {
        let connection = try Connection.forCopying(try Address(url: url, isOnlyRead: true))
        try opening { () throws(Failure) in try connection.begin(CopyMode.reading) }
        try connection.refuseUnfinishedCopy()
        try Schema.insistOnLatest(connection)
        self.connection = Mutex(connection)
    }

    func copying<Value: Sendable>(_ body: (Connection) throws(Failure) -> Value) throws(StoreError) -> Value {
        try connection.copying(body)
    }
}

/// What the two ends of a copy read alike.
protocol PostgresArchiveReader: ArchiveReader {
    func copying<Value: Sendable>(_ body: (Connection) throws(Failure) -> Value) throws(StoreError) -> Value
}

extension PostgresArchiveReader {
    package func count(of table: ArchivedTable) throws(StoreError) -> Int64 {
        try copying { connection throws(Failure) in try connection.count(of: table) }
    }

    package func rows(
        of table: ArchivedTable, after key: ArchivedRow?, limit: Int
    ) throws(StoreError) -> [ArchivedRow] {
        let key = try key?.values(table.key)
        return try copying { connection throws(Failure) in
            try connection.archivedRows(of: table, after: key, limit: limit)
        }
    }

    package func highest(_ column: String, of table: ArchivedTable) throws(StoreError) -> Int64? {
        try copying { connection throws(Failure) in try connection.highest(column, of: table) }
    }
}

/// How the transactions of a copy begin.
enum CopyMode {
    /// A table of many millions of rows is counted within it.
    static let patience = Duration.seconds(600)

    /// Idle while the target takes what was read, for however long.
    static let reading = script("REPEATABLE READ READ ONLY", idle: .seconds(3600))

    /// Not durable by itself: `finish` makes all of it durable, and what a crash takes before is copied again.
    static let writing = script("READ COMMITTED", idle: .seconds(60)) + ";SET LOCAL synchronous_commit = off"

    /// What begins and ends a copy is durable, and no writer comes between.
    static let finishing =
        script("READ COMMITTED", idle: .seconds(60))
        + ";\(TransactionMode.durable);SELECT pg_advisory_xact_lock(\(TransactionMode.writersTurn))"

    private static func script(_ characteristics: String, idle: Duration) -> String {
        """
        BEGIN ISOLATION LEVEL \(characteristics);
        SET LOCAL statement_timeout = \(patience.milliseconds);
        SET LOCAL lock_timeout = 10000;
        SET LOCAL idle_in_transaction_session_timeout = \(idle.milliseconds)
        """
    }
}

extension Connection {
    /// A connection of the copy's own, on which nothing is prepared: a pooler in transaction mode is no hindrance.
    static func forCopying(_ address: Address) throws(OpenError) -> Connection {
        let server = Server(address: address) { _ in }
        server.stopPreparing()
        return try opening { () throws(Failure) in
            try server.connect(patience: CopyMode.patience + Connection.Limit.grace)
        }
    }

    func holdsUnfinishedCopy() throws(Failure) -> Bool {
        try run("SELECT WHERE to_regclass('unfinished_copy') IS NOT NULL").count > 0
    }

    /// - Throws: `unfinishedCopy`.
    func refuseUnfinishedCopy() throws(OpenError) {
        let isUnfinished = try opening { () throws(Failure) in try holdsUnfinishedCopy() }
        if isUnfinished { throw .unfinishedCopy }
    }
}

/// Says of whatever goes wrong why the database is not opened.
func opening<Value>(_ body: () throws(Failure) -> Value) throws(OpenError) -> Value {
    do { return try body() } catch { throw .failed(cause: error.message) }
}

extension Mutex where Value == Connection {
    func copying<Result: Sendable>(
        _ body: (Connection) throws(Failure) -> Result
    ) throws(StoreError) -> Result {
        try withLock { connection throws(StoreError) in
            do throws(Failure) { return try body(connection) } catch { throw StoreError(error) }
        }
    }
}
