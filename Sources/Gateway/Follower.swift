import KeyCore
import Logging
import ServiceLifecycle

/// Keeps a `GrantIndex` at the store's latest revision, whoever made it, and knows whether the node may say yes.
package protocol Follower: Propagation, Service {
    /// Fills the index. The node is ready only after this.
    func load() async throws(StoreError)

    /// Whether the node knows the latest deletions at this moment. Asked at each verify, after its request was read.
    var freshness: Freshness { get }

    /// As `freshness`, after what can be done about it without letting a request wait for a database that is away.
    func catchUp() async -> Freshness

    /// The node stops: it says yes no more, and nobody has to wait for it.
    func leave() async

    /// The time since the index was last known to hold every change that had been acknowledged; `nil` if it never was.
    var lag: Duration? { get }

    /// What `/metrics` tells of it besides.
    var metrics: [Metric] { get }
}

extension Following {
    /// Who follows a store of this kind.
    package func follower(
        of store: any Store, index: GrantIndex, terms: NodeTerms, logger: Logger
    ) -> any Follower {
        switch self {
        case .mark(let mark): MarkFollower(store: store, mark: mark, index: index, logger: logger, now: terms.now)
        case .leases(let ledger):
            LeaseFollower(store: store, ledger: ledger, index: index, terms: terms, logger: logger)
        }
    }
}
