import KeyCore
import Testing

/// People and roles: what one may do to another, and what a company can never lose.
extension StoreConformance {
    static let companyUseCases: [Guarantee] = [
        Guarantee(useCase: "companyKeepsAnAdministratorWhoCanAct") { registry, store in
            let ada = try await registry.register(.ada, on: .noon)
            let viewer = try await registry.role("Viewer", by: ada.caller)
            let (id, before) = (ada.account.user.id, try await store.revision())
            for change in [PersonChange(isBlocked: true), PersonChange(role: viewer.id)] {
                let error = await #expect(throws: Refusal.self) {
                    try await registry.changePerson(id, change, by: ada.caller)
                }
                #expect(error?.code == .lastAdministrator)
            }
            let error = await #expect(throws: Refusal.self) { try await registry.removePerson(id, by: ada.caller) }
            #expect(error?.code == .lastAdministrator)
            #expect(try await store.revision() == before)
        },
        Guarantee(useCase: "ofTwoAdministratorsWhoDemoteEachOtherAtOnceOneStays") { registry, _ in
            let ada = try await registry.register(.ada, on: .noon)
            let administrator = ada.account.role.id
            let viewer = try await registry.role("Viewer", by: ada.caller).id
            for round in 1...10 {
                let person = PersonForm.boris(administrator, round)
                _ = try await registry.addPerson(person, by: ada.caller)
                let boris = try await registry.logIn(email: person.email, password: person.password, on: .noon)
                async let first = demotes(registry, boris.account.user.id, to: viewer, by: ada.caller)
                async let second = demotes(registry, ada.account.user.id, to: viewer, by: boris.caller)
                let outcomes = await [first, second]
                #expect(outcomes.count { $0 } == 1)
                // Ada is Administrator again for the next round, by whoever is left.
                let rescuer = outcomes[1] ? boris.caller : ada.caller
                _ = try await registry.changePerson(
                    ada.account.user.id, PersonChange(role: administrator), by: rescuer)
                _ = try await registry.changePerson(boris.account.user.id, PersonChange(role: viewer), by: ada.caller)
            }
        },
        Guarantee(useCase: "nobodyGivesOrTakesRightsThatTheyDoNotHold") { registry, _ in
            let ada = try await registry.register(.ada, on: .noon)
            let platform = registry.platform
            let names = [
                "users:create", "users:update", "users:delete", "roles:create", "roles:update", "devices:read",
            ]
            let form = RoleForm(name: "Office", permissions: try platform.set(named: names))
            let office = try await registry.addRole(form, by: ada.caller)
            let person = PersonForm.boris(office.id)
            _ = try await registry.addPerson(person, by: ada.caller)
            let boris = try await registry.logIn(email: person.email, password: person.password, on: .noon).caller
            let administrator = ada.account.role.id
            let more = RoleForm(name: "More", permissions: platform.allPermissions)
            let attempts: [() async throws -> Void] = [
                { _ = try await registry.addRole(more, by: boris) },
                { _ = try await registry.changeRole(office.id, more, by: boris) },
                { _ = try await registry.addPerson(.boris(administrator, 2), by: boris) },
                {
                    _ = try await registry.changePerson(
                        boris.account.user.id, PersonChange(role: administrator), by: boris)
                },
                { _ = try await registry.changePerson(ada.account.user.id, PersonChange(isBlocked: true), by: boris) },
                { _ = try await registry.removePerson(ada.account.user.id, by: boris) },
            ]
            for (number, attempt) in attempts.enumerated() {
                let error = await #expect(throws: Refusal.self, "attempt \(number)") { try await attempt() }
                #expect(error?.code == .permissionNotHeld, "attempt \(number)")
            }
        },
        Guarantee(useCase: "anotherCompanysPeopleRolesAndKeysAreNotThere") { registry, store in
            let ada = try await registry.register(.ada, on: .noon)
            let grace = try await registry.register(.ada(email: "grace@compiler.example"), on: .noon)
            let role = try await registry.role("Viewer", by: ada.caller)
            let key = try await registry.createKey(KeyForm(name: "Lobby"), by: ada.caller).key.id
            let attempts: [() async throws -> Void] = [
                { _ = try await registry.removePerson(ada.account.user.id, by: grace.caller) },
                { _ = try await registry.changePerson(ada.account.user.id, PersonChange(name: "X"), by: grace.caller) },
                { _ = try await registry.changeRole(role.id, RoleForm(name: "X"), by: grace.caller) },
                { try await registry.deleteRole(role.id, by: grace.caller) },
                { _ = try await registry.deleteCompanyKey(key, by: grace.caller) },
            ]
            for (number, attempt) in attempts.enumerated() {
                await #expect(throws: Refusal.notFound, "attempt \(number)") { try await attempt() }
            }
            let error = await #expect(throws: Refusal.self) {
                try await registry.addPerson(.boris(role.id), by: grace.caller)
            }
            #expect(error == .field("role_id", .roleUnknown))
            #expect(try await store.state(key) == .confirmed)
            #expect(try await registry.people(by: grace.caller).map(\.user.id) == [grace.account.user.id])
            let query = KeyQuery(owner: grace.account.user.id, now: Occasion.noon.at)
            #expect(try await registry.companyKeys(query, by: grace.caller).keys.isEmpty)
        },
        Guarantee(useCase: "removedPersonsSessionsAndKeysEndWithThem") { registry, store in
            let ada = try await registry.register(.ada, on: .noon)
            let boris = try await registry.addPerson(.boris(ada.account.role.id), by: ada.caller)
            let signIn = try await registry.logIn(
                email: boris.user.email.text, password: PersonForm.boris(boris.role.id).password, on: .noon)
            let key = try await registry.createKey(KeyForm(name: "Lobby"), by: signIn.caller).key.id
            _ = try await registry.removePerson(boris.user.id, by: ada.caller)
            #expect(try await registry.caller(with: signIn.token, on: .noon) == nil)
            #expect(try await store.state(key) == .deleted)
            _ = try await registry.addPerson(.boris(ada.account.role.id), by: ada.caller)
        },
    ]

    private static func demotes(
        _ registry: Registry, _ id: ID<User>, to role: ID<Role>, by caller: Caller
    ) async -> Bool {
        (try? await registry.changePerson(id, PersonChange(role: role), by: caller)) != nil
    }
}

extension Registry {
    func role(_ name: String, by caller: Caller) async throws -> Role {
        try #require(try await roles(by: caller).first { $0.role.name == name }).role
    }
}

extension PersonForm {
    static func boris(_ role: ID<Role>, _ number: Int = 1) -> PersonForm {
        PersonForm(name: "Boris", email: "boris\(number)@engine.example", password: "a longer staple", role: role)
    }
}
