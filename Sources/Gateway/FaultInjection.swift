/// Points of the protocol that a test leaves out, to prove that the checker notices. None in a release.
package struct FaultInjection: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// A delete answers at once, without waiting for other nodes.
    package static let noBarrier = FaultInjection(rawValue: 1)
    /// Verifying does not look at the lease.
    package static let noLeaseCheck = FaultInjection(rawValue: 2)
    /// The node reads changes only when it is notified, and takes its lease for valid.
    package static let noPoll = FaultInjection(rawValue: 4)

    /// By the names that the tests use, with commas between; unknown ones are `nil`.
    package init?(_ text: String) {
        let names: [Substring: FaultInjection] = [
            "no-barrier": .noBarrier, "no-lease-check": .noLeaseCheck, "no-poll": .noPoll,
        ]
        self = []
        for name in text.split(separator: ",") {
            guard let point = names[name] else { return nil }
            formUnion(point)
        }
    }
}
