import KeyCore

extension PostgresTransaction {
    func key(_ id: ID<Key>) throws(StoreError) -> Key? {
        guard let row = try row("\(PostgresTransaction.keys) WHERE keys.id = \(id)") else { return nil }
        return try key(row)
    }

    func keyNames(_ ids: [ID<Key>]) throws(StoreError) -> [ID<Key>: String] {
        let rows = try rows("SELECT id, name FROM keys WHERE id = ANY (\(ids))")
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.id("id"), $0["name"]) })
    }

    func isNameTaken(_ name: KeyName, owner: ID<User>) throws(StoreError) -> Bool {
        let count = try number(
            """
            SELECT count(*) FROM keys
            WHERE user_id = \(owner) AND name_folded = \(name.folded) AND deleted_at IS NULL
            """)
        return count > 0
    }

    func insert(_ key: Key, digest: Digest) throws(StoreError) {
        try execute(
            """
            INSERT INTO keys (id, user_id, name, name_folded, digest, last4, created_at, expires_on, expires_at,
                confirmed_at, deleted_at, permissions, granted)
            VALUES (\(key.id), \(key.owner), \(key.name.text), \(key.name.folded), \(digest), \(key.last4),
                \(key.createdAt), \(key.expiry.day.description), \(key.expiry.end), \(key.confirmedAt),
                \(key.deletedAt), \(key.subset.map(platform.stored)), \(key.granted.map(platform.stored)))
            """)
    }

    /// A key that was confirmed keeps its moment, and a deleted one stays as it was.
    func confirmKey(_ id: ID<Key>, at now: Timestamp) throws(StoreError) {
        try execute(
            "UPDATE keys SET confirmed_at = \(now) WHERE id = \(id) AND confirmed_at IS NULL AND deleted_at IS NULL")
    }

    func deleteKeys(_ ids: [ID<Key>], of owner: ID<User>, at now: Timestamp) throws(StoreError) -> [ID<Key>] {
        let rows = try rows(
            """
            UPDATE keys SET deleted_at = \(now)
            WHERE id = ANY (\(ids)) AND user_id = \(owner) AND deleted_at IS NULL RETURNING id
            """)
        var deleted = Set(rows.map { $0.id("id") as ID<Key> })
        return ids.filter { deleted.remove($0) != nil }
    }

    /// Somebody may have a million. What follows in the transaction, such as their rows in the audit log, is as long.
    func deleteAllKeys(of owner: ID<User>, at now: Timestamp) throws(StoreError) -> [ID<Key>] {
        try lengthenLimits()
        return try rows(
            "UPDATE keys SET deleted_at = \(now) WHERE user_id = \(owner) AND deleted_at IS NULL RETURNING id"
        ).map { $0.id("id") }
    }
}

extension PostgresTransaction {
    static let keys: SQL = """
        SELECT keys.*, key_uses.last_used_at, first_used_at, first_address
        FROM keys LEFT JOIN key_uses ON key_uses.key_id = keys.id
        """

    func key(_ row: Row) throws(StoreError) -> Key {
        guard let day = Day(row["expires_on"] as String) else { throw .damaged("keys.expires_on") }
        return Key(
            id: row.id("id"), owner: row.id("user_id"), name: KeyName(stored: row["name"]), last4: row["last4"],
            createdAt: row.moment("created_at"), expiry: Expiry(day: day, end: row.moment("expires_at")),
            confirmedAt: row.momentIfAny("confirmed_at"), deletedAt: row.momentIfAny("deleted_at"),
            lastUsedAt: row.momentIfAny("last_used_at"),
            firstUse: row.momentIfAny("first_used_at").map { FirstUse(at: $0, address: row["first_address"]) },
            subset: subset(row),
            granted: (row["granted"] as String?).map(platform.set(stored:)))
    }

    func subset(_ row: Row) -> PermissionSet? {
        (row["permissions"] as String?).map(platform.set(stored:))
    }
}
