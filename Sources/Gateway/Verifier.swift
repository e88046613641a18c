import KeyCore
import NIOCore
import Synchronization
import Web

/// Decides about presented keys, and remembers that they were used.
package final class Verifier: KeyVerifier {
    let index: GrantIndex
    private let platform: Platform
    private let follower: any Follower
    private let refusals: RefusalTally
    let now: @Sendable () -> Timestamp
    private let counts = DecisionCounts()
    /// Those of the event loops, and our own.
    private let allCounts: Mutex<[DecisionCounts]>

    package init(
        platform: Platform, index: GrantIndex, follower: any Follower, refusals: RefusalTally,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.platform = platform
        self.index = index
        self.follower = follower
        self.refusals = refusals
        self.now = now
        allCounts = Mutex([counts])
    }

    /// Whether the node may say yes at this moment.
    var freshness: Freshness { follower.freshness }

    /// The same after what can be done about it.
    func freshness() async -> Freshness {
        let freshness = follower.freshness
        return freshness == .notCurrent ? await follower.catchUp() : freshness
    }

    package func decide(
        _ secret: Secret, _ requirement: Requirement, attempt: @Sendable @autoclosure () -> Attempt
    ) async -> Decision {
        decide(secret.digest, requirement, await freshness(), attempt: attempt())
    }

    /// - Parameter freshness: as it was after the request had been read.
    func decide(
        _ digest: Digest, _ requirement: Requirement, _ freshness: Freshness, attempt: @autoclosure () -> Attempt
    ) -> Decision {
        guard freshness != .notCurrent else { return .refused(.notCurrent) }
        let now = now()
        let (decision, key) = index.decide(digest, requirement, now: now) { attempt().address }
        switch decision {
        case .accepted(var acceptance):
            guard case .stale(let age) = freshness else { break }
            acceptance.stale = age
            counts.countStale()
            return .accepted(acceptance)
        case .refused(let reason):
            if let key { note(reason, of: key, attempt(), at: now) }
        }
        return decision
    }

    /// For the key's owner to find.
    func note(_ reason: Decision.Reason, of key: ID<Key>, _ attempt: @autoclosure () -> Attempt, at now: Timestamp) {
        guard refusals.hasRoom else { return }
        refusals.note(reason.refusal(of: key, attempt(), at: now, platform))
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
        counts.count(DecisionCounts.Outcome(decision))
        return decision
    }
}

// MARK: - Counting

extension Verifier {
    /// Notes how long the ordinary pipeline takes for an answer, from when a controller has the whole request.
    func timing<Answer>(_ answer: () async -> Answer) async -> Answer {
        let start = NIODeadline.now()
        defer { counts.note(1, took: .now() - start) }
        return await answer()
    }

    /// Counts of an event loop's own.
    func makeCounts() -> DecisionCounts {
        let counts = DecisionCounts()
        allCounts.withLock { $0.append(counts) }
        return counts
    }

    /// What `/metrics` tells of answers.
    var metrics: [Metric] {
        let all = allCounts.withLock(\.self)
        let outcomes = DecisionCounts.Outcome.allCases.map { outcome in
            (name: outcome.name, count: all.reduce(0) { $0 + $1[outcome] })
        }
        return [
            .counter(
                "latchkey_decisions_total", "Answers of verify, authorize and introspect by outcome.",
                by: "outcome", outcomes),
            .histogram(
                "latchkey_decision_seconds",
                "Time from the read that ended a request to the moment its answer was handed over to be sent. "
                    + "Requests that came in one read are answered together, and each counts with the time of all.",
                all.reduce(into: LatencyHistogram.Sum()) { $1.addLatencies(to: &$0) }),
            .counter(
                "latchkey_fast_lane_answers_total", "Answers of verify and authorize that the fast lane gave.",
                all.dropFirst().reduce(0) { $0 + $1.all }),
            .counter(
                "latchkey_stale_answers_total", "Keys accepted without a lease (--serve-stale).",
                all.reduce(0) { $0 + $1.stale }),
        ]
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
