import KeyCore

/// How a node behaves among others on one database.
package struct NodeTerms: Sendable {
    /// Host and process, for people who look at the list of nodes.
    package let name: String
    package let lease: LeaseTerms
    /// For how long after its lease the node goes on answering from what it knew. Zero, unless availability is
    /// preferred to the promise that a deleted key is refused.
    package let serveStale: Duration
    package let faults: FaultInjection
    /// The machine's own clock; tests move one by hand.
    package let now: @Sendable () -> BootTime

    package init(
        name: String, lease: LeaseTerms = .standard, serveStale: Duration = .zero, faults: FaultInjection = [],
        now: @escaping @Sendable () -> BootTime = { .now }
    ) {
        self.name = name
        self.lease = lease
        self.serveStale = serveStale
        self.faults = faults
        self.now = now
    }
}
