import KeyCore
import Testing

@testable import PostgresStore

/// The rules hold for whoever writes to the database, with whatever tool.
struct SchemaTests {
    @Test(arguments: [
        "UPDATE audit_events SET actor_id = 1", "DELETE FROM audit_events", "TRUNCATE audit_events",
        """
        INSERT INTO audit_events (id, company_id, at, address, action, target)
        OVERRIDING SYSTEM VALUE SELECT id, company_id, at, address, action, target FROM audit_events
        ON CONFLICT (id) DO UPDATE SET at = 0
        """,
    ])
    func auditLogCannotBeRewritten(_ statement: String) async throws {
        try await refused(statement, because: "append-only")
    }

    @Test(arguments: [
        // Keys
        (key("name = ''"), "key_name_length"),
        (key("name = repeat('ж', 101)"), "key_name_length"),
        (key("digest = '\\x00'"), "key_digest_length"),
        (key("last4 = 'abc'"), "last4_length"),
        (key("last4 = 'abcde'"), "last4_length"),
        (key("expires_at = created_at"), "key_expires_after_creation"),
        (key("expires_at = created_at + (367 * 24 + 2) * 3600000::bigint + 1"), "key_lives_at_most_a_year"),
        (key("expires_on = '2026-1-15'"), "expires_on_is_a_date"),
        (key("created_at = NULL"), "not-null"),
        (key("user_id = 999"), "foreign key"),
        // People
        ("UPDATE users SET role_id = 999", "foreign key"),
        ("UPDATE users SET name = ''", "user_name_length"),
        ("UPDATE users SET email = 'ab'", "email_length"),
        ("UPDATE users SET password_hash = 'correct horse battery'", "password_is_hashed"),
        ("DELETE FROM users", "foreign key"),
        ("DELETE FROM roles", "foreign key"),
        ("DELETE FROM companies", "foreign key"),
        (
            "INSERT INTO sessions (digest, user_id, created_at, seen_at) VALUES ('\\x00', 3, 0, 0)",
            "session_digest_length"
        ),
        // Invitations
        ("UPDATE invitations SET role_id = NULL", "open_invitation_has_a_role"),
        ("UPDATE invitations SET expires_at = created_at", "invitation_expires_later"),
        ("UPDATE invitations SET digest = '\\x00'", "invitation_digest_length"),
        // Following
        ("INSERT INTO revision (only_row, number) VALUES (2, 0)", "one_revision"),
        ("INSERT INTO changes (revision, kind, subject) VALUES (1, 'company', 1)", "change_kind"),
    ])
    func schemaRefusesWhatTheRulesRefuse(_ statement: String, _ reason: String) async throws {
        try await refused(statement, because: reason)
    }

    @Test(arguments: [
        key("expires_at = created_at + (367 * 24 + 2) * 3600000::bigint"), key("name = repeat('ж', 100)"),
        key("last4 = 'Zz09'"),
    ])
    func schemaAcceptsWhatTheRulesAccept(_ statement: String) async throws {
        try await withDatabase { database in
            _ = try database.filled().run(SQL(stringLiteral: statement))
        }
    }

    @Test func errorsHoldNoValues() async throws {
        try await withDatabase { database in
            let store = try database.open()
            let company = Company(
                id: .random(), name: String(repeating: "hunter2", count: 100), createdAt: Timestamp(milliseconds: 0))
            let error = await #expect(throws: StoreError.self) {
                try await store.write { transaction throws(StoreError) in try transaction.insert(company) }
            }
            let said = #"new row for relation "companies" violates check constraint "company_name_length""#
            #expect(error == .unavailable("PostgreSQL 23514: " + said))
        }
    }

    /// As SQLite sorts, by code points: whatever order the database's locale has, a list comes out the same.
    @Test func textsAreSortedByTheirCodePoints() async throws {
        try await withDatabase { database in
            try database.open().close()
            let others = try database.raw(
                """
                SELECT table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema = 'public' AND table_name <> 'latchkey_schema' AND data_type = 'text'
                    AND column_name <> 'password_hash' AND collation_name IS DISTINCT FROM 'C'
                """
            ).map { $0[0] as String? }
            #expect(others.isEmpty)
        }
    }

    /// Letter case is ICU's in PostgreSQL and Swift's in KeyCore. They differ in nothing but the newest letters, which
    /// an older ICU does not know to have two cases.
    @Test func textsAreFoldedAsKeyCoreFoldsThem() async throws {
        try await withDatabase { database in
            let texts = (UInt32(0x21)...0x1_FFFF).compactMap(Unicode.Scalar.init).filter(isLetterOrMark).map {
                String(Character($0)).precomposedStringWithCanonicalMapping
            }
            let folded: [String] = try database.raw(
                """
                SELECT \(SQL.folded("letter")) AS folded
                FROM unnest(\(texts)) WITH ORDINALITY AS letters (letter, place) ORDER BY place
                """
            ).map { $0["folded"] }
            #expect(folded.count == texts.count)
            let different = zip(texts, folded).filter { PersonQuery.folded($0) != $1 }
            #expect(different.allSatisfy { $0 == $1 }, "a letter that ICU does not know stays as it is")
            #expect(different.count < 200)
        }
    }

    private func isLetterOrMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isCased || scalar.properties.changesWhenNFKCCaseFolded || scalar.properties.isCaseIgnorable
    }

    private static func key(_ assignment: String) -> String {
        "UPDATE keys SET \(assignment) WHERE id = 4"
    }

    private func refused(_ statement: String, because reason: String) async throws {
        try await withDatabase { database in
            let connection = try database.filled()
            let error = #expect(throws: Failure.self) { try connection.run(SQL(stringLiteral: statement)) }
            #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        }
    }
}
