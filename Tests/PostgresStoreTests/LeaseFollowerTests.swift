import KeyCore
import Logging
import PostgresStore
import Synchronization
import Testing

@testable import Gateway

/// Nodes on one real database, each with an index and a lease of its own. None renews by itself: a test says when, and
/// moves the one clock by hand.
@Suite(.serialized)
struct LeaseFollowerTests {
    @Test func nodeSaysYesUntilItsLeaseEndsAndNotAMomentLonger() async throws {
        try await withNodes(1) { nodes, clock in
            #expect(nodes[0].follower.currency == .current)
            clock.advance(by: LeaseTerms.standard.length - .nanoseconds(1))
            #expect(nodes[0].follower.currency == .current)
            clock.advance(by: .nanoseconds(1))
            #expect(nodes[0].follower.currency == .notCurrent)
            await nodes[0].follower.renewInTurn()
            #expect(nodes[0].follower.currency == .current)
        }
    }

    @Test func leaseIsCountedFromBeforeTheReadThatProvedIt() async throws {
        try await withNodes(1) { nodes, clock in
            // The renewal itself takes one and a half seconds of the node's clock: half a second is left.
            nodes[0].ledger.whileRenewing { clock.advance(by: .milliseconds(1500)) }
            await nodes[0].follower.renewInTurn()
            clock.advance(by: .milliseconds(499))
            #expect(nodes[0].follower.currency == .current)
            clock.advance(by: .milliseconds(1))
            #expect(nodes[0].follower.currency == .notCurrent)
        }
    }

    @Test func changeIsAnsweredByTheLeaseOfANodeThatDoesNotAnswer() async throws {
        try await withNodes(2) { nodes, clock in
            let revision = try await nodes[0].store.noteSomething()
            let settlement = await clock.advancing(until: nodes[0].follower, hasSettled: revision)
            #expect(settlement.acknowledged == 1 && settlement.fenced == 1)
            #expect(nodes[1].follower.currency == .notCurrent)
            // Its row is gone: the next change waits for nobody.
            let next = try await nodes[0].store.noteSomething()
            let second = await nodes[0].follower.settle(next)
            #expect(second.acknowledged == 1 && second.fenced == 0)
        }
    }

    @Test func nodeThatHasCaughtUpIsNotWaitedFor() async throws {
        try await withNodes(3) { nodes, _ in
            let revision = try await nodes[0].store.noteSomething()
            for node in nodes[1...] { await node.follower.catchUpInTurn() }
            let settlement = await nodes[0].follower.settle(revision)
            #expect(settlement.acknowledged == 3 && settlement.fenced == 0)
        }
    }

    @Test func fencedNodeRegistersAnewAndKnowsWhatItMissed() async throws {
        try await withNodes(2) { nodes, clock in
            let revision = try await nodes[0].store.noteSomething()
            _ = await clock.advancing(until: nodes[0].follower, hasSettled: revision)
            await nodes[1].follower.renewInTurn()
            #expect(nodes[1].follower.currency == .current)
            #expect(nodes[1].index.revision == revision)
            await nodes[0].follower.renewInTurn()
            let next = try await nodes[0].store.noteSomething()
            await nodes[1].follower.catchUpInTurn()
            #expect(await nodes[0].follower.settle(next).acknowledged == 2)
        }
    }

    @Test func nodeThatFellTooFarBehindLoadsEverything() async throws {
        try await withDatabase { database in
            let clock = HandBootClock()
            let node = try await LeasedNode(database, clock)
            let revision = try await node.store.noteSomething()
            try database.raw("DELETE FROM changes")
            try database.raw("UPDATE revision SET number = number + 1, stamp = 7")
            await node.follower.renewInTurn()
            #expect(node.index.revision == Revision(number: revision.number + 1, stamp: 7))
            #expect(node.follower.currency == .current)
            node.store.close()
        }
    }

