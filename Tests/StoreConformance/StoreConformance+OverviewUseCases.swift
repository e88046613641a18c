import KeyCore
import Testing

/// What the first page of the account says of a person's keys.
extension StoreConformance {
    static let overviewUseCases: [Guarantee] = [
        Guarantee(useCase: "overviewNamesTheKeysThatNeedAttention") { registry, store in
            let ada = try await registry.register(.ada, on: .noon)
            let keys = Corner(ada.account.user.id)
            let (fresh, idle) = (keys.key("Fresh", age: 13), keys.key("Idle", age: 14))
            let (busy, soon) = (keys.key("Busy", age: 90), keys.key("Soon", age: 1, days: 20))
            let (lost, over) = (keys.key("Lost", confirmed: false), keys.key("Over", age: 40, days: 39))
            try await store.insert([fresh, idle, busy, soon, lost, over])
            try await store.recordUses([busy.id: KeyUse(count: 7, last: Household.noon)])
            let overview = try await registry.keyOverview(by: ada.caller)
            #expect(overview.expiring.map(\.id) == [soon.id])
            #expect(overview.unused.map(\.id) == [idle.id])
            #expect(overview.notCopied.map(\.id) == [lost.id])
            #expect(overview.refused.isEmpty)
            #expect(overview.uses.total == 7)
            #expect(overview.counts.total == 6 && overview.counts.active == 4)
            #expect(overview.newest.count == KeyOverview.newestShown)
        },
        Guarantee(useCase: "overviewTellsTheLastRefusalsOfTheWeek") { registry, store in
            let ada = try await registry.register(.ada, on: .noon)
            let keys = Corner(ada.account.user.id)
            let all = (0..<5).map { keys.key("Key \($0)", age: 1) }
            try await store.insert(all)
            let ages: [Duration] = [.minutes(1), .days(8), .minutes(3), .days(9), .days(10)]
            for (key, age) in zip(all, ages).reversed() {
                try await store.refuse(key, at: Household.noon.advanced(by: .zero - age - .seconds(1)))
                try await store.refuse(key, at: Household.noon.advanced(by: .zero - age))
            }
            _ = try await store.delete([all[0].id], of: ada.account.user.id, at: Household.noon)
            let refused = try await registry.keyOverview(by: ada.caller).refused
            #expect(refused.map(\.key.id) == [all[0].id, all[2].id], "deleted ones are tried too")
            #expect(refused.first?.last.at == Household.noon.advanced(by: .minutes(-1)))
            let quiet = try await registry.register(.ada(email: "grace@compiler.example"), on: .noon)
            #expect(try await registry.keyOverview(by: quiet.caller).refused.isEmpty)
        },
    ]
}

/// Where a person's keys are made.
private struct Corner {
    let owner: ID<User>

    init(_ owner: ID<User>) {
        self.owner = owner
    }

    /// - Parameters:
    ///   - age: in days.
    ///   - days: how long it lives.
    func key(_ name: String, age: Int = 0, days: Int = 300, confirmed: Bool = true) -> Key {
        Household().key(
            name, createdAt: Household.noon.advanced(by: .days(-age)), days: days, confirmed: confirmed, owner: owner)
    }
}

extension Store {
    fileprivate func refuse(_ key: Key, at moment: Timestamp) async throws {
        let refusal = KeyRefusal(
            key: key.id, at: moment, attempt: Attempt(address: "192.0.2.1", method: "GET", path: "/"),
            code: "missing_permission", permission: "devices:read")
        try await write { transaction throws(StoreError) in try transaction.record([refusal]) }
    }
}
