import KeyCore
import NIOCore
import Synchronization

/// How often each outcome was answered, and how long that took, for `/metrics`. Each loop counts for itself, so
/// that counting never makes two of them wait for the same line of memory.
package final class DecisionCounts: Sendable {
    /// What can come of a verify, as the metrics call it.
    package enum Outcome: Int, CaseIterable, Sendable {
        case accepted, missing, malformed, unknown, deleted, expired
        case notCopied, ownerBlocked, missingPermission, pathRefused, noRoute, notCurrent

        init(_ decision: Decision) {
            self =
                switch decision {
                case .accepted: .accepted
                case .refused(let reason): Outcome(reason)
                }
        }

        init(_ reason: Decision.Reason) {
            self =
                switch reason {
                case .missing: .missing
                case .malformed: .malformed
                case .unknown: .unknown
                case .deleted: .deleted
                case .expired: .expired
                case .notCopied: .notCopied
                case .ownerBlocked: .ownerBlocked
                case .missingPermission, .unknownPermission: .missingPermission
                case .pathRefused: .pathRefused
                case .noRoute: .noRoute
                case .notCurrent: .notCurrent
                }
        }

        /// The stable code of a refusal.
        package var name: String {
            switch self {
            case .notCopied: "not_copied"
            case .ownerBlocked: "owner_blocked"
            case .missingPermission: "missing_permission"
            case .pathRefused: "path_refused"
            case .noRoute: "no_route"
            case .notCurrent: "not_current"
            default: "\(self)"
            }
        }
    }

    private let counts = InlineArray<12, Atomic<Int>> { _ in Atomic(0) }
    private let latencies = LatencyHistogram()
    private let staleAnswers = Atomic<Int>(0)

    package init() {}

    func count(_ outcome: Outcome) {
        counts[outcome.rawValue].add(1, ordering: .relaxed)
    }

    /// Notes how long answers took that were given together, from the read that ended their requests until all of them
    /// were handed over: each of them waited for all.
    ///
    /// - Parameter answers: which are counted by outcome besides.
    func note(_ answers: Int, took time: TimeAmount) {
        latencies.note(answers, took: time)
    }

    func countStale() { staleAnswers.add(1, ordering: .relaxed) }

    subscript(outcome: Outcome) -> Int { counts[outcome.rawValue].load(ordering: .relaxed) }

    /// How many answers there were, whatever their outcome.
    var all: Int { Outcome.allCases.reduce(0) { $0 + self[$1] } }

    func addLatencies(to sum: inout LatencyHistogram.Sum) { latencies.add(to: &sum) }

    /// How many keys were accepted without a lease.
    var stale: Int { staleAnswers.load(ordering: .relaxed) }
}
