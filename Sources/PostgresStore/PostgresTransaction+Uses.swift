import KeyCore

extension PostgresTransaction {
    /// Uses of keys that are not there are passed over: they must not cost the others of their batch. Rows are locked
    /// in one order, so that batches of several nodes never wait for each other in a circle.
    func recordUses(_ uses: [ID<Key>: KeyUse]) throws(StoreError) {
        let (keys, uses) = (Array(uses.keys), Array(uses.values))
        try execute(
            """
            INSERT INTO key_uses (key_id, last_used_at, first_used_at, first_address)
            SELECT keys.id, used.at, used.at, used.address
            FROM unnest(\(keys), \(uses.map(\.last)), \(uses.map(\.address))) AS used (id, at, address)
            JOIN keys ON keys.id = used.id
            ORDER BY keys.id
            ON CONFLICT (key_id) DO UPDATE SET last_used_at = excluded.last_used_at
                WHERE key_uses.last_used_at < excluded.last_used_at
            """)
        let days = uses.map { Int64($0.last.dayNumber) }
        // A row that no transaction has locked or replaced (xmax) is a new one: with it, its key's oldest go.
        try execute(
            """
            WITH noted AS (
                INSERT INTO key_use_days (key_id, day, count)
                SELECT keys.id, used.day, used.count
                FROM unnest(\(keys), \(days), \(uses.map { Int64($0.count) })) AS used (id, day, count)
                JOIN keys ON keys.id = used.id
                ORDER BY keys.id
                ON CONFLICT (key_id, day) DO UPDATE SET count = key_use_days.count + excluded.count
                RETURNING key_id, day, xmax = 0 AS is_new
            )
            DELETE FROM key_use_days USING noted
            WHERE noted.is_new AND key_use_days.key_id = noted.key_id
                AND key_use_days.day <= noted.day - \(DailyUses.days)
            """)
    }

    func dailyUses(of keys: [ID<Key>], at now: Timestamp) throws(StoreError) -> [ID<Key>: DailyUses] {
        let empty = DailyUses(at: now)
        let rows = try rows(
            """
            SELECT key_id, day, count FROM key_use_days
            WHERE key_id = ANY (\(keys)) AND day BETWEEN \(empty.first) AND \(empty.today)
            """)
        var uses: [ID<Key>: DailyUses] = [:]
        for row in rows { uses[row.id("key_id"), default: empty].add(row["count"], on: row["day"]) }
        return uses
    }

    func dailyUses(ofAllKeysOf owner: ID<User>, at now: Timestamp) throws(StoreError) -> DailyUses {
        var uses = DailyUses(at: now)
        let rows = try rows(
            """
            SELECT day, sum(count)::bigint AS count FROM keys JOIN key_use_days ON key_id = keys.id
            WHERE user_id = \(owner) AND day BETWEEN \(uses.first) AND \(uses.today) GROUP BY day
            """)
        for row in rows { uses.add(row["count"], on: row["day"]) }
        return uses
    }

    func firstUses(of keys: [ID<Key>]) throws(StoreError) -> [ID<Key>: FirstUse] {
        let rows = try rows(
            """
            SELECT key_id, first_used_at, first_address FROM key_uses
            WHERE key_id = ANY (\(keys)) AND first_used_at IS NOT NULL
            """)
        return Dictionary(
            uniqueKeysWithValues: rows.map {
                ($0.id("key_id"), FirstUse(at: $0.moment("first_used_at"), address: $0["first_address"]))
            })
    }
}
