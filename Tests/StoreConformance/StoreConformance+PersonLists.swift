import KeyCore
import Testing

extension StoreConformance {
    static let personLists: [Guarantee] = [
        Guarantee("peopleArePagedByNameWithoutGapOrRepeat") { store in
            let household = try await store.settled(Household(name: "M", email: "m@engine.example"))
            _ = try await store.settled(Household(email: "grace@compiler.example"))
            for number in 10..<35 {
                // Two of each name: the page must not end between them and lose one.
                try await store.insert(household.colleague("N\(number / 2)", email: "n\(number)@engine.example"))
            }
            var byNumber: [ID<User>] = []
            for page in 0..<3 { byNumber += try await store.people(household, .offset(page * 10)).ids }
            var byCursor: [ID<User>] = []
            var start = PersonQuery.Start.offset(0)
            for _ in 0..<3 {
                let page = try await store.people(household, start)
                #expect(page.total == 26)
                byCursor += page.ids
                if let next = page.next { start = .after(next) }
            }
            #expect(byNumber == byCursor)
            #expect(Set(byCursor).count == 26 && byCursor.count == 26)
            #expect(byCursor.first == household.user.id)
            #expect(try await store.people(household, start).next == nil)
        },
        // Whatever locale the database has: a cursor is compared by the same rule.
        Guarantee("peopleAreInTheOrderOfCodePoints") { store in
            let names = ["B", "Z 1", "_", "a", "b", "é", "Я", "а", "🖥"]
            let household = try await store.settled(Household(name: names[0], email: "b@engine.example"))
            for (number, name) in names.enumerated().dropFirst().shuffled() {
                try await store.insert(household.colleague(name, email: "\(number)@engine.example"))
            }
            let found = try await store.people(household).people.map(\.account.user.name)
            #expect(found == names)
        },
        Guarantee("peopleAreFoundByPartOfNameOrAddressInAnyLetterCase") { store in
            let household = try await store.settled(Household(name: "Ада Жукова", email: "Ada@Engine.example"))
            let grace = household.colleague("Grace_100%", email: "grace@engine.example")
            try await store.insert(grace)
            for (text, expected) in [
                ("жУК", [household.user.id]), ("ENGINE", [household.user.id, grace.id]), ("_100%", [grace.id]),
                ("%", [grace.id]), ("nobody", []), ("  grace ", [grace.id]), ("\u{0}", []),
            ] {
                #expect(Set(try await store.people(household, text: text).ids) == Set(expected), "\(text)")
            }
        },
        Guarantee("peopleAreFilteredByRoleAndStateAndTheRemovedAreGone") { store in
            let household = try await store.settled()
            var blocked = household.colleague("Blocked", email: "blocked@engine.example")
            blocked.blockedAt = Household.noon
            let gone = household.colleague("Gone", email: "gone@engine.example")
            let viewer = household.colleague("Viewer", email: "viewer@engine.example")
            for user in [blocked, gone, viewer] { try await store.insert(user) }
            try await store.write { transaction throws(StoreError) in
                try transaction.removeUser(gone.id, at: Household.noon)
            }
            #expect(try await store.people(household, state: .blocked).ids == [blocked.id])
            #expect(Set(try await store.people(household, state: .active).ids) == [household.user.id, viewer.id])
            let viewers = try await store.people(household, role: household.viewer.id)
            #expect(Set(viewers.ids) == [blocked.id, viewer.id] && viewers.total == 2)
        },
        Guarantee("keysThatWorkAreCountedForEachPerson") { store in
            let household = try await store.settled()
            let boris = household.colleague("Boris", email: "boris@engine.example")
            try await store.insert(boris)
            let deleted = household.key("Deleted")
            try await store.insert([
                household.key("One"), household.key("Two"), household.key("Waiting", confirmed: false), deleted,
                household.key("Over", createdAt: Household.noon.advanced(by: .days(-20)), days: 10),
            ])
            _ = try await store.delete([deleted.id], of: household.user.id, at: Household.noon)
            let people = try await store.people(household).people
            #expect(people.map(\.account.user.id) == [household.user.id, boris.id])
            #expect(people.map(\.liveKeys) == [2, 0])
        },
    ]
}

extension PersonPage {
    fileprivate var ids: [ID<User>] { people.map(\.account.user.id) }
}

extension Store {
    fileprivate func people(
        _ household: Household, _ start: PersonQuery.Start = .offset(0), text: String = "", role: ID<Role>? = nil,
        state: PersonQuery.State? = nil
    ) async throws -> PersonPage {
        let query = PersonQuery(
            company: household.company.id, text: text, role: role, state: state, limit: 10, start: start,
            now: Household.noon)
        return try await read { transaction throws(StoreError) in try transaction.people(query) }
    }
}
