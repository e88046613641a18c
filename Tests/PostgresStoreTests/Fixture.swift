@testable import PostgresStore

/// One row of everything, as SQL that never goes through the verbs of the domain.
enum Fixture {
    static let rows: [SQL] = [
        "INSERT INTO companies (id, name, created_at) VALUES (1, 'Аналитические машины', 1768478400000)",
        """
        INSERT INTO roles (id, company_id, name, name_folded, template, permissions)
        VALUES (2, 1, 'Administrator', 'administrator', 'administrator', '*')
        """,
        """
        INSERT INTO users (id, company_id, role_id, name, email, email_folded, password_hash, language, time_zone,
            created_at, blocked_at)
        VALUES (3, 1, 2, 'Ада', 'Ada@engine.example', 'ada@engine.example', '$argon2id$v=19$x', 'ru',
            'Europe/Moscow', 1768478400000, NULL)
        """,
        """
        INSERT INTO keys (id, user_id, name, name_folded, digest, last4, created_at, expires_on, expires_at,
            confirmed_at, deleted_at, permissions)
        VALUES (4, 3, 'Café', 'café', decode(repeat('0f', 32), 'hex'), 'Ab3x', 1768478400000, '2026-07-01',
            1782939600000, 1768478401000, NULL, 'devices:read retired:read')
        """,
        "INSERT INTO key_uses (key_id, last_used_at) VALUES (4, 1768478402000)",
        """
        INSERT INTO sessions (digest, user_id, created_at, seen_at)
        VALUES (decode(repeat('1e', 32), 'hex'), 3, 1768478400000, 1768478403000)
        """,
        """
        INSERT INTO audit_events (company_id, at, address, actor_id, action, target, before, after)
        VALUES (1, 1768478400000, '192.0.2.1', 3, 'key.created', 'key_0000000000004', NULL, 'Café')
        """,
        """
        INSERT INTO invitations (id, company_id, role_id, email, email_folded, digest, invited_by, created_at,
            expires_at)
        VALUES (5, 1, 2, 'b@engine.example', 'b@engine.example', decode(repeat('2d', 32), 'hex'), 3, 1768478400000,
            1768478400001)
        """,
        "UPDATE revision SET number = 7",
        "INSERT INTO changes (revision, kind, subject) VALUES (7, 'key', 4)",
    ]
}

extension TestDatabase {
    /// A session as any other program has one, with the fixture in the tables.
    func filled() throws -> Connection {
        try open().close()
        let connection = try connect()
        for statement in Fixture.rows { _ = try connection.run(statement) }
        return connection
    }
}
