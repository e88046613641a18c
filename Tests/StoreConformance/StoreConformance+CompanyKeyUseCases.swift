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
        },

        // A first answer may be lost, and "not found" is then read as "deleted".
        Guarantee(settling: "whoeverDeletesAKeyAgainIsToldOnlyOnceEveryNodeKnows") { registry, store, settled in
            let ada = try await registry.register(.ada, on: .noon)
            let key = try await registry.createKey(KeyForm(name: "Lobby"), by: ada.caller).key.id
            _ = try await registry.deleteKeys(.some([key]), by: ada.caller)
            for again in [Registry.deleteOwnKey, Registry.deleteKeyOfTheCompany] {
                let deleted = try await store.revision()
                let error = await #expect(throws: Refusal.self) { try await again(registry)(key, ada.caller) }
                #expect(error == .notFound)
                #expect(try await store.revision().number == deleted.number + 1)
                #expect(settled.last == (try await store.revision()))
            }
        },

        Guarantee(settling: "nobodyWaitsForKeysThatAreNotTheirs") { registry, store, settled in
            let ada = try await registry.register(.ada, on: .noon)
            let grace = try await registry.register(.ada(email: "grace@compiler.example"), on: .noon)
            let foreign = try await registry.createKey(KeyForm(name: "Foreign"), by: grace.caller).key.id
            _ = try await registry.deleteKeys(.some([foreign]), by: grace.caller)
            let before = try await store.revision()
            for delete in [Registry.deleteOwnKey, Registry.deleteKeyOfTheCompany] {
                for stranger in [foreign, .random()] {
                    let error = await #expect(throws: Refusal.self) {
                        try await delete(registry)(stranger, ada.caller)
                    }
                    #expect(error == .notFound)
                }
            }
            #expect(try await store.revision() == before)
        },
    ]
}

extension Registry {
    fileprivate func deleteOwnKey(_ key: ID<Key>, by caller: Caller) async throws {
        _ = try await deleteKeys(.some([key]), by: caller)
    }

    fileprivate func deleteKeyOfTheCompany(_ key: ID<Key>, by caller: Caller) async throws {
        _ = try await deleteCompanyKey(key, by: caller)
    }
}
