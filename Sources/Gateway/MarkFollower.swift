import KeyCore
import Logging
import ServiceLifecycle
import Synchronization

/// Follows a store whose processes share a mark in memory: a single file, one machine.
///
/// Each verify compares one number in memory with the mark; only when they differ does it wait here for a read, so
/// that it knows what another process deleted before that process answered. Besides, the service polls, for a change
/// whose maker was killed before it could move the mark.
package actor MarkFollower: Follower {
    private static let pollInterval = Duration.seconds(1)

    private let store: any Store
    private let mark: @Sendable () -> UInt64
    private let index: GrantIndex
    private let logger: Logger
    private let now: @Sendable () -> BootTime
    /// When the last read began that brought the index up to date; zero before the first.
    private let lastRead = Atomic<Int64>(0)
    private var refreshing: Task<Void, any Error>?

    package init(
        store: any Store, mark: @escaping @Sendable () -> UInt64, index: GrantIndex, logger: Logger,
        now: @escaping @Sendable () -> BootTime = { .now }
    ) {
        self.store = store
        self.mark = mark
        self.index = index
        self.logger = logger
        self.now = now
    }

    package func load() async throws(StoreError) {
        let (mark, began) = (mark(), now())
        let content = try await store.read { transaction throws(StoreError) in
            try GrantIndex.Content.whole(of: transaction)
        }
        index.load(content, mark: mark)
        lastRead.store(began.nanoseconds, ordering: .relaxed)
    }

    nonisolated package var freshness: Freshness { index.isCurrent(at: mark()) ? .current : .notCurrent }

    /// The mark tells at once; only where it is ahead, the time since the last read does.
    nonisolated package var lag: Duration? {
        guard freshness != .current else { return .zero }
        let began = lastRead.load(ordering: .relaxed)
        return began == 0 ? nil : now() - BootTime(nanoseconds: began)
    }

    nonisolated package var metrics: [Metric] { [] }

    /// Nobody waits for a node that shares the mark.
    package func leave() {}

    package func catchUp() async -> Freshness {
        guard freshness != .current else { return .current }
        do {
            try await reachMark()
            return .current
        } catch {
            return .notCurrent
        }
    }

    /// Returns once the index holds everything that was acknowledged before the call.
    private func reachMark() async throws {
        let wanted = mark()
        // The refresh that is under way may have read before our change was committed: then once more.
        while !index.isCurrent(at: wanted) { try await refreshInTurn() }
    }

    /// One refresh at a time: an older read never overwrites a newer one.
    private func refreshInTurn() async throws {
        if let refreshing { return try await refreshing.value }
        let refresh = Task {
            // Cleared by the refresh itself: whoever waits for it must never find a finished one here.
            defer { self.refreshing = nil }
            try await self.refresh()
        }
        refreshing = refresh
        try await refresh.value
    }

    package func settle(_ revision: Revision) async -> Settlement {
        let clock = ContinuousClock()
        let start = clock.now
        do {
            try await reachMark()
            // The revision may be one whose maker was stopped before the mark could move.
            while index.revision.number < revision.number { try await refreshInTurn() }
            return Settlement(acknowledged: 1, fenced: 0, waited: clock.now - start)
        } catch {
            // The index is behind the mark, so verifying says `not_current` until a read succeeds: nobody says yes.
            logger.error("The index cannot be brought up to date.", metadata: ["cause": "\(error)"])
            return Settlement(acknowledged: 0, fenced: 1, waited: clock.now - start)
        }
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await Task.sleep(for: MarkFollower.pollInterval)
                await self.poll()
            }
        }
    }

    private func poll() async {
        do {
            try await refreshInTurn()
        } catch {
            logger.error("The index cannot be brought up to date.", metadata: ["cause": "\(error)"])
        }
    }

    private func refresh() async throws {
        let (mark, began) = (mark(), now())
        let (revision, keys) = (index.revision, index.count)
        let update = try await store.read { transaction throws(StoreError) in
            try GrantIndex.Update.since(revision, .whileCheaper(thanKeys: keys), in: transaction)
        }
        if let update {
            index.apply(update, mark: mark)
            lastRead.store(began.nanoseconds, ordering: .relaxed)
        } else {
            try await load()
        }
    }
}
