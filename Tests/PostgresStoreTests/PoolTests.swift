import Dispatch
import KeyCore
import Testing

@testable import PostgresStore

@Suite(.timeLimit(.minutes(5)))
struct PoolTests {
    @Test func whoFindsAllConnectionsBusyForTooLongIsTold() async throws {
        try await withDatabase { database in
            let pool = try pool(database, connections: 1, patience: .milliseconds(50))
            let end = DispatchSemaphore(value: 0)
            let held = Task { try await pool.hold(until: end) }
            try await database.untilSomebodyIsIdleInATransaction()
            let error = await #expect(throws: StoreError.self) { try await pool.answer() }
            #expect(error == .unavailable("all connections are busy"))
            end.signal()
            try await held.value
            #expect(try await pool.answer() == 42)
        }
    }

    @Test func whoWaitsIsServedInTurnWithNoMoreConnectionsThanAllowed() async throws {
        try await withDatabase { database in
            let pool = try pool(database, connections: 3, patience: .seconds(60))
            let answers = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 1...200 { group.addTask { try await pool.answer() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers == Array(repeating: 42, count: 200))
            let sessions = try database.number(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
            #expect(sessions == 3)
            pool.close()
        }
    }

    @Test func whatWaitsIsBoundedInNumber() async throws {
        try await withDatabase { database in
            let pool = try pool(database, connections: 1, patience: .seconds(60))
            let end = DispatchSemaphore(value: 0)
            let held = Task { try await pool.hold(until: end) }
            try await database.untilSomebodyIsIdleInATransaction()
            let refused = await withTaskGroup(of: Bool.self) { group in
                for _ in 0...Pool.Limit.waiting { group.addTask { (try? await pool.answer()) == nil } }
                // The first to end is the one too many; then the others get their turn.
                let first = await group.next()
                end.signal()
                return await group.reduce(into: [first ?? false]) { $0.append($1) }
            }
            #expect(refused.first == true)
            #expect(refused.dropFirst().allSatisfy { !$0 })
            try await held.value
        }
    }

    /// When people's work has taken every other connection, and others wait for them.
    @Test func renewingAndAskingForNodesNeedNoneOfTheConnectionsForWork() async throws {
        try await withDatabase { database in
            let store = try database.open(connections: 4)
            let end = DispatchSemaphore(value: 0)
            let held = [store.readers, store.writers].map { pool in Task { try await pool.hold(until: end) } }
            try await database.untilSomebodyIsIdleInATransaction(2)
            let waiting = Task { try await store.revision() }
            let node = try await store.register(name: "a", lease: .seconds(2))
            let renewed = try await store.renew(node) { _ throws(StoreError) in true }
            #expect(renewed == true)
            #expect(try await store.nodes().map(\.lastRenewal) != [0])
            for _ in held { end.signal() }
            for task in held { try await task.value }
            #expect(try await waiting.value == .zero)
            store.close()
        }
    }

    @Test func whileTheDatabaseIsAwayOneAttemptIsMadeAndTheOthersAreRefusedAtOnce() async throws {
        let peer = try DeafPeer()
        let url = "postgres://127.0.0.1:\(peer.port)/keys?connect_timeout=3600"
        let pool = Pool(Server(address: try Address(url: url), warn: { _ in }), connections: 4)
        let first = await #expect(throws: StoreError.self) { try await pool.answer() }
        guard case .unavailable(let cause) = first else { throw TestFailure("\(String(describing: first))") }
        #expect(cause.contains("closed the connection"))
        // The next attempt is made when the pause is over, and stays without an answer: migrating waits long for one.
        let next = Task { while peer.connections < 2 { _ = try? await pool.answer(.migrating) } }
        while peer.connections < 2 { try await Task.sleep(for: .milliseconds(1)) }
        for _ in 1...200 {
            let error = await #expect(throws: StoreError.self) { try await pool.answer() }
            #expect(error == .unavailable(cause))
        }
        #expect(peer.connections == 2)
        peer.close()
        await next.value
    }

    @Test func closedPoolRefusesAndLetsGoOfItsConnections() async throws {
        try await withDatabase { database in
            let pool = try pool(database, connections: 2, patience: .seconds(60))
            let end = DispatchSemaphore(value: 0)
            let held = Task { try await pool.hold(until: end) }
            try await database.untilSomebodyIsIdleInATransaction()
            #expect(try await pool.answer() == 42)
            pool.close()
            let error = await #expect(throws: StoreError.self) { try await pool.answer() }
            #expect(error == .unavailable("the store is closed"))
            // The idle one goes at once, the other when it is given back.
            try await database.untilSessions(are: 1)
            end.signal()
            try await held.value
            try await database.untilSessions(are: 0)
        }
    }

    private func pool(_ database: TestDatabase, connections: Int, patience: Duration) throws -> Pool {
        let server = Server(address: try Address(url: database.url), warn: { _ in })
        return Pool(server, connections: connections, patience: patience)
    }
}

extension Pool {
    fileprivate func answer(_ mode: TransactionMode = .reading) async throws(StoreError) -> Int64 {
        try await transaction(mode, platform: .smartPlayer) { transaction throws(StoreError) in
            try transaction.number("SELECT 42::bigint")
        }
    }

    /// Keeps a connection for itself, in a transaction.
    fileprivate func hold(until end: DispatchSemaphore) async throws(StoreError) {
        try await transaction(.reading, platform: .smartPlayer) { _ throws(StoreError) in end.wait() }
    }
}

extension TestDatabase {
    /// But for the one that asks.
    fileprivate func untilSessions(are count: Int) async throws {
        while try number(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ) != count {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    func untilSomebodyIsIdleInATransaction(_ count: Int = 1) async throws {
        while try number(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'"
        ) != count {
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
