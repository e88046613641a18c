import KeyCore

extension PostgresTransaction {
    func role(_ id: ID<Role>) throws(StoreError) -> Role? {
        try row("SELECT * FROM roles WHERE id = \(id)").map(role)
    }

    func roles(of company: ID<Company>) throws(StoreError) -> [RoleUse] {
        try rows(
            """
            SELECT roles.*, count(users.id) AS users FROM roles
            LEFT JOIN users ON users.role_id = roles.id AND removed_at IS NULL
            WHERE roles.company_id = \(company) GROUP BY roles.id ORDER BY name_folded
            """
        ).map { RoleUse(role: role($0), users: $0["users"]) }
    }

    func liveKeysByRole(of company: ID<Company>, now: Timestamp) throws(StoreError) -> [ID<Role>: Int] {
        let rows = try rows(
            """
            SELECT role_id, count(*) AS keys FROM users JOIN keys ON keys.user_id = users.id
            WHERE company_id = \(company) AND \(PostgresTransaction.isLive(now)) GROUP BY role_id
            """)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.id("role_id"), $0["keys"]) })
    }

    func reach(of role: ID<Role>, names limit: Int, now: Timestamp) throws(StoreError) -> RoleReach {
        let people = try number("SELECT count(*) FROM users WHERE role_id = \(role) AND removed_at IS NULL")
        let names = try rows(
            "SELECT name FROM users WHERE role_id = \(role) AND removed_at IS NULL ORDER BY name, id LIMIT \(limit)")
        let keys = try rows(
            """
            SELECT permissions, count(*) AS keys FROM users JOIN keys ON keys.user_id = users.id
            WHERE role_id = \(role) AND \(PostgresTransaction.isLive(now)) GROUP BY permissions
            """)
        return RoleReach(
            people: Int(people), names: names.map { $0["name"] },
            liveKeys: keys.map { row in
                let subset: String? = row["permissions"]
                return RoleReach.LiveKeys(subset: subset.map(platform.set(stored:)), count: row["keys"])
            })
    }

    /// Whether a key works, of the joined tables `keys` and `users`.
    private static func isLive(_ now: Timestamp) -> SQL {
        """
        removed_at IS NULL AND blocked_at IS NULL AND deleted_at IS NULL AND confirmed_at IS NOT NULL
            AND expires_at > \(now)
        """
    }

    func activeAdministrators(of company: ID<Company>) throws(StoreError) -> Int {
        let count = try number(
            """
            SELECT count(*) FROM users JOIN roles ON roles.id = users.role_id
            WHERE users.company_id = \(company) AND template = \(Platform.administratorRole)
                AND blocked_at IS NULL AND removed_at IS NULL
            """)
        return Int(count)
    }

    func insert(_ role: Role) throws(StoreError) {
        try execute(
            """
            INSERT INTO roles (id, company_id, name, name_folded, template, permissions)
            VALUES (\(role.id), \(role.company), \(role.name), \(role.foldedName), \(role.template),
                \(platform.stored(role)))
            """)
    }

    func update(_ role: Role) throws(StoreError) {
        try execute(
            """
            UPDATE roles
            SET name = \(role.name), name_folded = \(role.foldedName),
                permissions = \(platform.stored(role))
            WHERE id = \(role.id)
            """)
    }

    /// People who were removed while they had the role stay as rows. They may do nothing whatever their role is; the
    /// Administrator's is one that never goes.
    func deleteRole(_ id: ID<Role>) throws(StoreError) {
        try execute(
            """
            UPDATE users SET role_id = (
                SELECT id FROM roles
                WHERE company_id = users.company_id AND template = \(Platform.administratorRole)
            )
            WHERE role_id = \(id) AND removed_at IS NOT NULL
            """)
        try execute("DELETE FROM roles WHERE id = \(id)")
    }

    private func role(_ row: Row) -> Role {
        Role(
            id: row.id("id"), company: row.id("company_id"), name: row["name"], template: row["template"],
            permissions: platform.set(stored: row["permissions"]))
    }
}
