import KeyCore

/// What `Registry` does on a real store, whichever it is.
extension StoreConformance {
    static let useCases = accountUseCases + companyUseCases + companyKeyUseCases + auditUseCases
}

extension Guarantee {
    /// A promise of the use cases, over a store with nobody registered yet.
    init(useCase name: String, check: @escaping @Sendable (Registry, any Store) async throws -> Void) {
        self.init(name) { store in
            let registry = Registry(
                platform: .smartPlayer, store: store, hasher: QuickHasher(), passwords: PasswordPolicy { _ in false },
                propagation: SingleNode())
            try await check(registry, store)
        }
    }
}

/// Stands for Argon2id where the slowness of hashing is not what is tested.
private struct QuickHasher: PasswordHasher {
    func hash(_ password: Password) async throws(Refusal) -> String { "$quick$" + password.text }

    func verify(_ password: Password, against hash: String) async throws(Refusal) -> Bool {
        hash == "$quick$" + password.text
    }
}

private struct SingleNode: Propagation {
    func settle(_ revision: Revision) async -> Settlement {
        Settlement(acknowledged: 1, fenced: 0, waited: .zero)
    }
}

extension RegistrationForm {
    static let ada = ada(email: "ada@engine.example")

    static func ada(email: String) -> RegistrationForm {
        RegistrationForm(
            name: "Ada Lovelace", email: email, password: "correct horse", company: "Engines",
            timeZone: "Europe/London", language: .english)
    }
}

extension Occasion {
    static let noon = Occasion(at: Household.noon, address: "192.0.2.1")
}

extension SignIn {
    var caller: Caller {
        Caller(account: account, means: .session(token.digest), occasion: .noon)
    }
}

extension Store {
    func state(_ id: ID<Key>) async throws -> Grant.State? {
        try await read { transaction throws(StoreError) in try transaction.grant(id)?.state }
    }

    /// What the audit log says that happened, the newest first.
    func actions(_ signIn: SignIn) async throws -> [AuditEvent.Action] {
        let company = signIn.account.company.id
        return try await read { transaction throws(StoreError) in
            try transaction.auditEntries(AuditQuery(company: company)).map(\.event.action)
        }
    }
}
