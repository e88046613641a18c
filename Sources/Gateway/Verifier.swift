import KeyCore
import Synchronization

/// Decides about presented keys, and remembers that they were used.
package final class Verifier: KeyVerifier {
    private let platform: Platform
    private let store: any Store
    private let index: GrantIndex
    private let follower: Follower
    private let tally: UsageTally
    private let now: @Sendable () -> Timestamp
    package let decisions = DecisionCounts()

    package init(
        platform: Platform, store: any Store, index: GrantIndex, follower: Follower, tally: UsageTally,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.platform = platform
        self.store = store
        self.index = index
        self.follower = follower
        self.tally = tally
        self.now = now
    }

    /// Whether the node could say yes at this moment.
    package var isCurrent: Bool { index.isCurrent(at: store.changeMark) }

    /// Whether the node is current, or can be after one read.
    package func isReady() async -> Bool {
        if isCurrent { return true }
        do {
            try await follower.catchUp()
            return true
        } catch {
            return false
        }
    }

    package func decide(_ secret: Secret, permission: Permission?) async -> Decision {
        await decide(secret, permission: permission, unknown: nil)
    }

    /// - Parameter unknown: a permission that was asked for and that the platform does not have. A good key is
    ///   refused for it; what is wrong with the key itself comes first.
    func decide(_ secret: Secret, permission: Permission?, unknown: String?) async -> Decision {
        guard await isReady() else { return .refused(.notCurrent) }
        let now = now()
        let decision = index.decide(secret.digest, permission: permission, now: now)
        guard case .accepted(let acceptance) = decision else { return decision }
        if let unknown { return .refused(.unknownPermission(unknown)) }
        tally.note(acceptance.grant.key, at: now)
        return decision
    }
}

/// How often each outcome was answered, for `/metrics`.
package final class DecisionCounts: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    package init() {}

    package func count(_ outcome: String) {
        counts.withLock { $0[outcome, default: 0] += 1 }
    }

    package var all: [(outcome: String, count: Int)] {
        counts.withLock { counts in counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
    }
}
