import KeyCore
import Testing

/// The use cases on a real store: what they write, they write together.
extension StoreConformance {
    static let accountUseCases: [Guarantee] = [
        Guarantee(useCase: "registeringMakesACompanyThatCanWorkAtOnce") { registry, store in
            let signIn = try await registry.register(.ada, on: .noon)
            let caller = try #require(try await registry.caller(with: signIn.token, on: .noon))
            #expect(caller.account.role.isAdministrator)
            #expect(caller.account == signIn.account)
            #expect(try await store.revision().number == 1)
            #expect(try await store.actions(signIn) == [.accountRegistered])
        },
        Guarantee(useCase: "takenEmailLeavesNothingOfTheSecondCompany") { registry, store in
            _ = try await registry.register(.ada, on: .noon)
            let form = RegistrationForm.ada(email: "ADA@ENGINE.EXAMPLE")
            let error = await #expect(throws: Refusal.self) { try await registry.register(form, on: .noon) }
            #expect(error == .field("email", .emailTaken))
            let accounts = try await store.read { transaction throws(StoreError) in try transaction.accounts(of: nil) }
            #expect(accounts.count == 1)
            #expect(try await store.revision().number == 1)
        },
        Guarantee(useCase: "eachChangeOfAKeyIsOneRevisionWithItsAuditRow") { registry, store in
            let signIn = try await registry.register(.ada, on: .noon)
            let caller = signIn.caller
            let created = try await registry.createKey(KeyForm(name: "Lobby", awaitsConfirmation: true), by: caller)
            #expect(try await store.state(created.key.id) == .notCopied)
            _ = try await registry.confirmKey(created.key.id, by: caller)
            #expect(try await store.state(created.key.id) == .confirmed)
            let deletion = try await registry.deleteKeys(.some([created.key.id]), by: caller)
            #expect(deletion.deleted == 1)
            #expect(try await store.state(created.key.id) == .deleted)
            #expect(try await store.revision().number == 4)
            let expected: [AuditEvent.Action] = [.keyDeleted, .keyConfirmed, .keyCreated, .accountRegistered]
            #expect(try await store.actions(signIn) == expected)
        },
        // A first answer may be lost.
        Guarantee(settling: "whoeverConfirmsAKeyAgainIsToldOnlyOnceEveryNodeKnowsAndChangesNothing") {
            registry, store, settled in
            let signIn = try await registry.register(.ada, on: .noon)
            let form = KeyForm(name: "Lobby", awaitsConfirmation: true)
            let key = try await registry.createKey(form, by: signIn.caller).key.id
            let confirmed = try await registry.confirmKey(key, by: signIn.caller)
            let (revision, actions) = (try await store.revision(), try await store.actions(signIn))
            #expect(try await registry.confirmKey(key, by: signIn.caller) == confirmed)
            #expect(try await store.actions(signIn) == actions)
            #expect(try await store.revision().number == revision.number + 1)
            #expect(settled.last == (try await store.revision()))
        },
        Guarantee(useCase: "refusedChangeOfAKeyLeavesNoTrace") { registry, store in
            let signIn = try await registry.register(.ada, on: .noon)
            let caller = signIn.caller
            _ = try await registry.createKey(KeyForm(name: "Lobby"), by: caller)
            let (revision, actions) = (try await store.revision(), try await store.actions(signIn))
            let taken = await #expect(throws: Refusal.self) {
                try await registry.createKey(KeyForm(name: " LOBBY "), by: caller)
            }
            #expect(taken == .field("name", .nameTaken))
            await #expect(throws: Refusal.notFound) {
                try await registry.deleteKeys(.some([.random()]), by: caller)
            }
            await #expect(throws: Refusal.notFound) { try await registry.confirmKey(.random(), by: caller) }
            #expect(try await store.revision() == revision)
            #expect(try await store.actions(signIn) == actions)
        },
        Guarantee(useCase: "deletingAllIsOneRevisionAndAnAuditRowForEach") { registry, store in
            let signIn = try await registry.register(.ada, on: .noon)
            for number in 1...5 { _ = try await registry.createKey(KeyForm(name: "\(number)"), by: signIn.caller) }
            let before = try await store.revision()
            #expect(try await registry.deleteKeys(.all, by: signIn.caller).deleted == 5)
            #expect(try await store.revision().number == before.number + 1)
            #expect(try await store.actions(signIn).prefix(5).allSatisfy { $0 == .keyDeleted })
            // Once more is a commit of its own: what it finds done may be a commit whose outcome nobody knows yet.
            #expect(try await registry.deleteKeys(.all, by: signIn.caller).deleted == 0)
            #expect(try await store.revision().number == before.number + 2)
        },
        Guarantee(useCase: "keyOfAnotherUserIsAsIfItWereNotThere") { registry, store in
            let ada = try await registry.register(.ada, on: .noon)
            let grace = try await registry.register(.ada(email: "grace@compiler.example"), on: .noon)
            let created = try await registry.createKey(KeyForm(name: "Lobby", awaitsConfirmation: true), by: ada.caller)
            let id = created.key.id
            await #expect(throws: Refusal.notFound) { try await registry.key(id, by: grace.caller) }
            await #expect(throws: Refusal.notFound) { try await registry.confirmKey(id, by: grace.caller) }
            await #expect(throws: Refusal.notFound) { try await registry.deleteKeys(.some([id]), by: grace.caller) }
            #expect(try await registry.deleteKeys(.all, by: grace.caller).deleted == 0)
            #expect(try await store.state(id) == .notCopied)
        },
        Guarantee(useCase: "keyMadeWithAKeyGetsNoMoreRights") { registry, _ in
            let signIn = try await registry.register(.ada, on: .noon)
            let subset = try Platform.smartPlayer.set(named: ["api-keys:create", "devices:read"])
            let parent = try await registry.createKey(KeyForm(name: "Parent", permissions: subset), by: signIn.caller)
            let program = Caller(
                account: signIn.account, means: .key(parent.key.id, subset: subset), occasion: .noon)
            let child = try await registry.createKey(KeyForm(name: "Child"), by: program)
            #expect(child.key.subset == subset)
            let all = Platform.smartPlayer.allPermissions
            let error = await #expect(throws: Refusal.self) {
                try await registry.createKey(KeyForm(name: "Greedy", permissions: all), by: program)
            }
            #expect(error == .field("permissions", .permissionNotHeld))
        },
        Guarantee(useCase: "newPasswordEndsEverySessionButTheOneThatItBegins") { registry, _ in
            let first = try await registry.register(.ada, on: .noon)
            let password = RegistrationForm.ada.password
            let second = try await registry.logIn(email: "Ada@engine.example", password: password, on: .noon)
            let third = try await registry.changePassword(
                from: password, to: "a longer staple", by: second.caller)
            for token in [first.token, second.token] {
                #expect(try await registry.caller(with: token, on: .noon) == nil)
            }
            #expect(try await registry.caller(with: third, on: .noon) != nil)
            await #expect(throws: Refusal.badCredentials) {
                try await registry.logIn(email: "ada@engine.example", password: password, on: .noon)
            }
        },
        Guarantee(useCase: "emailOfAnyLengthAndContentIsOnlyAWrongOne") { registry, _ in
            _ = try await registry.register(.ada, on: .noon)
            for email in ["", "ada@engine.example\u{0}", String(repeating: "a", count: 60_000), "' OR 1=1 --"] {
                await #expect(throws: Refusal.badCredentials) {
                    try await registry.logIn(email: email, password: RegistrationForm.ada.password, on: .noon)
                }
            }
        },
    ]
}
