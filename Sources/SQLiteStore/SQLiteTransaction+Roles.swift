import GRDB
import KeyCore

extension SQLiteTransaction {
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
