import KeyCore
import Logging
import ServiceLifecycle
import Synchronization

/// Gathers when keys were used and writes it in batches: a verify costs no database write, and "last used" is never
/// more than about a second behind. What is gathered when the process ends in order is written then.
package final class UsageTally: Service {
    private static let interval = Duration.seconds(1)
    /// Keys in one transaction: writers take turns, and what gathers while the database is away must not keep them
    /// waiting.
    private static let maximumBatch = 2_000

    private let store: any Store
    private let logger: Logger
    /// Bounded by the number of keys: each has one entry at most.
    private let uses = Mutex<[ID<Key>: Timestamp]>([:])

    package init(store: any Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    package func note(_ key: ID<Key>, at moment: Timestamp) {
        uses.withLock { $0[key] = moment }
    }

    package var waiting: Int { uses.withLock(\.count) }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await Task.sleep(for: UsageTally.interval)
                await self.flush()
            }
        }
        await flush()
    }

    /// Writes what was gathered; what cannot be written is kept for the next time.
    package func flush() async {
        let batch = uses.withLock { uses in
            defer { uses = [:] }
            return uses
        }
        var left = batch[...]
        while !left.isEmpty {
            let part = Dictionary(uniqueKeysWithValues: left.prefix(UsageTally.maximumBatch).map { ($0.key, $0.value) })
            do {
                try await store.write { transaction throws(StoreError) in try transaction.recordUses(part) }
            } catch {
                uses.withLock { uses in for (key, moment) in left { uses[key] = max(uses[key] ?? moment, moment) } }
                logger.error("Last uses could not be written; they are kept.", metadata: ["cause": "\(error)"])
                return
            }
            left = left.dropFirst(UsageTally.maximumBatch)
        }
    }
}
