import KeyCore

/// One transaction: the verbs of the domain in SQL. Each topic stands in a file of its own.
///
/// Never used outside the body that it was given to; it lives on the thread that has its connection. The body may run
/// again, in a new transaction, when PostgreSQL says that this one lost against another.
///
/// Unlike SQLite, PostgreSQL ends a transaction with its first failed statement: what follows fails as well.
final class PostgresTransaction: WriteTransaction {
    /// Rows that `forEachRow` holds at a time: enough that the round trips do not count.
    private static let batch = 2_000

    let connection: Connection
    let platform: Platform
    /// Whether the transaction has written to the change log.
    var hasNoted = false
    private var cursors = 0

    init(_ connection: Connection, platform: Platform) {
        self.connection = connection
        self.platform = platform
    }

    /// Runs a statement and returns how many rows it changed or returned.
    @discardableResult
    func execute(_ sql: SQL) throws(StoreError) -> Int {
        try result(sql).changes
    }

    func row(_ sql: SQL) throws(StoreError) -> Row? {
        try result(sql).rows.first
    }

    func rows(_ sql: SQL) throws(StoreError) -> [Row] {
        try result(sql).rows
    }

    /// Hands rows over one by one, for results that should not stand in memory: a cursor gives a batch at a time.
    func forEachRow(_ sql: SQL, _ body: (Row) throws(StoreError) -> Void) throws(StoreError) {
        cursors += 1
        let cursor = SQL(stringLiteral: "cursor_\(cursors)")
        try execute("DECLARE \(cursor) NO SCROLL CURSOR FOR \(sql)")
        let fetch: SQL = "FETCH \(SQL(stringLiteral: String(PostgresTransaction.batch))) FROM \(cursor)"
        while true {
            let batch = try result(fetch)
            for number in 0..<batch.count { try body(Row(result: batch, number: Int32(number))) }
            if batch.count < PostgresTransaction.batch { break }
        }
        try execute("CLOSE \(cursor)")
    }

    /// Gives the rest of the transaction as long as the largest change of all may take.
    func lengthenLimits() throws(StoreError) {
        let limit = TransactionMode.largest
        let text = String(limit.milliseconds)
        try execute(
            """
            SELECT set_config('statement_timeout', \(text), true),
                set_config('idle_in_transaction_session_timeout', \(text), true)
            """)
        connection.patience = limit + Connection.Limit.grace
    }

    func number(_ sql: SQL) throws(StoreError) -> Int64 {
        try result(sql).rows.first?[0] ?? 0
    }

    private func result(_ sql: SQL) throws(StoreError) -> ResultSet {
        do {
            return try connection.run(sql)
        } catch {
            throw StoreError(error)
        }
    }
}
