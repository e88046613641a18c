import KeyCore
import Logging
import ServiceLifecycle
import Synchronization

/// Gathers why keys were refused and writes it in batches, so that their owners can look it up a moment later.
///
/// Whoever holds a deleted key can be refused as often as they like: what is kept of it is bounded here and in the
/// store. What has no room is not kept; the answers and the metrics do not depend on it.
package final class RefusalTally: Service {
    private static let interval = Duration.seconds(1)
    /// Keys with refusals to write; of each, the last few.
    private static let maximumKeys = 10_000

    private let store: any Store
    private let logger: Logger
    private let refusals = Mutex<[ID<Key>: [KeyRefusal]]>([:])

    package init(store: any Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    func note(_ refusal: KeyRefusal) {
        refusals.withLock { refusals in
            guard refusals[refusal.key] != nil || refusals.count < RefusalTally.maximumKeys else { return }
            var ofKey = refusals.removeValue(forKey: refusal.key) ?? []
            if ofKey.count == KeyRefusal.kept { ofKey.removeFirst() }
            ofKey.append(refusal)
            refusals[refusal.key] = ofKey
        }
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await Task.sleep(for: RefusalTally.interval)
                await self.flush()
            }
        }
        await flush()
    }

    /// Writes what was gathered; what cannot be written is lost and said to be.
    package func flush() async {
        let batch = refusals.withLock { refusals in
            defer { refusals = [:] }
            return refusals.values.flatMap(\.self)
        }
        guard !batch.isEmpty else { return }
        do {
            try await store.write { transaction throws(StoreError) in try transaction.record(batch) }
        } catch {
            logger.error("Refusals of keys could not be written.", metadata: ["cause": "\(error)"])
        }
    }
}
