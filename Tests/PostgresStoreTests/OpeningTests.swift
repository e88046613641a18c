import KeyCore
import Testing

@testable import PostgresStore

struct OpeningTests {
    @Test func emptyDatabaseGetsTheSchema() async throws {
        try await withDatabase { database in
            let store = try database.open()
            #expect(try store.schemaVersion() == PostgresStore.latestSchemaVersion)
            let revision = try await store.read { transaction throws(StoreError) in try transaction.revision() }
            #expect(revision == .zero)
            store.close()
        }
    }
}
