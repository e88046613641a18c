import GRDB
import KeyCore
import Testing

@testable import SQLiteStore

/// The rules hold for whoever writes to the file, with whatever tool.
struct SchemaTests {
    @Test(arguments: [
        ("UPDATE audit_events SET actor_id = 1", "append-only"),
        ("DELETE FROM audit_events", "append-only"),
        ("INSERT OR REPLACE INTO audit_events SELECT * FROM audit_events", "append-only"),
        (
            "INSERT INTO audit_events SELECT * FROM audit_events WHERE TRUE ON CONFLICT DO UPDATE SET at = 0",
            "append-only"
        ),
    ])
    func auditLogCannotBeRewritten(_ statement: String, _ reason: String) async throws {
        try await refused(statement, because: reason)
    }

    @Test(arguments: [
        // Keys
        (key("name = ''"), "key_name_length"),
        (key("name = printf('%.101c', 'x')"), "key_name_length"),
        (key("digest = x'00'"), "key_digest_length"),
        (key("last4 = 'abc'"), "last4_length"),
        (key("last4 = 'abcde'"), "last4_length"),
        (key("expires_at = created_at"), "key_expires_after_creation"),
        (key("expires_at = created_at + (367 * 24 + 2) * 3600000 + 1"), "key_lives_at_most_a_year"),
        (key("expires_on = '2026-1-15'"), "expires_on_is_a_date"),
        (key("created_at = 'yesterday'"), "INTEGER"),
        (key("created_at = NULL"), "NOT NULL"),
        (key("user_id = 999"), "FOREIGN KEY"),
        // People
        ("UPDATE users SET role_id = 999", "FOREIGN KEY"),
        ("UPDATE users SET name = ''", "user_name_length"),
        ("UPDATE users SET password_hash = 'correct horse battery'", "password_is_hashed"),
        ("DELETE FROM users", "FOREIGN KEY"),
        ("DELETE FROM roles", "FOREIGN KEY"),
        ("DELETE FROM companies", "FOREIGN KEY"),
        (
            "INSERT INTO sessions (digest, user_id, created_at, seen_at) VALUES (x'00', 3, 0, 0)",
            "session_digest_length"
        ),
        // Discussions
        (topic("'ab'", "'x'"), "title_length"),
        (topic("printf('%.151c', 'x')", "'x'"), "title_length"),
        (topic("'Why?'", "''"), "topic_body_length"),
        (topic("'Why?'", "printf('%.10001c', 'x')"), "topic_body_length"),
        (topic("'Why?'", "'x'", hiddenBy: "3"), "topic_hidden_by_somebody_at_some_time"),
        (topic("'Why?'", "'x'", lastBy: "999"), "FOREIGN KEY"),
        // Following
        ("INSERT INTO revision VALUES (2, 0)", "only_row"),
        ("INSERT INTO changes VALUES (1, 'company', 1)", "change_kind"),
    ])
    func schemaRefusesWhatTheRulesRefuse(_ statement: String, _ reason: String) async throws {
        try await refused(statement, because: reason)
    }

    @Test(arguments: [
        key("expires_at = created_at + (367 * 24 + 2) * 3600000"), key("name = printf('%.100c', 'x')"),
        key("last4 = 'Zz09'"),
    ])
    func schemaAcceptsWhatTheRulesAccept(_ statement: String) async throws {
        try await withDatabase { database in
            try database.open().close()
            try await database.raw { db in
                try db.execute(sql: Fixture.rows)
                try db.execute(sql: statement)
            }
        }
    }

    @Test func errorsHoldNoValues() async throws {
        try await withDatabase { database in
            let store = try database.open()
            try await store.pool.write { try $0.execute(sql: Fixture.rows) }
            let company = Company(
                id: .random(), name: String(repeating: "hunter2", count: 100), createdAt: Timestamp(milliseconds: 0))
            let error = await #expect(throws: StoreError.self) {
                try await store.write { transaction throws(StoreError) in try transaction.insert(company) }
            }
            #expect(error == .unavailable("SQLite 275: CHECK constraint failed: company_name_length"))
        }
    }

    /// Without the indices, a page and its count would read every key of every user, and every topic with its text.
    @Test func listsAreReadFromTheirIndices() async throws {
        try await withDatabase { database in
            let store = try database.open()
            let plans = try await store.pool.read { db in
                try [
                    "SELECT count(*) FROM keys WHERE user_id = 1 AND deleted_at IS NULL AND expires_at > 1",
                    "SELECT id FROM keys WHERE user_id = 1 AND deleted_at IS NULL ORDER BY created_at DESC, id DESC",
                    "SELECT id FROM keys WHERE user_id = 1 AND deleted_at IS NULL ORDER BY last4, id",
                    "SELECT id FROM keys WHERE user_id = 1 AND name_folded = 'a' AND deleted_at IS NULL",
                    "DELETE FROM sessions WHERE seen_at <= 1",
                    "DELETE FROM sessions WHERE created_at <= 1",
                    "SELECT count(*) FROM topics WHERE (hidden_at IS NULL OR author_id = 1) AND closed_at IS NULL",
                    "SELECT id FROM topics WHERE (hidden_at IS NULL OR author_id = 1) ORDER BY last_at DESC, id DESC",
                    "SELECT id FROM topics WHERE company_id = 1 ORDER BY last_at DESC, id DESC",
                ].map { sql in
                    try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql).map { $0["detail"] as String }.joined()
                }
            }
            #expect(plans[0].contains("COVERING INDEX keys_of_user"))
            #expect(plans[1].contains("COVERING INDEX keys_of_user") && !plans[1].contains("TEMP B-TREE"))
            #expect(plans[2].contains("COVERING INDEX keys_of_user"))
            #expect(plans[3].contains("INDEX keys_by_name"))
            #expect(plans[4].contains("INDEX sessions_by_sight"))
            #expect(plans[5].contains("INDEX sessions_by_creation"))
            #expect(plans[6].contains("COVERING INDEX topics_"))
            #expect(plans[7].contains("COVERING INDEX topics_by_activity") && !plans[7].contains("TEMP B-TREE"))
            #expect(plans[8].contains("COVERING INDEX topics_of_company") && !plans[8].contains("TEMP B-TREE"))
        }
    }

    private static func topic(
        _ title: String, _ body: String, lastBy: String = "3", hiddenBy: String = "NULL"
    ) -> String {
        """
        INSERT INTO topics (id, company_id, author_id, title, title_folded, created_at, replies, last_at, last_by,
            hidden_by, body)
        VALUES (9, 1, 3, \(title), '', 0, 0, 0, \(lastBy), \(hiddenBy), \(body))
        """
    }

    private static func key(_ assignment: String) -> String {
        "UPDATE keys SET \(assignment) WHERE id = 4"
    }

    private func refused(_ statement: String, because reason: String) async throws {
        try await withDatabase { database in
            try database.open().close()
            try await database.raw { try $0.execute(sql: Fixture.rows) }
            let before = try await database.raw(Fixture.contents)
            let error = await #expect(throws: DatabaseError.self) {
                try await database.raw { try $0.execute(sql: statement) }
            }
            #expect(error?.message?.contains(reason) == true, "\(error?.message ?? "")")
            #expect(try await database.raw(Fixture.contents) == before)
        }
    }
}
