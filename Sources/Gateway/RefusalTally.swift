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
    /// Refusals that wait to be written.
    private static let maximumWaiting = 20_000

    private let store: any Store
    private let logger: Logger
    private let refusals = Mutex(Waiting())

    private struct Waiting {
        var byKey: [ID<Key>: [KeyRefusal]] = [:]
        var count = 0
    }

    package init(store: any Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    func note(_ refusal: KeyRefusal) {
        refusals.withLock { waiting in
            var ofKey = waiting.byKey.removeValue(forKey: refusal.key) ?? []
            if ofKey.count == KeyRefusal.kept {
                ofKey.removeFirst()
                waiting.count -= 1
            }
            if waiting.count < RefusalTally.maximumWaiting {
                ofKey.append(refusal)
                waiting.count += 1
            }
            waiting.byKey[refusal.key] = ofKey.isEmpty ? nil : ofKey
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
        let batch = refusals.withLock { waiting in
            defer { waiting = Waiting() }
            return waiting.byKey.values.flatMap(\.self)
        }
        guard !batch.isEmpty else { return }
        do {
            try await store.write { transaction throws(StoreError) in try transaction.record(batch) }
        } catch {
            logger.error("Refusals of keys could not be written.", metadata: ["cause": "\(error)"])
        }
    }
}
