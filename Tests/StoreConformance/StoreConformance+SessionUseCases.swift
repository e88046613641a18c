import KeyCore
import Testing

/// Where a person is signed in, and ending it from afar.
extension StoreConformance {
    static let sessionUseCases: [Guarantee] = [
        Guarantee(useCase: "sessionRemembersWhereAndWithWhatItBegan") { registry, _ in
            let long = String(repeating: "ж", count: 300)
            let first = try await registry.register(.ada, on: .noon(agent: "Firefox\u{1b}[2J"))
            _ = try await registry.logIn(.ada, on: .noon(address: "2001:db8::7", agent: long))
            let sessions = try await registry.sessions(by: first.caller)
            #expect(Set(sessions.map(\.address)) == ["192.0.2.1", "2001:db8::7"])
            #expect(Set(sessions.map(\.agent)) == ["Firefox\u{FFFD}[2J", String(long.prefix(200))])
        },
        Guarantee(useCase: "endedSessionIsOverAndNoOther") { registry, store in
            let here = try await registry.register(.ada, on: .noon)
            let there = try await registry.logIn(.ada, on: .noon(address: "192.0.2.9", agent: "curl/8"))
            let ended = Session(digest: there.token.digest, user: there.account.user.id, at: Household.noon)
            try await registry.endSession(ended.id, by: here.caller)
            #expect(try await registry.caller(with: there.token, on: .noon) == nil)
            #expect(try await registry.caller(with: here.token, on: .noon) != nil)
            let event = try await store.lastEvent(here)
            #expect(event?.action == .sessionEnded && event?.target == ended.id.description)
            #expect(event?.before == "192.0.2.9, curl/8")
            await #expect(throws: Refusal.notFound) { try await registry.endSession(ended.id, by: here.caller) }
        },
        Guarantee(useCase: "sessionOfAnotherUserIsAsIfItWereNotThere") { registry, store in
            let ada = try await registry.register(.ada, on: .noon)
            let grace = try await registry.register(.ada(email: "grace@compiler.example"), on: .noon)
            let foreign = Session(digest: grace.token.digest, user: grace.account.user.id, at: Household.noon)
            await #expect(throws: Refusal.notFound) { try await registry.endSession(foreign.id, by: ada.caller) }
            #expect(try await registry.sessions(by: ada.caller).map(\.digest) == [ada.token.digest])
            #expect(try await registry.endOtherSessions(by: ada.caller) == 0)
            #expect(try await registry.caller(with: grace.token, on: .noon) != nil)
            #expect(try await store.actions(ada) == [.accountRegistered])
        },
        Guarantee(useCase: "endingAllOthersKeepsTheOneThatAsksAndIsLoggedForEach") { registry, store in
            let here = try await registry.register(.ada, on: .noon)
            let others = [
                try await registry.logIn(.ada, on: .noon), try await registry.logIn(.ada, on: .noon),
            ]
            #expect(try await registry.endOtherSessions(by: here.caller) == 2)
            for other in others { #expect(try await registry.caller(with: other.token, on: .noon) == nil) }
            #expect(try await registry.caller(with: here.token, on: .noon) != nil)
            #expect(try await store.actions(here).prefix(2) == [.sessionEnded, .sessionEnded])
        },
        Guarantee(useCase: "programHasNoSessionsToLookAfter") { registry, _ in
            let here = try await registry.register(.ada, on: .noon)
            let key = try await registry.createKey(KeyForm(name: "Robot"), by: here.caller).key.id
            let program = Caller(account: here.account, means: .key(key, subset: nil), occasion: .noon)
            await #expect(throws: Refusal.notSignedIn) { try await registry.sessions(by: program) }
            await #expect(throws: Refusal.notSignedIn) { try await registry.endOtherSessions(by: program) }
            await #expect(throws: Refusal.notSignedIn) { try await registry.endSession(.random(), by: program) }
        },
    ]
}

extension Occasion {
    fileprivate static func noon(address: String = "192.0.2.1", agent: String) -> Occasion {
        Occasion(at: Household.noon, address: address, agent: agent)
    }
}

extension Session {
    fileprivate init(digest: Digest, user: ID<User>, at now: Timestamp) {
        self.init(digest: digest, user: user, createdAt: now, seenAt: now)
    }
}

extension Registry {
    fileprivate func logIn(_ form: RegistrationForm, on occasion: Occasion) async throws -> SignIn {
        try await logIn(email: form.email, password: form.password, on: occasion)
    }
}

extension Store {
    fileprivate func lastEvent(_ signIn: SignIn) async throws -> AuditEvent? {
        let company = signIn.account.company.id
        return try await read { transaction throws(StoreError) in
            try transaction.auditEntries(AuditQuery(company: company, limit: 1)).first?.event
        }
    }
}
