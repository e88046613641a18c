import Synchronization

/// The use cases: what people and programs can do, each in one transaction with its audit row and its change row.
///
/// Refusals are the expected outcomes; a store that fails comes out as `unavailable` with its cause for the log.
package final class Registry: Sendable {
    package let platform: Platform
    /// Who may make a new account.
    package let registration: Registration
    let store: any Store
    let hasher: any PasswordHasher
    let passwords: PasswordPolicy
    let propagation: any Propagation
    /// `nil` where no mail server was set.
    let mailer: (any Mailer)?
    package let prose: Prose.Reader
    let throttle = Mutex(LoginThrottle())
    let edits = Mutex(EditTally())

    package init(
        platform: Platform, registration: Registration = .open, store: any Store, hasher: any PasswordHasher,
        passwords: PasswordPolicy, propagation: any Propagation, prose: @escaping Prose.Reader,
        mailer: (any Mailer)? = nil
    ) {
        self.platform = platform
        self.registration = registration
        self.store = store
        self.hasher = hasher
        self.passwords = passwords
        self.propagation = propagation
        self.prose = prose
        self.mailer = mailer
    }

    /// Whether those who are invited get a letter.
    package var sendsMail: Bool { mailer != nil }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) async throws(Refusal) -> Value {
        do {
            return try await store.read(body)
        } catch {
            throw Refusal(error)
        }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws(StoreError) -> Value
    ) async throws(Refusal) -> Value {
        do {
            return try await store.write(body)
        } catch {
            throw Refusal(error)
        }
    }
}

/// Who may make a new account by the pages and the API. The command line always may.
package enum Registration: String, CaseIterable, Sendable {
    case open
    /// Only those whom a company's administrator has invited.
    case invite
    /// Nobody, the invited included.
    case closed
}

/// Carries a committed change to every node that verifies.
package protocol Propagation: Sendable {
    /// Returns when no node acts on anything older than the revision.
    func settle(_ revision: Revision) async -> Settlement
}

/// How a change reached the nodes.
package struct Settlement: Hashable, Sendable {
    /// Nodes that said that they have applied it.
    package let acknowledged: Int
    /// Nodes that did not, and can say yes to nothing any more until they have.
    package let fenced: Int
    package let waited: Duration

    package init(acknowledged: Int, fenced: Int, waited: Duration) {
        self.acknowledged = acknowledged
        self.fenced = fenced
        self.waited = waited
    }
}
