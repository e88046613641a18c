import KeyCore
import Testing

extension StoreConformance {
    static let keyConditions: [Guarantee] = [
        Guarantee("whatExpiresSoonWorksNowAndEndsByThatMoment") { store in
            let household = try await store.settled()
            let keys = [
                household.key("soon", days: 30), household.key("a day later", days: 31),
                household.key("not copied", days: 30, confirmed: false), household.key("deleted", days: 30),
                household.key("over now", createdAt: Household.noon.advanced(by: .zero - .days(30)), days: 30),
            ]
            try await store.insert(keys)
            _ = try await store.delete([keys[3].id], of: household.user.id, at: Household.noon)
            var query = household.query()
            query.condition = .expiring(by: Household.noon.advanced(by: .days(30)))
            #expect(try await store.keys(query).keys.map(\.name.text) == ["soon"])
            query.status = .deleted
            #expect(try await store.keys(query).total == 0)
            query.status = .active
            #expect(try await store.keys(query).total == 1)
        },
        Guarantee("keysThatWereNeverUsedAreFound") { store in
            let household = try await store.settled()
            let keys = ["used", "never", "never, too"].map { household.key($0) }
            try await store.insert(keys)
            try await store.recordUses([keys[0].id: Household.noon])
            var query = household.query()
            query.condition = .neverUsed
            query.order = .name
            query.descending = false
            query.limit = 1
            let first = try await store.keys(query)
            #expect(first.total == 2 && first.keys.map(\.id) == [keys[1].id])
            query.start = .after(try #require(first.next))
            #expect(try await store.keys(query).keys.map(\.id) == [keys[2].id])
        },
    ]
}
