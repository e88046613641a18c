import KeyCore
import Testing

extension StoreConformance {
    static let refusals: [Guarantee] = [
        Guarantee("refusalIsReadAsItWasWritten") { store in
            let household = try await store.settled()
            let key = household.key("Lobby")
            try await store.insert(key)
            let refusal = KeyRefusal(
                key: key.id, at: Household.noon, attempt: Attempt(address: "::1", method: "GET", path: "/экраны"),
                code: "missing_permission", permission: "devices:read")
            try await store.record([refusal])
            #expect(try await store.refusals(of: key) == [refusal])
        },
        Guarantee("lastRefusalsOfAKeyAreKeptAndNoMore") { store in
            let household = try await store.settled()
            let (key, other) = (household.key("Lobby"), household.key("Hall"))
            try await store.insert([key, other])
            try await store.record([household.refusal(of: other, number: 0)])
            for round in 0..<3 {
                try await store.record((0..<15).map { household.refusal(of: key, number: round * 15 + $0) })
            }
            let kept = try await store.refusals(of: key)
            #expect(kept.map(\.attempt.path) == (25..<45).reversed().map { "/\($0)" })
            #expect(try await store.refusals(of: other).count == 1)
            let counts = try await store.refusedKeys(of: household).map(\.refusals)
            #expect(counts == [KeyRefusal.kept, 1], "the others are gone, not only left out")
        },
        Guarantee("refusalOfNoKeyIsPassedOver") { store in
            let household = try await store.settled()
            let (key, nobodys) = (household.key("Lobby"), household.key("Never stored"))
            try await store.insert(key)
            try await store.record([household.refusal(of: nobodys, number: 1), household.refusal(of: key, number: 2)])
            #expect(try await store.refusals(of: key).count == 1)
        },
        Guarantee("refusedKeysOfAnOwnerComeLastRefusedFirst") { store in
            let household = try await store.settled()
            let colleague = household.colleague("Grace", email: "grace@engine.example")
            try await store.insert(colleague)
            let (early, late, quiet) = (household.key("Early"), household.key("Late"), household.key("Quiet"))
            let foreign = household.key("Foreign", owner: colleague.id)
            try await store.insert([early, late, quiet, foreign])
            try await store.record([
                household.refusal(of: early, number: 1), household.refusal(of: early, number: 2),
                household.refusal(of: late, number: 3), household.refusal(of: foreign, number: 4),
            ])
            _ = try await store.delete([late.id], of: household.user.id, at: Household.noon)
            let refused = try await store.refusedKeys(of: household)
            #expect(refused.map(\.key.id) == [late.id, early.id])
            #expect(refused.map(\.refusals) == [1, 2])
            let counts = try await store.read { transaction throws(StoreError) in
                try transaction.refusalCounts(of: [quiet.id, early.id, foreign.id])
            }
            #expect(counts == [early.id: 2, foreign.id: 1])
        },
    ]
}

extension Household {
    fileprivate func refusal(of key: Key, number: Int) -> KeyRefusal {
        KeyRefusal(
            key: key.id, at: Household.noon.advanced(by: .seconds(number)),
            attempt: Attempt(address: "127.0.0.1", method: "GET", path: "/\(number)"), code: "deleted",
            permission: nil)
    }
}

extension Store {
    fileprivate func refusals(of key: Key) async throws -> [KeyRefusal] {
        try await read { transaction throws(StoreError) in try transaction.refusals(of: key.id) }
    }

    fileprivate func refusedKeys(of household: Household) async throws -> [RefusedKey] {
        try await read { transaction throws(StoreError) in try transaction.refusedKeys(of: household.user.id) }
    }

    fileprivate func record(_ refusals: [KeyRefusal]) async throws {
        try await write { transaction throws(StoreError) in try transaction.record(refusals) }
    }
}
