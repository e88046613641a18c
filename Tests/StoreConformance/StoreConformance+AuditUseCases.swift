import KeyCore
import Testing

/// Turning the pages of the log, and who may.
extension StoreConformance {
    static let auditUseCases: [Guarantee] = [
        Guarantee(useCase: "pagesAreTurnedBothWaysWithoutLoss") { registry, _ in
            let ada = try await registry.register(.ada, on: .noon)
            for number in 1...6 { _ = try await registry.createKey(KeyForm(name: "Key \(number)"), by: ada.caller) }
            var query = AuditQuery(company: ada.account.company.id, limit: 3)
            let first = try await registry.auditPage(query, by: ada.caller).page
            #expect(first.entries.map(\.event.after) == ["Key 6", "Key 5", "Key 4"])
            #expect(first.newer == nil)

            query.before = first.older
            let second = try await registry.auditPage(query, by: ada.caller).page
            #expect(second.entries.map(\.event.after) == ["Key 3", "Key 2", "Key 1"])
            query.before = second.older
            let third = try await registry.auditPage(query, by: ada.caller).page
            #expect(third.entries.map(\.event.action) == [.accountRegistered])
            #expect(third.older == nil)

            query.before = nil
            query.after = third.newer
            let back = try await registry.auditPage(query, by: ada.caller).page
            #expect(back.entries == second.entries && back.older == second.older && back.newer == second.newer)
            query.after = back.newer
            let newest = try await registry.auditPage(query, by: ada.caller).page
            #expect(newest.entries == first.entries && newest.newer == nil && newest.older == first.older)
        },
        Guarantee(useCase: "namesAreThoseOfWhatIsGoneToo") { registry, _ in
            let ada = try await registry.register(.ada, on: .noon)
            let key = try await registry.createKey(KeyForm(name: "Lobby"), by: ada.caller).key.id
            _ = try await registry.deleteKeys(.all, by: ada.caller)
            let query = AuditQuery(company: ada.account.company.id)
            let names = try await registry.namedAuditLog(query, by: ada.caller).names
            #expect(names[key.description] == "Lobby")
            #expect(names[ada.account.user.id.description] == "Ada Lovelace")
            #expect(names["key_0000000000000"] == nil)
        },
        Guarantee(useCase: "exportIsWrittenDownAndHoldsWhatStandsBeforeIt") { registry, store in
            let ada = try await registry.register(.ada, on: .noon)
            let number = try await registry.beginAuditExport("csv", by: ada.caller)
            #expect(try await store.actions(ada) == [.auditExported, .accountRegistered])
            let query = AuditQuery(company: ada.account.company.id, before: number)
            #expect(try await registry.auditLog(query, by: ada.caller).map(\.event.action) == [.accountRegistered])
        },
    ]
}
