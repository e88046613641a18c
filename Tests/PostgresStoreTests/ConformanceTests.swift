import KeyCore
import PostgresStore
import StoreConformance
import Testing

/// One after the other: a hundred databases at once would measure the patience of the pools rather than what they keep.
@Suite(.serialized)
struct ConformanceTests {
    @Test(arguments: StoreConformance.guarantees)
    func postgresStoreKeeps(_ guarantee: Guarantee) async throws {
        try await withDatabase { database in
            try await guarantee.check(try database.open())
        }
    }

    @Test(arguments: StoreConformance.sharing)
    func postgresStoresOnOneDatabaseKeep(_ guarantee: SharedGuarantee) async throws {
        try await withDatabase { database in
            try await guarantee.check(try database.open(), try database.open())
        }
    }
}
