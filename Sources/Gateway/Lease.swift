import KeyCore
import Synchronization

/// Until when this node may say yes. Written by the follower, read at each verify with one load.
final class Lease: Sendable {
    /// The end, on the machine's own clock; the distant past while there is none.
    private let end = Atomic<Int64>(.min)
    /// When the last renewal began.
    private let proof = Atomic<Int64>(.min)

    /// - Parameters:
    ///   - noted: the clock from *before* the transaction that proved the node current. Time that passed since,
    ///     in the database or while the process was stopped, is part of the lease.
    func renew(from noted: BootTime, for length: Duration) {
        proof.store(noted.nanoseconds, ordering: .releasing)
        end.store((noted + length).nanoseconds, ordering: .releasing)
    }

    /// The node says yes no more, from this moment on.
    func giveUp() {
        end.store(.min, ordering: .sequentiallyConsistent)
    }

    func holds(at now: BootTime) -> Bool {
        now.nanoseconds < end.load(ordering: .acquiring)
    }

    /// The time since the node was last proved current; `nil` if it never was.
    func age(at now: BootTime) -> Duration? {
        let proof = proof.load(ordering: .acquiring)
        return proof == .min ? nil : now - BootTime(nanoseconds: proof)
    }

    /// What is left, for people; zero when it has run out.
    func remaining(at now: BootTime) -> Duration {
        let end = end.load(ordering: .acquiring)
        return end <= now.nanoseconds ? .zero : .nanoseconds(end - now.nanoseconds)
    }
}
