import KeyCore
import Synchronization

/// What `Registry` does on a real store, whichever it is.
extension StoreConformance {
    static let useCases =
        accountUseCases + companyUseCases + companyKeyUseCases + auditUseCases
        + sessionUseCases + overviewUseCases + discussionUseCases + moderating + discussions
        + narrowedDiscussions
}

extension Guarantee {
    /// A promise of the use cases, over a store with nobody registered yet.
    init(useCase name: String, check: @escaping @Sendable (Registry, any Store) async throws -> Void) {
        self.init(settling: name) { registry, store, _ in try await check(registry, store) }
    }

    /// The same for a promise about what an answer waits for.
    init(
        settling name: String, check: @escaping @Sendable (Registry, any Store, SettledRevisions) async throws -> Void
    ) {
        self.init(name) { store in
            let settled = SettledRevisions()
            let registry = Registry.quick(on: store, platform: .smartPlayer, propagation: settled)
            try await check(registry, store, settled)
        }
    }
}

extension Registry {
    /// One that hashes passwords quickly, and takes every text for a paragraph.
    static func quick(on store: any Store, platform: Platform, propagation: any Propagation) -> Registry {
        Registry(
            platform: platform, store: store, hasher: QuickHasher(), passwords: PasswordPolicy { _ in false },
            propagation: propagation, prose: { source in Prose(blocks: [.paragraph([.text(source)])]) })
    }
}

/// Stands for Argon2id where the slowness of hashing is not what is tested.
private struct QuickHasher: PasswordHasher {
    func hash(_ password: Password) async throws(Refusal) -> String { "$quick$" + password.text }

    func verify(_ password: Password, against hash: String) async throws(Refusal) -> Bool {
        hash == "$quick$" + password.text
    }
}

/// A single node, which remembers the last revision that somebody waited for.
final class SettledRevisions: Propagation {
    private let settled = Mutex(Revision.zero)

    var last: Revision { settled.withLock { $0 } }

    func settle(_ revision: Revision) async -> Settlement {
        settled.withLock { $0 = revision }
        return Settlement(acknowledged: 1, fenced: 0, waited: .zero)
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
