import KeyCore
import SQLiteStore
import StoreConformance
import Testing

struct ConformanceTests {
    @Test(arguments: StoreConformance.guarantees)
    func sqliteStoreKeeps(_ guarantee: Guarantee) async throws {
        try await withDatabase { database in
            try await guarantee.check(try database.open())
        }
    }
}
