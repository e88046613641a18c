import KeyCore
import Testing

/// How often keys were used, by day, and when first.
extension StoreConformance {
    static let dailyUses: [Guarantee] = [
        Guarantee("usesOfADayAddUp") { store in
            let household = try await store.settled()
            let (key, other) = (household.key("Lobby"), household.key("Idle"))
            try await store.insert([key, other])
            let yesterday = Household.noon.advanced(by: .zero - .days(1))
            for (count, moment) in [(2, yesterday), (3, Household.noon), (1, yesterday), (1, Household.noon)] {
                try await store.recordUses([key.id: KeyUse(count: count, last: moment)])
            }
            let uses = try await store.dailyUses(of: [key.id, other.id, .random()])
            #expect(uses.keys.map(\.self) == [key.id])
            #expect(uses[key.id]?.byDay.suffix(2).map(\.count) == [3, 4])
            #expect(uses[key.id]?.total == 7)
            #expect(uses[key.id]?.byDay.last?.day == Timestamp(dayNumber: Household.noon.dayNumber))
        },
        Guarantee("usesOfAllKeysOfAnOwnerAreCountedTogether") { store in
            let household = try await store.settled()
            let stranger = try await store.settled(Household(email: "grace@compiler.example"))
            let (key, gone, foreign) = (household.key("Lobby"), household.key("Gone"), stranger.key("Lobby"))
            try await store.insert([key, gone, foreign])
            try await store.recordUses([
                key.id: KeyUse(count: 2, last: Household.noon), gone.id: KeyUse(count: 3, last: Household.noon),
                foreign.id: KeyUse(count: 100, last: Household.noon),
            ])
            _ = try await store.delete([gone.id], of: household.user.id, at: Household.noon)
            let uses = try await store.read { transaction throws(StoreError) in
                try transaction.dailyUses(ofAllKeysOf: household.user.id, at: Household.noon)
            }
            #expect(uses.total == 5, "those of deleted keys are no less true")
            #expect(uses.byDay.last?.count == 5)
        },
        Guarantee("daysThatNoChartShowsAreNotKept") { store in
            let household = try await store.settled()
            let key = household.key("Lobby")
            try await store.insert(key)
            let first = Household.noon.advanced(by: .zero - .days(30))
            for days in 0...30 {
                try await store.recordUses([key.id: KeyUse(last: first.advanced(by: .days(days)))])
            }
            #expect(try await store.dailyUses(of: [key.id], at: first)[key.id]?.total == nil, "30 days ago")
            let kept = try await store.dailyUses(of: [key.id])[key.id]
            #expect(kept?.byDay.map(\.count) == [Int](repeating: 1, count: DailyUses.days))
        },
        Guarantee("theFirstUseIsKept") { store in
            let household = try await store.settled()
            let (key, idle) = (household.key("Lobby"), household.key("Idle"))
            try await store.insert([key, idle])
            let later = Household.noon.advanced(by: .minutes(1))
            try await store.recordUses([key.id: KeyUse(last: Household.noon, address: "192.0.2.1")])
            try await store.recordUses([key.id: KeyUse(last: later, address: "192.0.2.2")])
            #expect(try await store.key(key.id)?.firstUse == FirstUse(at: Household.noon, address: "192.0.2.1"))
            #expect(try await store.key(key.id)?.lastUsedAt == later)
            #expect(try await store.key(idle.id)?.firstUse == nil)
        },
        Guarantee("firstUsesOfSeveralKeysAreReadTogether") { store in
            let household = try await store.settled()
            let stranger = try await store.settled(Household(email: "grace@compiler.example"))
            let (key, silent, idle) = (household.key("Lobby"), household.key("Hall"), household.key("Idle"))
            let (foreign, unasked) = (stranger.key("Lobby"), household.key("Roof"))
            try await store.insert([key, silent, idle, foreign, unasked])
            let later = Household.noon.advanced(by: .minutes(1))
            try await store.recordUses([
                key.id: KeyUse(last: Household.noon, address: "192.0.2.1"), silent.id: KeyUse(last: later),
                foreign.id: KeyUse(last: later, address: "2001:db8::7"), unasked.id: KeyUse(last: later),
            ])
            try await store.recordUses([key.id: KeyUse(last: later, address: "192.0.2.2")])
            let uses = try await store.read { transaction throws(StoreError) in
                try transaction.firstUses(of: [key.id, silent.id, idle.id, foreign.id, .random()])
            }
            let expected = [
                key.id: FirstUse(at: Household.noon, address: "192.0.2.1"),
                silent.id: FirstUse(at: later, address: nil),
                foreign.id: FirstUse(at: later, address: "2001:db8::7"),
            ]
            #expect(uses == expected)
            let none = try await store.read { transaction throws(StoreError) in try transaction.firstUses(of: []) }
            #expect(none.isEmpty)
        },
    ]
}

extension Store {
    fileprivate func dailyUses(
        of keys: [ID<Key>], at now: Timestamp = Household.noon
    ) async throws -> [ID<Key>: DailyUses] {
        try await read { transaction throws(StoreError) in try transaction.dailyUses(of: keys, at: now) }
    }
}
