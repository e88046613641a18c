import GRDB
import KeyCore

extension SQLiteTransaction {
    /// Uses of keys that are not there are passed over: they must not cost the others of their batch. In the order of
    /// the tables, whose pages are then each met once.
    func recordUses(_ uses: [ID<Key>: KeyUse]) throws(StoreError) {
        let uses = uses.sorted { $0.key.rawValue < $1.key.rawValue }
        try attempt {
            let statements = try UseStatements(db)
            for (key, use) in uses where try statements.recordLast(use, of: key) {
                try statements.recordDay(use, of: key)
            }
        }
    }

    func dailyUses(of keys: [ID<Key>], at now: Timestamp) throws(StoreError) -> [ID<Key>: DailyUses] {
        let empty = DailyUses(at: now)
        var uses: [ID<Key>: DailyUses] = [:]
        for key in keys {
            let rows = try rows(
                """
                SELECT day, count FROM key_use_days
                WHERE key_id = \(key) AND day BETWEEN \(empty.first) AND \(empty.today)
                """)
            for row in rows { uses[key, default: empty].add(row["count"], on: row["day"]) }
        }
        return uses
    }

    func dailyUses(ofAllKeysOf owner: ID<User>, at now: Timestamp) throws(StoreError) -> DailyUses {
        var uses = DailyUses(at: now)
        let rows = try rows(
            """
            SELECT day, sum(count) AS count FROM keys JOIN key_use_days ON key_id = keys.id
            WHERE user_id = \(owner) AND day BETWEEN \(uses.first) AND \(uses.today) GROUP BY day
            """)
        for row in rows { uses.add(row["count"], on: row["day"]) }
        return uses
    }

    func firstUses(of keys: [ID<Key>]) throws(StoreError) -> [ID<Key>: FirstUse] {
        var uses: [ID<Key>: FirstUse] = [:]
        for key in keys {
            let row = try row("SELECT first_used_at, first_address FROM key_uses WHERE key_id = \(key)")
            guard let row, let moment = row.momentIfAny("first_used_at") else { continue }
            uses[key] = FirstUse(at: moment, address: row["first_address"])
        }
        return uses
    }
}

/// Prepared once: a busy second brings thousands of uses. All but the first of a key, and of its day, are one small
/// table's each.
private struct UseStatements {
    private let db: Database
    private let again, first, day, newDay, oldDays: Statement

    init(_ db: Database) throws {
        self.db = db
        again = try db.cachedStatement(
            sql: "UPDATE key_uses SET last_used_at = max(last_used_at, ?) WHERE key_id = ?")
        first = try db.cachedStatement(
            sql: """
                INSERT INTO key_uses (key_id, last_used_at, first_used_at, first_address)
                SELECT id, ?1, ?1, ?2 FROM keys WHERE id = ?3
                """)
        day = try db.cachedStatement(
            sql: "UPDATE key_use_days SET count = count + ? WHERE key_id = ? AND day = ?")
        newDay = try db.cachedStatement(sql: "INSERT INTO key_use_days (count, key_id, day) VALUES (?, ?, ?)")
        oldDays = try db.cachedStatement(sql: "DELETE FROM key_use_days WHERE key_id = ? AND day <= ?")
    }

    /// - Returns: whether there is such a key.
    func recordLast(_ use: KeyUse, of key: ID<Key>) throws -> Bool {
        try again.execute(arguments: [use.last.milliseconds, key.rawValue])
        if db.changesCount > 0 { return true }
        try first.execute(arguments: [use.last.milliseconds, use.address, key.rawValue])
        return db.changesCount > 0
    }

    func recordDay(_ use: KeyUse, of key: ID<Key>) throws {
        let number = use.last.dayNumber
        let arguments: StatementArguments = [use.count, key.rawValue, number]
        try day.execute(arguments: arguments)
        guard db.changesCount == 0 else { return }
        try newDay.execute(arguments: arguments)
        try oldDays.execute(arguments: [key.rawValue, number - DailyUses.days])
    }
}
