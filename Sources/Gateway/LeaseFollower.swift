import KeyCore
import Logging
import ServiceLifecycle

/// Follows a database that nodes on several machines share: the node's half of the protocol.
///
/// A renewal notes the clock, and in one transaction finds the node's own row, marks it as renewed and reads what
/// changed; once that is in the index, the node may say yes until the note plus the lease. Between renewals, a
/// notification makes it read changes at once; that only brings news sooner and lengthens no lease. When it finds its
/// row gone, it says yes no more, registers anew, and reads after that.
package actor LeaseFollower: Follower {
    private static let upkeepInterval = Duration.seconds(5)

    private let store: any Store
    private let ledger: any NodeLedger
    private let index: GrantIndex
    private let terms: NodeTerms
    private let logger: Logger
    private let barrier: LeaseBarrier
    private let lease = Lease()
    private let counts = FollowingCounts()

    private var id: ID<NodeRecord>?
    /// What the node's row says that it has applied.
    private var acknowledged = Revision.zero
    private var waitingCatchUp: Task<Void, Never>?
    private var isWorking = false
    private var turns: [CheckedContinuation<Void, Never>] = []
    private var isCurrentInLog = true
    private var hasLeft = false

    package init(
        store: any Store, ledger: any NodeLedger, index: GrantIndex, terms: NodeTerms, logger: Logger
    ) {
        self.store = store
        self.ledger = ledger
        self.index = index
        self.terms = terms
        self.logger = logger
        barrier = LeaseBarrier(ledger: ledger, logger: logger, now: terms.now)
    }
}

// MARK: - What verifying asks

extension LeaseFollower {
    nonisolated package var freshness: Freshness {
        guard index.isLoaded else { return .notCurrent }
        if !terms.faults.isDisjoint(with: [.noLeaseCheck, .noPoll]) { return .current }
        let now = terms.now()
        if lease.holds(at: now) { return .current }
        guard terms.serveStale > .zero, let age = lease.age(at: now),
            age < terms.lease.length + terms.serveStale
        else { return .notCurrent }
        return .stale(age)
    }

    /// A lease comes from a renewal, and those go on by themselves: there is nothing for a request to wait for.
    nonisolated package func catchUp() async -> Freshness { freshness }

    nonisolated package var lag: Duration? { lease.age(at: terms.now()) }

    nonisolated package var metrics: [Metric] {
        counts.metrics(leaseRemaining: lease.remaining(at: terms.now()))
    }
}

// MARK: - Following

extension LeaseFollower {
    /// Reads everything before the node is in the list: while that takes its time, no delete waits for it.
    package func load() async throws(StoreError) {
        try await readEverything()
        try await takingTurns { () throws(StoreError) in try await renew() }
    }

    package func settle(_ revision: Revision) async -> Settlement {
        // Our own index beside the barrier: a node that is busy loading everything holds up no answer longer than
        // any other node would.
        if index.revision != revision { Task { await self.catchUpInTurn() } }
        if terms.faults.contains(.noBarrier) { return Settlement(acknowledged: 1, fenced: 0, waited: .zero) }
        return await barrier.settle(revision)
    }

