import KeyCore
import Synchronization
import Web

/// Decides about presented keys, and remembers that they were used.
package final class Verifier: KeyVerifier {
    private let platform: Platform
    private let index: GrantIndex
    private let follower: any Follower
    private let tally: UsageTally
    private let refusals: RefusalTally
    private let now: @Sendable () -> Timestamp
    package let decisions = DecisionCounts()

    package init(
        platform: Platform, index: GrantIndex, follower: any Follower, tally: UsageTally, refusals: RefusalTally,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.platform = platform
        self.index = index
        self.follower = follower
        self.tally = tally
        self.refusals = refusals
        self.now = now
    }

    /// Whether the node may say yes at this moment, after what can be done about it.
    package func freshness() async -> Freshness {
        let freshness = follower.freshness
        return freshness == .notCurrent ? await follower.catchUp() : freshness
    }

    package func decide(
        _ secret: Secret, _ requirement: Requirement, attempt: @Sendable @autoclosure () -> Attempt
    ) async -> Decision {
        let freshness = await freshness()
        guard freshness != .notCurrent else { return .refused(.notCurrent) }
        let now = now()
        let (decision, key) = index.decide(secret.digest, requirement, now: now)
        switch decision {
        case .accepted(var acceptance):
            tally.note(acceptance.grant.key, at: now)
            if case .stale(let age) = freshness {
                acceptance.stale = age
                decisions.countStale()
                return .accepted(acceptance)
            }
        case .refused(let reason):
            if let key { refusals.note(reason.refusal(of: key, attempt(), at: now, platform)) }
        }
        return decision
    }

    /// Decides about what a request presents, and counts the answer.
    func decide(
        _ presented: PresentedKey, _ requirement: Requirement, attempt: @Sendable @autoclosure () -> Attempt
    ) async -> Decision {
        let decision: Decision =
            switch presented {
            case .none: .refused(.missing)
            case .malformed: .refused(.malformed)
            case .key(let secret): await decide(secret, requirement, attempt: attempt())
            }
        switch decision {
        case .accepted: decisions.count("accepted")
        case .refused(let reason): decisions.count(reason.code)
        }
        return decision
    }
}

extension Decision.Reason {
    /// As the key's owner will find it.
    fileprivate func refusal(
        of key: ID<Key>, _ attempt: Attempt, at now: Timestamp, _ platform: Platform
    ) -> KeyRefusal {
        let permission: String? =
            switch self {
            case .missingPermission(let permission): platform.name(of: permission)
            case .unknownPermission(let name): Attempt.kept(name, Decision.Reason.maximumNameLength)
            default: nil
            }
        return KeyRefusal(key: key, at: now, attempt: attempt, code: code, permission: permission)
    }

    /// A permission's name is far shorter; what is asked for may be anything.
    private static let maximumNameLength = 100
}

/// How often each outcome was answered, for `/metrics`.
package final class DecisionCounts: Sendable {
    private let counts = Mutex<[String: Int]>([:])
    private let staleAnswers = Atomic<Int>(0)

    package init() {}

    package func count(_ outcome: String) {
        counts.withLock { $0[outcome, default: 0] += 1 }
    }

    package func countStale() { staleAnswers.add(1, ordering: .relaxed) }

    /// How many keys were accepted without a lease.
    package var stale: Int { staleAnswers.load(ordering: .relaxed) }

    package var all: [(outcome: String, count: Int)] {
        counts.withLock { counts in counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
    }
}
