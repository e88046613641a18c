import Gateway
import KeyCore
import Synchronization

/// How current a node is while it is asked.
enum NodeKnowledge: Int {
    case current
    /// Until the first request that waits for it.
    case behind
    case notCurrent
    case stale
}

/// Follows nothing: how current the node is, the fuzzer chooses.
final class ChosenFollower: Follower {
    private let knowledge = Atomic<Int>(NodeKnowledge.current.rawValue)

    func set(_ new: NodeKnowledge) { knowledge.store(new.rawValue, ordering: .releasing) }

    var freshness: Freshness {
        switch NodeKnowledge(rawValue: knowledge.load(ordering: .acquiring)) {
        case .current: .current
        case .stale: .stale(.seconds(3))
        default: .notCurrent
        }
    }

    func catchUp() async -> Freshness {
        _ = knowledge.compareExchange(
            expected: NodeKnowledge.behind.rawValue, desired: NodeKnowledge.current.rawValue,
            ordering: .acquiringAndReleasing)
        return freshness
    }

    func load() {}
    func leave() {}
    func run() {}
    func settle(_ revision: Revision) -> Settlement { Settlement(acknowledged: 1, fenced: 0, waited: .zero) }
    var lag: Duration? { nil }
    var metrics: [Metric] { [] }
}

/// Nothing is written: what would be is compared.
struct NoStore: Store {
    private static let error = StoreError.unavailable("Nothing is kept.")

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) throws(StoreError) -> Value { throw NoStore.error }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws(StoreError) -> Value
    ) throws(StoreError) -> Value { throw NoStore.error }

    var following: Following { .mark { 0 } }
    func close() {}
}
