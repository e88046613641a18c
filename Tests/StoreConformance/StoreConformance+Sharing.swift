import KeyCore
import Testing

/// What two processes on one database promise each other. Each is judged on two stores of a new database, which share
/// nothing but what is in it.
package struct SharedGuarantee: Sendable, CustomTestStringConvertible {
    package let testDescription: String
    package let check: @Sendable (any Store, any Store) async throws -> Void

    init(_ name: String, check: @escaping @Sendable (any Store, any Store) async throws -> Void) {
        testDescription = name
        self.check = check
    }
}

extension StoreConformance {
    package static let sharing: [SharedGuarantee] = sharedRows + sharedRevisions

    private static let sharedRows: [SharedGuarantee] = [
        SharedGuarantee("nameThatBothTakeAtOnceIsGivenOnce") { first, second in
            let household = try await first.settled()
            let outcomes = try await each(20, of: first, second) { number, store in
                await storeError { try await store.insert(household.key(number % 2 == 0 ? "Lobby" : "LOBBY")) }
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(outcomes.count { $0 == .duplicate(.keyName) } == 19)
            #expect(try await second.keys(household.query()).total == 1)
        },
        SharedGuarantee("keyThatBothDeleteAtOnceIsDeletedByOne") { first, second in
            let household = try await first.settled()
            let keys = (1...20).map { household.key("Key \($0)") }
            try await first.insert(keys)
            let ids = keys.map(\.id)
            let deleted = try await each(10, of: first, second) { number, store in
                let order = number % 2 == 0 ? ids : ids.reversed()
                return try await store.delete(order, of: household.user.id, at: Household.noon)
            }
            #expect(deleted.count == 10 && deleted.count { $0.isEmpty } == 9)
            #expect(Set(deleted.joined()) == Set(ids))
        },
        SharedGuarantee("lastAdministratorStaysWhenAllGoAtOnce") { first, second in
            let household = try await first.settled()
            var users = [household.user]
            for number in 1...9 {
                var user = household.colleague("Boris", email: "boris\(number)@engine.example")
                user.role = household.administrator.id
                try await first.insert(user)
                users.append(user)
            }
            let everybody = users
            let outcomes = try await each(everybody.count, of: first, second) { number, store in
                await storeError { try await store.demote(everybody[number], household) }
            }
            #expect(outcomes.count { $0 == nil } == everybody.count - 1)
            let left = try await second.read { transaction throws(StoreError) in
                try transaction.activeAdministrators(of: household.company.id)
            }
            #expect(left == 1)
        },
        SharedGuarantee("usesThatBothRecordAtOnceAreAllThere") { first, second in
            let household = try await first.settled()
            let keys = (1...100).map { household.key("Key \($0)") }
            try await first.insert(keys)
            // As from nodes that count the same keys: batches that overlap, each in an order of its own.
            let errors = try await each(20, of: first, second) { number, store in
                let moment = Household.noon.advanced(by: .seconds(number))
                let uses = Dictionary(uniqueKeysWithValues: keys.shuffled().prefix(80).map { ($0.id, moment) })
                return await storeError { try await store.recordUses(uses) }
            }
            #expect(errors.allSatisfy { $0 == nil })
            let latest = Household.noon.advanced(by: .seconds(100))
            try await second.recordUses(Dictionary(uniqueKeysWithValues: keys.map { ($0.id, latest) }))
            #expect(try await first.keys(household.query()).keys.allSatisfy { $0.lastUsedAt == latest })
        },
    ]

    private static let sharedRevisions: [SharedGuarantee] = [
        SharedGuarantee("changeByOneIsSeenByTheOtherOnceTheWriteReturns") { first, second in
            for number in 1...50 {
                let (writer, reader) = number % 2 == 0 ? (first, second) : (second, first)
                let (written, seen) = (try await writer.note([.key(.random())]), try await reader.revision())
                #expect(written.number == Int64(number) && seen == written)
            }
        },
        // A transaction that read before it writes must not find out then that another process was quicker.
        SharedGuarantee("whoReadsAndWritesAtOnceLosesNothing") { first, second in
            let steps = try await each(60, of: first, second) { _, store in
                try await store.write { transaction throws(StoreError) in
                    let before = try transaction.revision()
                    return [before.number, try transaction.note([.key(.random())]).number]
                }
            }
            #expect(steps.sorted { $0[0] < $1[0] } == (0..<60).map { [$0, $0 + 1] })
        },
        // A revision that became visible before one below it would be passed over for ever.
        SharedGuarantee("whoFollowsSeesEachChangeOnceWhileBothWrite") { first, second in
            let ids = (0..<200).map { _ in ID<Key>.random() }
            async let errors = each(ids.count, of: first, second) { number, store in
                await storeError { try await store.note([.key(ids[number])]) }
            }
            var (seen, at) = ([Change](), Revision.zero)
            while at.number < ids.count {
                let from = at
                let changes = try await second.read { transaction throws(StoreError) in
                    try transaction.changes(after: from, limit: ids.count)
                }
                guard case .since(let new, let upTo) = changes else {
                    Issue.record("the log is cut off")
                    break
                }
                #expect(new.count == Int(upTo.number - from.number), "each of them is one revision")
                (seen, at) = (seen + new, upTo)
            }
            #expect(try await errors.allSatisfy { $0 == nil })
            #expect(seen.count == ids.count && Set(seen) == Set(ids.map(Change.key)))
        },
    ]

    /// Does something many times at once, by turns on the one store and on the other.
    private static func each<Value: Sendable>(
        _ count: Int, of first: any Store, _ second: any Store,
        do body: @escaping @Sendable (Int, any Store) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: Value.self) { group in
            for number in 0..<count { group.addTask { try await body(number, number % 2 == 0 ? first : second) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}

extension Store {
    /// Takes the Administrator's role from somebody, unless nobody else would be left to act.
    fileprivate func demote(_ user: User, _ household: Household) async throws {
        var demoted = user
        demoted.role = household.viewer.id
        try await write { [demoted] transaction throws(StoreError) in
            if try transaction.activeAdministrators(of: household.company.id) == 1 {
                throw .refused(Refusal(.conflict, .lastAdministrator))
            }
            try transaction.update(demoted)
        }
    }
}
