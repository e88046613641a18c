import KeyCore
import Logging
import PostgresStore
import Synchronization

@testable import Gateway

/// A node on a real database, with an index and a lease of its own. It renews when a test says so.
struct LeasedNode: Sendable {
    let store: PostgresStore
    let ledger: SlowLedger
    let index = GrantIndex()
    let follower: LeaseFollower

    /// The standard lease, with all the time for a renewal that a busy machine may need.
    static let terms = LeaseTerms(length: LeaseTerms.standard.length, pollInterval: LeaseTerms.shortestPoll)!

    init(_ database: TestDatabase, _ clock: HandBootClock, serveStale: Duration = .zero) async throws {
        try await self.init(
            database,
            NodeTerms(name: "test", lease: LeasedNode.terms, serveStale: serveStale, now: { clock.now }),
            Logger(label: "test"))
    }

    init(_ database: TestDatabase, _ terms: NodeTerms, _ logger: Logger) async throws {
        store = try database.open()
        ledger = SlowLedger(store)
        follower = LeaseFollower(store: store, ledger: ledger, index: index, terms: terms, logger: logger)
        try await follower.load()
    }

    func figure(_ name: String) -> Double {
        follower.metrics.first { $0.name == name }?.samples.first?.value ?? .nan
    }
}

/// A ledger in whose renewals and readings time passes.
final class SlowLedger: NodeLedger {
    private let ledger: any NodeLedger
    private let happening = Mutex<@Sendable () -> Void>({})
    private let lastLimit = Mutex(Duration.zero)

    /// How long the last renewal was allowed to take.
    var limit: Duration { lastLimit.withLock(\.self) }

    init(_ ledger: any NodeLedger) {
        self.ledger = ledger
    }

    func whileAsking(_ happens: @escaping @Sendable () -> Void) {
        happening.withLock { $0 = happens }
    }

    func renew<Value: Sendable>(
        _ id: ID<NodeRecord>, within limit: Duration,
        _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value? {
        lastLimit.withLock { $0 = limit }
        let value = try await ledger.renew(id, within: limit, body)
        happening.withLock(\.self)()
        return value
    }

    func look<Value: Sendable>(
        within limit: Duration, _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        try await ledger.look(within: limit, body)
    }

    func register(name: String, lease: Duration) async throws(StoreError) -> ID<NodeRecord> {
        try await ledger.register(name: name, lease: lease)
    }
    func acknowledge(
        _ id: ID<NodeRecord>, _ revision: Revision, within limit: Duration
    ) async throws(StoreError) {
        try await ledger.acknowledge(id, revision, within: limit)
    }
    func nodes() async throws(StoreError) -> [NodeRecord] {
        let rows = try await ledger.nodes()
        happening.withLock(\.self)()
        return rows
    }
    func remove(_ id: ID<NodeRecord>, ifStillAt renewals: Int64) async throws(StoreError) -> Bool {
        try await ledger.remove(id, ifStillAt: renewals)
    }
    func unregister(_ id: ID<NodeRecord>) async throws(StoreError) { try await ledger.unregister(id) }
    func pruneChanges() async throws(StoreError) { try await ledger.pruneChanges() }
    func notifications() -> AsyncStream<Void> { ledger.notifications() }
}

/// A machine's own clock that only a test moves.
final class HandBootClock: Sendable {
    private let moment = Mutex(BootTime(nanoseconds: 1_000_000_000_000))

    var now: BootTime { moment.withLock(\.self) }

    func advance(by interval: Duration) {
        moment.withLock { $0 = $0 + interval }
    }

    /// Moves the clock on, a little each time, until a change is answered.
    func advancing(until follower: LeaseFollower, hasSettled revision: Revision) async -> Settlement {
        let isSettled = Atomic<Bool>(false)
        async let settlement = {
            defer { isSettled.store(true, ordering: .releasing) }
            return await follower.settle(revision)
        }()
        while !isSettled.load(ordering: .acquiring) {
            advance(by: .microseconds(10))
            await Task.yield()
        }
        return await settlement
    }
}

extension PostgresStore {
    func noteSomething() async throws -> Revision {
        try await write { transaction throws(StoreError) in try transaction.note([.key(.random())]) }
    }
}