    package func run() async throws {
        let following = Task {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.followNotifications() }
                guard !self.terms.faults.contains(.noPoll) else { return }
                group.addTask { await self.keepLease() }
                group.addTask { await self.keepTablesSmall() }
            }
        }
        try? await gracefulShutdown()
        following.cancel()
        // First, since what is left of the following may hang.
        await leave()
        await following.value
    }

    private func followNotifications() async {
        for await _ in ledger.notifications() { await catchUpInTurn() }
    }

    /// Renews until the task is cancelled, each interval counted from the beginning of the last renewal.
    private func keepLease() async {
        while !Task.isCancelled {
            let began = ContinuousClock.now
            let succeeded = await renewInTurn()
            let next =
                succeeded ? began + terms.lease.pollInterval : .now + terms.lease.retryPause.jittered
            try? await Task.sleep(until: next, clock: .continuous)
        }
    }

    /// Every node does it, each at its own pace; none has to.
    private func keepTablesSmall() async {
        var reaper = Reaper(ledger: ledger, now: terms.now)
        while !Task.isCancelled {
            await reaper.reap()
            try? await ledger.pruneChanges()
            try? await Task.sleep(for: LeaseFollower.upkeepInterval * Double.random(in: 0.8...1.2))
        }
    }

    /// - Returns: whether the node holds a new lease.
    @discardableResult
    func renewInTurn() async -> Bool {
        do {
            try await takingTurns { () throws(StoreError) in try await renew() }
            tell(isCurrent: true)
            return true
        } catch {
            counts.failures.add(1, ordering: .relaxed)
            tell(isCurrent: lease.holds(at: terms.now()), cause: error)
            return false
        }
    }

    /// Reads what changed, without renewing; what fails is left to the next renewal. Whoever comes while one waits for
    /// its turn shares it: it has not read yet. So a thousand deletes at once are a few reads.
    func catchUpInTurn() async {
        if let waitingCatchUp { return await waitingCatchUp.value }
        let catchUp = Task<Void, Never> {
            try? await self.takingTurns { () throws(StoreError) in
                self.waitingCatchUp = nil
                try await self.readChanges()
            }
        }
        waitingCatchUp = catchUp
        await catchUp.value
    }

    /// - Returns: whether the index has them; everything is to be read anew where it has not.
    @discardableResult
    private func readChanges() async throws(StoreError) -> Bool {
        let (known, keys) = (index.revision, index.count)
        let update = try await ledger.look(within: limit) { transaction throws(StoreError) in
            try GrantIndex.Update.since(known, .whileCheaper(thanKeys: keys), in: transaction)
        }
        guard let update else { return false }
        index.apply(update)
        try await acknowledge()
        return true
    }

    private func renew() async throws(StoreError) {
        while true {
            guard !hasLeft else { throw .unavailable("this node is ending") }
            let id = try await registered()
            let noted = terms.now()
            let known = index.revision
            let renewal = try await ledger.renew(id, within: limit) { transaction throws(StoreError) in
                try GrantIndex.Update.since(known, .little, in: transaction)
            }
            switch renewal {
            case .some(.some(let update)):
                index.apply(update)
                lease.renew(from: noted, for: terms.lease.length)
                counts.renewals.add(1, ordering: .relaxed)
                return try await acknowledge()
            case .some(.none):
                // More than a renewal has time for is read before the next one.
                if try await readChanges() { continue }
                // Too far behind to catch up, or in a history that this database does not have. Out of the list while
                // everything is read, so that no delete waits.
                lease.giveUp()
                self.id = nil
                try await ledger.unregister(id)
                try await readEverything()
            case .none:
                lease.giveUp()
                self.id = nil
                counts.fenced.add(1, ordering: .relaxed)
                logger.warning("This node was fenced: others waited for it in vain. It begins anew.")
            }
        }
    }

    /// How long the database may take for an answer. Everything here takes its turn: whatever hangs, holds up renewals.
    private var limit: Duration {
        lease.holds(at: terms.now()) ? terms.lease.renewalLimit : LeaseTerms.unhurriedLimit
    }

    private func registered() async throws(StoreError) -> ID<NodeRecord> {
        if let id { return id }
        let new = try await ledger.register(name: terms.name, lease: terms.lease.length)
        acknowledged = .zero
        id = new
        return new
    }

    private func acknowledge() async throws(StoreError) {
        let revision = index.revision
        guard let id, revision != acknowledged else { return }
        try await ledger.acknowledge(id, revision, within: limit)
        acknowledged = revision
    }

    private func readEverything() async throws(StoreError) {
        index.load(
            try await store.read { transaction throws(StoreError) in try GrantIndex.Content.whole(of: transaction) })
    }

    /// A renewal that is under way ends before.
    package func leave() async {
        hasLeft = true
        lease.giveUp()
        try? await takingTurns { () throws(StoreError) in
            lease.giveUp()
            guard let id else { return }
            self.id = nil
            try await ledger.unregister(id)
        }
    }

    /// One read at a time: an older one never overwrites a newer one. In the order of arrival.
    private func takingTurns(
        _ body: () async throws(StoreError) -> Void
    ) async throws(StoreError) {
        if isWorking { await withCheckedContinuation { turns.append($0) } }
        isWorking = true
        defer {
            if turns.isEmpty { isWorking = false } else { turns.removeFirst().resume() }
        }
        try await body()
    }

    /// Says once when the node can no longer answer, and once when it can again.
    private func tell(isCurrent: Bool, cause: StoreError? = nil) {
        guard isCurrent != isCurrentInLog else { return }
        isCurrentInLog = isCurrent
        if isCurrent {
            logger.notice("This node is current again.")
        } else {
            logger.error(
                "This node cannot prove that it is current, and says so to whoever verifies.",
                metadata: ["cause": cause.map { "\($0)" } ?? ""])
        }
    }
}

extension Duration {
    /// Half to one and a half times as long, so that nodes that lost the database together do not return together.
    fileprivate var jittered: Duration { self * Double.random(in: 0.5...1.5) }
}
