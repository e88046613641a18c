import KeyCore
import Logging
import ServiceLifecycle

/// Keeps a `GrantIndex` at the store's latest revision, whoever made it: this process, the command line, another one.
///
/// Each verify compares one number in memory with the store's change mark; only when they differ does it wait here
/// for a read. Besides, the service polls, for a change whose maker was killed before it could move the mark.
package actor Follower: Propagation, Service {
    /// Past so many changes, reading everything anew is cheaper than reading each.
    private static let maximumChanges = 10_000
    private static let pollInterval = Duration.seconds(1)

    private let store: any Store
    private let index: GrantIndex
    private let logger: Logger
    private var refreshing: Task<Void, any Error>?

    package init(store: any Store, index: GrantIndex, logger: Logger) {
        self.store = store
        self.index = index
        self.logger = logger
    }

    /// Fills the index. The node is ready only after this.
    package func load() async throws(StoreError) {
        let mark = store.changeMark
        index.load(try await Follower.readEverything(in: store), mark: mark)
    }

    /// Returns once the index holds everything that was acknowledged before the call.
    package func catchUp() async throws {
        let wanted = store.changeMark
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
            try await catchUp()
            // The revision may be one whose maker was stopped before the mark could move.
            while index.revision < revision { try await refreshInTurn() }
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
                try await Task.sleep(for: Follower.pollInterval)
                await self.poll()
            }
        }
    }

    private func poll() async {
        do {
            try await refreshInTurn()
        } catch {
            logger.error("The store does not answer.", metadata: ["cause": "\(error)"])
        }
    }

    private func refresh() async throws {
        let mark = store.changeMark
        let revision = index.revision
        let update = try await store.read { transaction throws(StoreError) -> GrantIndex.Update? in
            switch try transaction.changes(after: revision, limit: Follower.maximumChanges) {
            case .tooMany: return nil
            case .since(let changes, let latest): return try Follower.update(changes, to: latest, in: transaction)
            }
        }
        if let update {
            index.apply(update, mark: mark)
        } else {
            index.load(try await Follower.readEverything(in: store), mark: mark)
        }
    }

    private static func update(
        _ changes: [Change], to revision: Revision, in transaction: any ReadTransaction
    ) throws(StoreError) -> GrantIndex.Update {
        var update = GrantIndex.Update(revision: revision)
        for change in Set(changes) {
            switch change {
            case .key(let id):
                guard let grant = try transaction.grant(id) else { continue }
                update.grants.append(grant)
            case .user(let id):
                guard let owner = try transaction.owner(id) else { continue }
                update.owners.append(owner)
            case .role(let id):
                update.owners += try transaction.owners(with: id)
            case .keysOfUser(let id):
                var grants: [Grant] = []
                try transaction.forEachGrant(of: id) { grants.append($0) }
                update.grants += grants
            }
        }
        return update
    }

    private static func readEverything(in store: any Store) async throws(StoreError) -> GrantIndex.Content {
        try await store.read { transaction throws(StoreError) in
            var content = GrantIndex.Content(revision: try transaction.revision())
            try transaction.forEachOwner { content.set($0) }
            try transaction.forEachGrant(of: nil) { content.set($0) }
            return content
        }
    }
}
