import Synchronization

/// What a node that holds leases counts.
final class FollowingCounts: Sendable {
    let renewals = Atomic<Int>(0)
    let failures = Atomic<Int>(0)
    let fenced = Atomic<Int>(0)

    func metrics(leaseRemaining: Duration) -> [Metric] {
        [
            .gauge("latchkey_lease_seconds", "What is left of this node's lease.", leaseRemaining / .seconds(1)),
            .counter(
                "latchkey_renewals_total", "Renewals of this node's lease.", renewals.load(ordering: .relaxed)),
            .counter(
                "latchkey_renewals_failed_total", "Renewals that failed.", failures.load(ordering: .relaxed)),
            .counter(
                "latchkey_fenced_total", "How often this node found its row gone.", fenced.load(ordering: .relaxed)),
        ]
    }
}
