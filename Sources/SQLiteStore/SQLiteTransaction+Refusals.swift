import GRDB
import KeyCore

extension SQLiteTransaction {
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
        var counts: [ID<Key>: Int] = [:]
        for key in keys {
            let count = try number("SELECT count(*) FROM key_refusals WHERE key_id = \(key)")
            if count > 0 { counts[key] = Int(count) }
        }
        return counts
    }

    func refusedKeys(of owner: ID<User>) throws(StoreError) -> [RefusedKey] {
        let rows = try rows(
            """
            SELECT keys.*, key_uses.last_used_at, first_used_at, first_address, count(*) AS refusals
            FROM keys LEFT JOIN key_uses ON key_uses.key_id = keys.id
            JOIN key_refusals ON key_refusals.key_id = keys.id
            WHERE user_id = \(owner) GROUP BY keys.id
            ORDER BY max(key_refusals.at) DESC, keys.id LIMIT \(PageLimit.maximum)
            """)
        var keys: [RefusedKey] = []
        for row in rows {
            keys.append(RefusedKey(key: try key(row), refusals: row["refusals"]))
        }
        return keys
    }

    /// Refusals of keys that are not there are passed over: they must not cost the others of their batch.
    func record(_ refusals: [KeyRefusal]) throws(StoreError) {
        for refusal in refusals {
            let attempt = refusal.attempt
            try execute(
                """
                INSERT INTO key_refusals (key_id, at, address, method, path, code, permission)
                SELECT id, \(refusal.at), \(attempt.address), \(attempt.method), \(attempt.path), \(refusal.code),
                    \(refusal.permission)
                FROM keys WHERE id = \(refusal.key)
                """)
        }
        for key in Set(refusals.map(\.key)) {
            try execute(
                """
                DELETE FROM key_refusals WHERE key_id = \(key) AND id NOT IN (
                    SELECT id FROM key_refusals WHERE key_id = \(key) ORDER BY id DESC LIMIT \(KeyRefusal.kept)
                )
                """)
        }
    }
}
