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

    @Test(arguments: StoreConformance.sharing)
    func sqliteStoresOnOneFileKeep(_ guarantee: SharedGuarantee) async throws {
        try await withDatabase { database in
            try await guarantee.check(try database.open(), try database.open(mode: .existing))
        }
    }
}
