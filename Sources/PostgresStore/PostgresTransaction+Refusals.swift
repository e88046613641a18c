import KeyCore

extension PostgresTransaction {
    func refusals(of key: ID<Key>) throws(StoreError) -> [KeyRefusal] {
        try rows("SELECT * FROM key_refusals WHERE key_id = \(key) ORDER BY id DESC LIMIT \(KeyRefusal.kept)")
            .map { row in
                KeyRefusal(
                    key: row.id("key_id"), at: row.moment("at"),
                    attempt: Attempt(address: row["address"], method: row["method"], path: row["path"] as String),
                    code: row["code"], permission: row["permission"])
            }
    }

    func refusalCounts(of keys: [ID<Key>]) throws(StoreError) -> [ID<Key>: Int] {
        let rows = try rows(
            """
            SELECT key_id, count(*) AS refusals FROM key_refusals WHERE key_id = ANY (\(keys)) GROUP BY key_id
            """)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.id("key_id"), $0["refusals"]) })
    }

    func refusedKeys(of owner: ID<User>) throws(StoreError) -> [RefusedKey] {
        let rows = try rows(
            """
            SELECT keys.*, key_uses.last_used_at, first_used_at, first_address, count(*) AS refusals
            FROM keys LEFT JOIN key_uses ON key_uses.key_id = keys.id
            JOIN key_refusals ON key_refusals.key_id = keys.id
            WHERE user_id = \(owner) GROUP BY keys.id, key_uses.key_id
            ORDER BY max(key_refusals.at) DESC, keys.id LIMIT \(PageLimit.maximum)
            """)
        var keys: [RefusedKey] = []
        for row in rows {
            keys.append(RefusedKey(key: try key(row), refusals: row["refusals"]))
        }
        return keys
    }

    /// Refusals of keys that are not there are passed over: they must not cost the others of their batch. Rows get
    /// their numbers in the order of the list.
    func record(_ refusals: [KeyRefusal]) throws(StoreError) {
        let attempts = refusals.map(\.attempt)
        try execute(
            """
            INSERT INTO key_refusals (key_id, at, address, method, path, code, permission)
            SELECT keys.id, at, address, method, path, code, permission
            FROM unnest(
                \(refusals.map(\.key)), \(refusals.map(\.at)), \(attempts.map(\.address)), \(attempts.map(\.method)),
                \(attempts.map(\.path)), \(refusals.map(\.code)), \(refusals.map(\.permission))
            ) WITH ORDINALITY AS tried (key_id, at, address, method, path, code, permission, place)
            JOIN keys ON keys.id = tried.key_id
            ORDER BY place
            """)
        try execute(
            """
            DELETE FROM key_refusals USING (
                SELECT id, row_number() OVER (PARTITION BY key_id ORDER BY id DESC) AS place
                FROM key_refusals WHERE key_id = ANY (\(refusals.map(\.key)))
            ) AS ranked
            WHERE key_refusals.id = ranked.id AND place > \(KeyRefusal.kept)
            """)
    }
}
