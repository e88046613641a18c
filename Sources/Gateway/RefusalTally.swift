import KeyCore
import Logging
import Synchronization

/// Gathers why keys were refused, so that their owners can look it up a moment later.
///
/// Whoever holds a deleted key can be refused as often as they like: what is kept of it is bounded here and in the
/// store. What has no room is not kept; the answers and the metrics do not depend on it.
package final class RefusalTally: Tally {
    /// Refusals that wait to be written.
    private static let maximumWaiting = 20_000

    package let store: any Store
    private let logger: Logger
    private let gathered = Mutex(Gathered())
    private let isFull = Atomic<Bool>(false)

    private struct Gathered {
        var byKey: [ID<Key>: [KeyRefusal]] = [:]
        var count = 0
        var underWay = 0
    }

    package init(store: any Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Asked before a refusal is put together: a flood of them costs no more than this.
    var hasRoom: Bool { !isFull.load(ordering: .relaxed) }

    func note(_ refusal: KeyRefusal) {
        gathered.withLock { gathered in
            defer { isFull.store(gathered.count >= RefusalTally.maximumWaiting, ordering: .relaxed) }
            var ofKey = gathered.byKey.removeValue(forKey: refusal.key) ?? []
            if ofKey.count == KeyRefusal.kept {
                ofKey.removeFirst()
                gathered.count -= 1
            }
            if gathered.count < RefusalTally.maximumWaiting {
                ofKey.append(refusal)
                gathered.count += 1
            }
            gathered.byKey[refusal.key] = ofKey.isEmpty ? nil : ofKey
        }
    }

    package var waiting: Int { gathered.withLock { $0.count + $0.underWay } }

    package func take() -> [KeyRefusal] {
        gathered.withLock { gathered in
            defer {
                (gathered.byKey, gathered.count) = ([:], 0)
                isFull.store(false, ordering: .relaxed)
            }
            gathered.underWay += gathered.count
            return gathered.byKey.values.flatMap(\.self)
        }
    }

    package func write(_ part: [KeyRefusal], in transaction: any WriteTransaction) throws(StoreError) {
        try transaction.record(part)
    }

    package func wrote(_ count: Int) {
        gathered.withLock { $0.underWay -= count }
    }

    /// They are lost, and said to be.
    package func gaveUp(_ left: [KeyRefusal], _ cause: StoreError) {
        gathered.withLock { $0.underWay -= left.count }
        logger.error(
            "Refusals of keys could not be written; they are lost.",
            metadata: ["refusals": "\(left.count)", "cause": "\(cause)"])
    }
}
