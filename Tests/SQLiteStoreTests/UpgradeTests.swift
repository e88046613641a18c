import KeyCore
import Testing

@testable import SQLiteStore

/// One for each schema that was ever released: its files open, and hold what they held.
struct UpgradeTests {
    @Test func databaseOfVersion1IsReadInFull() async throws {
        try await withDatabase { database in
            try await database.makeVersion1()
            let store = try database.open()
            #expect(try store.schemaVersion() == SQLiteStore.latestSchemaVersion)
            #expect(try SQLiteFile(path: database.path).integrityCheck().isEmpty)
            try await expectRows(in: store)
            try await expectDiscussions(in: store)
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

    @Test func schemaOfVersion4IsWhatItWas() {
        #expect(Schema.v4 == SchemaV4Text.sql, "A released step is never edited; add the next one.")
    }

    /// People who were there before the discussions take part in them.
    private func expectDiscussions(in store: SQLiteStore) async throws {
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

    private func expectRows(in store: SQLiteStore) async throws {
        let (key, account, events, changes) = try await store.read { transaction throws(StoreError) in
            (
                try transaction.key(Fixture.key), try transaction.account(Fixture.owner),
                try transaction.auditEntries(AuditQuery(company: ID(rawValue: 1))),
                try transaction.changes(after: Revision(number: 6), limit: 10)
            )
        }
        let devicesRead = Platform.smartPlayer.permission("devices:read")
        #expect(key?.name.text == "Café")
        #expect(key?.expiry.day == Day("2026-07-01"))
        #expect(key?.lastUsedAt == Timestamp(milliseconds: 1_768_478_402_000))
        #expect(key?.subset == devicesRead.map { PermissionSet([$0]) })
        #expect(account?.company.name == "Аналитические машины")
        #expect(account?.permissions == Platform.smartPlayer.allPermissions)
        #expect(account?.user.language == .russian)
        #expect(events.map(\.event.action) == [.keyCreated])
        guard case .since([.key(Fixture.key)], upTo: Revision(number: 7)) = changes else {
            Issue.record("the change log was not read")
            return
        }
    }
}
