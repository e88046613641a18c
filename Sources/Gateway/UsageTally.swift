import KeyCore
import Logging
import Synchronization

/// Writes how keys were used, so that "last used" is a second or two behind, and more only where thousands of keys are
/// in use at once. The index holds what is not written yet: where a key is found it is also noted.
package final class UsageTally: Tally {
    package let store: any Store
    private let index: GrantIndex
    private let logger: Logger
    private let underWay = Atomic<Int>(0)

    package struct Use: Sendable {
        let key: ID<Key>
        let use: KeyUse
    }

    package init(index: GrantIndex, store: any Store, logger: Logger) {
        self.index = index
        self.store = store
        self.logger = logger
    }

    package var waiting: Int { index.waitingUses + underWay.load(ordering: .relaxed) }

    package func take() -> [Use] {
        // In the order of the table: each part then touches a few of its pages, and not all of them.
        let uses = index.takeUses().map { Use(key: $0.key, use: $0.value) }
            .sorted { $0.key.rawValue < $1.key.rawValue }
        underWay.add(uses.count, ordering: .relaxed)
        return uses
    }

    package func write(_ part: [Use], in transaction: any WriteTransaction) throws(StoreError) {
        try transaction.recordUses(Dictionary(uniqueKeysWithValues: part.map { ($0.key, $0.use) }))
    }

    package func wrote(_ count: Int) {
        underWay.subtract(count, ordering: .relaxed)
    }

    /// They are kept for the next time; newer ones stay.
    package func gaveUp(_ left: [Use], _ cause: StoreError) {
        index.keepUses(left.map { (key: $0.key, use: $0.use) })
        underWay.subtract(left.count, ordering: .relaxed)
        logger.error(
            "Uses of keys could not be written; they are kept.",
            metadata: ["uses": "\(left.count)", "cause": "\(cause)"])
    }
}
