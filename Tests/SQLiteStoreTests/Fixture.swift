import GRDB
import KeyCore

/// One row of everything, as SQL that never goes through the store.
enum Fixture {
    static let owner = ID<User>(rawValue: 3)
    static let key = ID<Key>(rawValue: 4)

    /// What version 1 wrote. Never edited: it stands for files that people have.
    static let rows = """
        INSERT INTO companies (id, name, created_at) VALUES (1, 'Аналитические машины', 1768478400000);
        INSERT INTO roles (id, company_id, name, name_folded, template, permissions)
            VALUES (2, 1, 'Administrator', 'administrator', 'administrator', '*');
        INSERT INTO users (id, company_id, role_id, name, email, email_folded, password_hash, language, time_zone,
                created_at, blocked_at)
            VALUES (3, 1, 2, 'Ада', 'Ada@engine.example', 'ada@engine.example', '$argon2id$v=19$x', 'ru',
                'Europe/Moscow', 1768478400000, NULL);
        INSERT INTO keys (id, user_id, name, name_folded, digest, last4, created_at, expires_on, expires_at,
                confirmed_at, deleted_at, permissions)
            VALUES (4, 3, 'Café', 'café', x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f', 'Ab3x',
                1768478400000, '2026-07-01', 1782939600000, 1768478401000, NULL, 'devices:read retired:read');
        INSERT INTO key_uses (key_id, last_used_at) VALUES (4, 1768478402000);
        INSERT INTO sessions (digest, user_id, created_at, seen_at) VALUES
            (x'1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100', 3, 1768478400000, 1768478403000);
        INSERT INTO audit_events (company_id, at, address, actor_id, action, target, before, after)
            VALUES (1, 1768478400000, '192.0.2.1', 3, 'key.created', 'key_0000000000004', NULL, 'Café');
        UPDATE revision SET number = 7;
        INSERT INTO changes VALUES (7, 'key', 4);
        """

    /// Everything that is in the tables.
    static func contents(_ db: Database) throws -> [String] {
        let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return try tables.flatMap { table in
            try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY 1").map { "\(table): \($0)" }
        }
    }
}
