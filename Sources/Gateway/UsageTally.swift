import KeyCore
import Logging
import Synchronization

/// Gathers when keys were used, so that "last used" is never more than about a second behind.
package final class UsageTally: Tally {
    package let store: any Store
    private let logger: Logger
    /// Bounded by the number of keys: each has one entry at most.
    private let gathered = Mutex(Gathered())

    package struct Use: Sendable {
        let key: ID<Key>
        let moment: Timestamp
    }

    private struct Gathered {
        var uses: [ID<Key>: Timestamp] = [:]
        var underWay = 0
    }

    package init(store: any Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    package func note(_ key: ID<Key>, at moment: Timestamp) {
        gathered.withLock { $0.uses[key] = moment }
    }

    package var waiting: Int { gathered.withLock { $0.uses.count + $0.underWay } }

    package func take() -> [Use] {
        let uses = gathered.withLock { gathered in
            defer { gathered.uses = [:] }
            gathered.underWay += gathered.uses.count
            return gathered.uses
        }
        return uses.map { Use(key: $0.key, moment: $0.value) }
    }

    package func write(_ part: [Use], in transaction: any WriteTransaction) throws(StoreError) {
        try transaction.recordUses(Dictionary(uniqueKeysWithValues: part.map { ($0.key, $0.moment) }))
    }

    package func wrote(_ count: Int) {
        gathered.withLock { $0.underWay -= count }
    }

    /// They are kept for the next time; newer ones stay.
    package func gaveUp(_ left: [Use], _ cause: StoreError) {
        gathered.withLock { gathered in
            gathered.underWay -= left.count
            for use in left { gathered.uses[use.key] = max(gathered.uses[use.key] ?? use.moment, use.moment) }
        }
        logger.error(
            "Last uses could not be written; they are kept.",
            metadata: ["uses": "\(left.count)", "cause": "\(cause)"])
    }
}
