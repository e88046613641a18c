import KeyCore
import Testing

@testable import Gateway
@testable import PostgresStore

/// Nodes on one real database, each with an index and a lease of its own. None renews by itself: a test says when, and
/// moves the one clock by hand.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct LeaseFollowerTests {
    @Test func nodeSaysYesUntilItsLeaseEndsAndNotAMomentLonger() async throws {
        try await withNodes(1) { nodes, clock in
            #expect(nodes[0].follower.freshness == .current)
            clock.advance(by: LeaseTerms.standard.length - .nanoseconds(1))
            #expect(nodes[0].follower.freshness == .current)
            clock.advance(by: .nanoseconds(1))
            #expect(nodes[0].follower.freshness == .notCurrent)
            await nodes[0].follower.renewInTurn()
            #expect(nodes[0].follower.freshness == .current)
        }
    }

    @Test func leaseIsCountedFromBeforeTheReadThatProvedIt() async throws {
        try await withNodes(1) { nodes, clock in
            // The renewal itself takes one and a half seconds of the node's clock: half a second is left.
            nodes[0].ledger.whileAsking { clock.advance(by: .milliseconds(1500)) }
            await nodes[0].follower.renewInTurn()
            clock.advance(by: .milliseconds(499))
            #expect(nodes[0].follower.freshness == .current)
            clock.advance(by: .milliseconds(1))
            #expect(nodes[0].follower.freshness == .notCurrent)
        }
    }

    @Test func changeIsAnsweredByTheLeaseOfANodeThatDoesNotAnswer() async throws {
        try await withNodes(2) { nodes, clock in
            let revision = try await nodes[0].store.noteSomething()
            let settlement = await clock.advancing(until: nodes[0].follower, hasSettled: revision)
            #expect(settlement.acknowledged == 1 && settlement.fenced == 1)
            #expect(nodes[1].follower.freshness == .notCurrent)
            // Its row is gone: the next change waits for nobody.
            let next = try await nodes[0].store.noteSomething()
            let second = await nodes[0].follower.settle(next)
            #expect(second.acknowledged == 1 && second.fenced == 0)
        }
    }

    /// The removal is done all the same, so that the next change waits for nobody.
    @Test func answerDoesNotWaitForARemovalThatHangs() async throws {
        try await withDatabase { database in
            let clock = HandBootClock()
            let nodes = [try await LeasedNode(database, clock), try await LeasedNode(database, clock)]
            let revision = try await nodes[0].store.noteSomething()
            await nodes[0].follower.catchUpInTurn()
            let lock = try database.connect()
            try lock.begin("BEGIN; LOCK TABLE nodes IN SHARE MODE")
            let settlement = await clock.advancing(until: nodes[0].follower, hasSettled: revision)
            #expect(settlement.acknowledged == 1 && settlement.fenced == 1)
            while try database.number(LeaseFollowerTests.waitingForRows) != 1 {
                try await Task.sleep(for: .milliseconds(5))
            }
            lock.rollback()
            while try await nodes[0].store.nodes().count > 1 { try await Task.sleep(for: .milliseconds(5)) }
            for node in nodes { node.store.close() }
        }
    }

    private static let waitingForRows: SQL = """
        SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
        WHERE datname = current_database() AND NOT granted AND relation = 'nodes'::regclass
        """

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
            #expect(nodes[1].follower.freshness == .current)
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
            #expect(node.follower.freshness == .current)
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
            #expect(node.follower.freshness == .stale(.seconds(3)))
            clock.advance(by: .seconds(59))
            #expect(node.follower.freshness == .notCurrent)
            node.store.close()
        }
    }

    @Test func nodeThatStopsIsWaitedForByNobody() async throws {
        try await withNodes(2) { nodes, _ in
            await nodes[1].follower.leave()
            #expect(nodes[1].follower.freshness == .notCurrent)
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
