import KeyCore
import Testing

extension StoreConformance {
    static let accounts: [Guarantee] = [
        Guarantee("accountIsReadAsItWasWritten") { store in
            let household = try await store.settled()
            let account = try await store.account(household.user.id)
            #expect(
                account
                    == Account(user: household.user, company: household.company, role: household.administrator))
            #expect(try await store.account(.random()) == nil)
        },
        Guarantee("credentialIsFoundByEmailInAnyLetterCase") { store in
            let household = try await store.settled(Household(email: "Ada.Жук@Engine.example"))
            for email in ["ada.жук@engine.example", "ADA.ЖУК@ENGINE.EXAMPLE", "Ada.Жук@Engine.example"] {
                let credential = try await store.credential(email)
                #expect(credential?.account.user == household.user, "\(email)")
                #expect(credential?.passwordHash == Household.passwordHash)
            }
            #expect(try await store.credential("ada@engine.example") == nil)
        },
        Guarantee("emailWithNULIsNotCutOffThere") { store in
            _ = try await store.settled(Household(email: "ada@engine.example"))
            #expect(try await store.credential("ada@engine.example\u{0}1") == nil)
            #expect(try await store.credential("\u{0}") == nil)
        },
        Guarantee("emailIsUniqueInAnyLetterCaseAndCompany") { store in
            _ = try await store.settled(Household(email: "ada@engine.example"))
            let other = Household(email: "ADA@Engine.Example")
            #expect(await storeError { try await store.settle(other) } == .duplicate(.email))
            #expect(try await store.account(other.user.id) == nil)
        },
        Guarantee("roleOfAnotherCompanyIsRefused") { store in
            let household = try await store.settled()
            let stranger = try await store.settled(Household(email: "grace@compiler.example"))
            let user = household.user.with(role: stranger.viewer.id)
            #expect(await storeError { try await store.update(user) } != nil)
            #expect(try await store.account(user.id)?.role == household.administrator)
        },
        Guarantee("updateWritesWhatMayChangeAndNothingElse") { store in
            let household = try await store.settled()
            var user = household.user
            user.name = "Augusta Ada King"
            user.role = household.viewer.id
            user.language = .english
            user.timeZone = .utc
            user.blockedAt = Household.noon
            try await store.update(user)
            let credential = try await store.credential("ada@engine.example")
            #expect(credential?.account.user == user)
            #expect(credential?.account.role == household.viewer)
            #expect(credential?.passwordHash == Household.passwordHash)
        },
        Guarantee("newPasswordHashReplacesTheOldOne") { store in
            let household = try await store.settled()
            let grace = household.colleague("Grace Hopper", email: "grace@engine.example")
            try await store.insert(grace)
            let (user, hash) = (household.user.id, "$argon2id$new$hash")
            try await store.write { transaction throws(StoreError) in
                try transaction.setPasswordHash(hash, of: user)
            }
            let found = try await store.read { transaction throws(StoreError) in
                [try transaction.credential(of: user), try transaction.credential(of: grace.id)]
            }
            #expect(found.map { $0?.passwordHash } == [hash, Household.passwordHash])
        },
        Guarantee("accountsAreListedByNameForOneCompanyOrAll") { store in
            let household = try await store.settled(Household(name: "Grace", email: "grace@engine.example"))
            try await store.insert(household.colleague("Ada", email: "ada@engine.example"))
            _ = try await store.settled(Household(name: "Boris", email: "boris@bureau.example"))
            let (own, all) = try await store.read { transaction throws(StoreError) in
                (try transaction.accounts(of: household.company.id), try transaction.accounts(of: nil))
            }
            #expect(own.map(\.user.name) == ["Ada", "Grace"])
            #expect(all.map(\.user.name) == ["Ada", "Boris", "Grace"])
        },
        Guarantee("ownerCarriesWhatVerifyingNeeds") { store in
            let household = try await store.settled()
            var grace = household.colleague("Grace", email: "grace@engine.example")
            grace.blockedAt = Household.noon
            try await store.insert(grace)
            let expected = Owner(
                user: grace.id, name: "Grace", company: household.company.id, companyName: "Analytical Engines",
                role: "Viewer", permissions: household.viewer.permissions, isBlocked: true)
            let (owner, nobody, all) = try await store.read { [grace] transaction throws(StoreError) in
                var all: [Owner] = []
                try transaction.forEachOwner { all.append($0) }
                return (try transaction.owner(grace.id), try transaction.owner(.random()), all)
            }
            #expect(owner == expected)
            #expect(nobody == nil)
            #expect(Set(all.map(\.user)) == [household.user.id, grace.id])
            #expect(all.contains(expected) && all.count == 2)
        },
    ]
}

extension Store {
    fileprivate func credential(_ email: String) async throws -> Credential? {
        try await read { transaction throws(StoreError) in
            try transaction.credential(of: EmailAddress(stored: email))
        }
    }

    fileprivate func update(_ user: User) async throws {
        try await write { transaction throws(StoreError) in try transaction.update(user) }
    }
}

extension User {
    fileprivate func with(role: ID<Role>) -> User {
        var user = self
        user.role = role
        return user
    }
}
