import GRDB
import KeyCore

/// One transaction: the verbs of the domain in SQL. Each topic stands in a file of its own.
///
/// Never used outside the body that it was given to; it lives on the thread of its connection.
final class SQLiteTransaction: WriteTransaction {
    let db: Database
    let platform: Platform
    /// Whether the transaction has written to the change log.
    var hasNoted = false

    init(_ db: Database, platform: Platform) {
        self.db = db
        self.platform = platform
    }

    /// Runs a statement and returns how many rows it changed.
    @discardableResult
    func execute(_ sql: SQL) throws(StoreError) -> Int {
        try attempt {
            let (text, arguments) = try sql.build(db)
            try db.cachedStatement(sql: text).execute(arguments: arguments)
            return db.changesCount
        }
    }

    func row(_ sql: SQL) throws(StoreError) -> Row? {
        try attempt { try SQLRequest<Row>(literal: sql, cached: true).fetchOne(db) }
    }

    func rows(_ sql: SQL) throws(StoreError) -> [Row] {
        try attempt { try SQLRequest<Row>(literal: sql, cached: true).fetchAll(db) }
    }

    /// Hands rows over one by one, for results that should not stand in memory. The row is reused: keep nothing of it.
    func forEachRow(_ sql: SQL, _ body: (Row) throws -> Void) throws(StoreError) {
        try attempt { try SQLRequest<Row>(literal: sql, cached: true).fetchCursor(db).forEach(body) }
    }

    func number(_ sql: SQL) throws(StoreError) -> Int64 {
        try attempt { try SQLRequest<Int64>(literal: sql, cached: true).fetchOne(db) } ?? 0
    }
}
