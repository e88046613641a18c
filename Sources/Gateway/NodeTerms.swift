import KeyCore

/// How a node behaves among others on one database.
package struct NodeTerms: Sendable {
    /// Host and process, for people who look at the list of nodes.
    package let name: String
    package let lease: LeaseTerms
    /// For how long after its lease the node goes on answering from what it knew. Zero, unless availability is
    /// preferred to the promise that a deleted key is refused.
    package let serveStale: Duration
    /// Points of the protocol that are left out, to prove that the checker notices. None in a release.
    package let sabotage: Sabotage
    /// The machine's own clock; tests move one by hand.
    package let now: @Sendable () -> BootTime

    package init(
        name: String, lease: LeaseTerms = .standard, serveStale: Duration = .zero, sabotage: Sabotage = [],
        now: @escaping @Sendable () -> BootTime = { .now }
    ) {
        self.name = name
        self.lease = lease
        self.serveStale = serveStale
        self.sabotage = sabotage
        self.now = now
    }
}

/// Points of the protocol that a test leaves out.
package struct Sabotage: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// A delete answers at once, without waiting for other nodes.
    package static let noBarrier = Sabotage(rawValue: 1)
    /// Verifying does not look at the lease.
    package static let noLeaseCheck = Sabotage(rawValue: 2)
    /// The node reads changes only when it is woken, and takes its lease for valid.
    package static let noPoll = Sabotage(rawValue: 4)

    /// By the names that the tests use, with commas between; unknown ones are `nil`.
    package init?(_ text: String) {
        let names: [Substring: Sabotage] = [
            "no-barrier": .noBarrier, "no-lease-check": .noLeaseCheck, "no-poll": .noPoll,
        ]
        self = []
        for name in text.split(separator: ",") {
            guard let point = names[name] else { return nil }
            formUnion(point)
        }
    }
}
