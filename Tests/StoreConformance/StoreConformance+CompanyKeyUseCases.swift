import KeyCore
import Testing

/// Deleting keys of a whole company.
extension StoreConformance {
    static let companyKeyUseCases: [Guarantee] = [
        Guarantee(useCase: "severalKeysOfACompanyAreDeletedTogetherAndNobodyElses") { registry, store in
            let ada = try await registry.register(.ada, on: .noon)
            let grace = try await registry.register(.ada(email: "grace@compiler.example"), on: .noon)
            var keys: [ID<Key>] = []
            for number in 1...3 {
                keys.append(try await registry.createKey(KeyForm(name: "Key \(number)"), by: ada.caller).key.id)
            }
            let foreign = try await registry.createKey(KeyForm(name: "Foreign"), by: grace.caller).key.id
            let before = try await store.revision()
            let deletion = try await registry.deleteCompanyKeys([keys[0], foreign, keys[2], keys[0]], by: ada.caller)
            #expect(deletion.deleted == 2)
            #expect(try await store.state(keys[1]) == .confirmed)
            #expect(try await store.state(foreign) == .confirmed)
            #expect(try await store.revision().number == before.number + 1)
            #expect(try await store.actions(ada).prefix(3) == [.keyDeleted, .keyDeleted, .keyCreated])
            let gone = [keys[0], foreign]
            let error = await #expect(throws: Refusal.self) {
                try await registry.deleteCompanyKeys(gone, by: ada.caller)
            }
            #expect(error == .notFound)
        }
    ]
}