    /// A standby without the latest change took over, and gave its number out again.
    @Test func numberThatWasGivenOutTwiceIsNotTakenForTheSameRevision() async throws {
        try await withDatabase { database in
            let clock = HandBootClock()
            let node = try await LeasedNode(database, clock)
            let known = try await node.store.noteSomething()
            await node.follower.catchUpInTurn()
            #expect(node.index.revision == known)
            try database.raw("DELETE FROM changes")
            try database.raw("UPDATE revision SET number = 0, stamp = 0")
            try database.raw("UPDATE nodes SET applied = 0")
            let again = try await node.store.noteSomething()
            #expect(again.number == known.number && again != known)
            // What was applied in the other history is no acknowledgment in this one.
            let id = try #require(try await node.store.nodes().first?.id)
            try await node.store.acknowledge(id, known)
            #expect(try await node.store.nodes().map(\.applied) == [0])
            await node.follower.renewInTurn()
            #expect(node.index.revision == again)
            #expect(try await node.store.nodes().map(\.applied) == [again.number])
            node.store.close()
        }
    }

    @Test func nodeServesStaleOnlyForAsLongAsItWasTold() async throws {
        try await withDatabase { database in
            let clock = HandBootClock()
            let node = try await LeasedNode(database, clock, serveStale: .seconds(60))
            clock.advance(by: .seconds(3))
            #expect(node.follower.currency == .stale(.seconds(3)))
            clock.advance(by: .seconds(59))
            #expect(node.follower.currency == .notCurrent)
            node.store.close()
        }
    }

    @Test func nodeThatStopsIsWaitedForByNobody() async throws {
        try await withNodes(2) { nodes, _ in
            await nodes[1].follower.leave()
            #expect(nodes[1].follower.currency == .notCurrent)
            let revision = try await nodes[0].store.noteSomething()
            let settlement = await nodes[0].follower.settle(revision)
            #expect(settlement.acknowledged == 1 && settlement.fenced == 0)
        }
    }

    private func withNodes(
        _ count: Int, _ body: ([LeasedNode], HandBootClock) async throws -> Void
    ) async throws {
        try await withDatabase { database in
            let clock = HandBootClock()
            var nodes: [LeasedNode] = []
            for _ in 0..<count { nodes.append(try await LeasedNode(database, clock)) }
            try await body(nodes, clock)
            for node in nodes { node.store.close() }
        }
    }
}

private struct LeasedNode: Sendable {
    let store: PostgresStore
    let ledger: SlowLedger
    let index = GrantIndex()
    let follower: LeaseFollower

    init(_ database: TestDatabase, _ clock: HandBootClock, serveStale: Duration = .zero) async throws {
        store = try database.open()
        ledger = SlowLedger(store)
        follower = LeaseFollower(
            store: store, ledger: ledger, index: index,
            terms: NodeTerms(name: "test", serveStale: serveStale, now: { clock.now }), logger: Logger(label: "test"))
        try await follower.load()
    }
}

/// A ledger in whose renewals time passes.
private final class SlowLedger: NodeLedger {
    private let ledger: any NodeLedger
    private let happening = Mutex<@Sendable () -> Void>({})

    init(_ ledger: any NodeLedger) {
        self.ledger = ledger
    }

    func whileRenewing(_ happens: @escaping @Sendable () -> Void) {
        happening.withLock { $0 = happens }
    }

    func renew<Value: Sendable>(
        _ id: ID<NodeRecord>, _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value? {
        let value = try await ledger.renew(id, body)
        happening.withLock(\.self)()
        return value
    }

    func look<Value: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        try await ledger.look(body)
    }

    func register(name: String, lease: Duration) async throws(StoreError) -> ID<NodeRecord> {
        try await ledger.register(name: name, lease: lease)
    }
    func acknowledge(_ id: ID<NodeRecord>, _ revision: Revision) async throws(StoreError) {
        try await ledger.acknowledge(id, revision)
    }
    func nodes() async throws(StoreError) -> [NodeRecord] { try await ledger.nodes() }
    func remove(_ id: ID<NodeRecord>, ifStillAt renewals: Int64) async throws(StoreError) -> Bool {
        try await ledger.remove(id, ifStillAt: renewals)
    }
    func unregister(_ id: ID<NodeRecord>) async throws(StoreError) { try await ledger.unregister(id) }
    func pruneChanges() async throws(StoreError) { try await ledger.pruneChanges() }
    func wakes() -> AsyncStream<Void> { ledger.wakes() }
}

/// A machine's own clock that only a test moves.
private final class HandBootClock: Sendable {
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
    fileprivate func noteSomething() async throws -> Revision {
        try await write { transaction throws(StoreError) in try transaction.note([.key(.random())]) }
    }
}
