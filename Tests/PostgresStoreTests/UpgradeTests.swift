import KeyCore
import Testing

@testable import PostgresStore

/// One for each schema that was ever released: its databases open, and hold what they held.
struct UpgradeTests {
    @Test func databaseOfVersion1IsReadInFull() async throws {
        try await withDatabase { database in
            try database.makeVersion1()
            let store = try database.open()
            #expect(try store.schemaVersion() == PostgresStore.latestSchemaVersion)
            try await expectRows(in: store)
            try await expectDiscussions(in: store)
            try await expectUses(in: store)
            store.close()
        }
    }

    @Test func databaseOfVersion1IsLeftAsItIsUnlessItMayBeChanged() async throws {
        try await withDatabase { database in
            try database.makeVersion1()
            let latest = PostgresStore.latestSchemaVersion
            #expect(throws: OpenError.olderSchema(found: 1, supported: latest)) { try database.open(mode: .existing) }
            let tables = try database.number("SELECT count(*) FROM pg_class WHERE relname = 'key_use_days'")
            #expect(tables == 0)
        }
    }

    @Test func schemaOfVersion1IsWhatItWas() {
        #expect(Schema.v1 == SchemaV1Text.sql, "A released step is never edited; add the next one.")
    }

    @Test func schemaOfVersion2IsWhatItWas() {
        #expect(Schema.v2 == SchemaV2Text.sql, "A released step is never edited; add the next one.")
    }

    @Test func schemaOfVersion3IsWhatItWas() {
        #expect(Schema.v3 == SchemaV3Text.sql, "A released step is never edited; add the next one.")
    }

    /// People who were there before the discussions take part in them.
    private func expectDiscussions(in store: PostgresStore) async throws {
        let now = Timestamp(milliseconds: 1_768_478_500_000)
        let topic = Topic(
            id: .random(), company: ID(rawValue: 1), author: Fixture.owner, authorName: "", title: "Как?", body: "Так.",
            createdAt: now)
        let (found, news) = try await store.write { transaction throws(StoreError) in
            try transaction.insert(topic)
            try transaction.follow(topic.id, by: Fixture.owner, seen: now)
            let reader = Discussions.Reader(person: Fixture.owner)
            return (try transaction.topics(TopicQuery(text: "как")), try transaction.news(for: reader, limit: 10))
        }
        #expect(found.topics.map(\.id) == [topic.id] && found.topics.first?.authorName.isEmpty == false)
        #expect(news.isEmpty)
    }

    private func expectRows(in store: PostgresStore) async throws {
        let digest = try #require(Digest(bytes: [UInt8](repeating: 0x1e, count: 32)))
        let (key, account, session) = try await store.read { transaction throws(StoreError) in
            (
                try transaction.key(Fixture.key), try transaction.account(Fixture.owner),
                try transaction.session(digest)
            )
        }
        #expect(key?.name.text == "Café")
        #expect(key?.expiry.day == Day("2026-07-01"))
        #expect(key?.lastUsedAt == Timestamp(milliseconds: 1_768_478_402_000))
        #expect(key?.firstUse == nil, "nobody noted it then")
        #expect(account?.company.name == "Аналитические машины")
        #expect(session?.user == Fixture.owner)
        let (events, changes) = try await store.read { transaction throws(StoreError) in
            (
                try transaction.auditEntries(AuditQuery(company: ID(rawValue: 1))),
                try transaction.changes(after: Revision(number: 6), limit: 10)
            )
        }
        #expect(events.map(\.event.action) == [.keyCreated])
        guard case .since([.key(Fixture.key)], upTo: Revision(number: 7)) = changes else {
            Issue.record("the change log was not read")
            return
        }
    }

    /// A key that was used before stays without a first use: what comes next is not it.
    private func expectUses(in store: PostgresStore) async throws {
        let later = Timestamp(milliseconds: 1_768_478_500_000)
        try await store.write { transaction throws(StoreError) in
            try transaction.recordUses([Fixture.key: KeyUse(last: later, address: "192.0.2.9")])
        }
        let (key, uses) = try await store.read { transaction throws(StoreError) in
            (try transaction.key(Fixture.key), try transaction.dailyUses(of: [Fixture.key], at: later))
        }
        #expect(key?.lastUsedAt == later)
        #expect(key?.firstUse == nil)
        #expect(uses[Fixture.key]?.total == 1)
    }
}

extension Fixture {
    fileprivate static let key = ID<Key>(rawValue: 4)
    fileprivate static let owner = ID<User>(rawValue: 3)
}

extension TestDatabase {
    /// Makes a database as version 1 of the schema has written it.
    fileprivate func makeVersion1() throws {
        let connection = try connect()
        try connection.run(
            script: """
                CREATE TABLE latchkey_schema (
                    only_row bigint PRIMARY KEY CONSTRAINT one_version CHECK (only_row = 1),
                    version bigint NOT NULL
                );
                INSERT INTO latchkey_schema VALUES (1, 1);
                """)
        try connection.run(script: SchemaV1Text.sql)
        for statement in Fixture.rows { _ = try connection.run(statement) }
        _ = try connection.run("INSERT INTO changes (revision, kind, subject) VALUES (6, 'user', 3)")
    }
}
