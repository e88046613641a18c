import Foundation
import KeyCore
import Logging
import Synchronization
import Testing

@testable import Gateway
@testable import PostgresStore

/// How long a node lets the database take, by what it has to lose.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct RenewalTests {
    /// As when a network forgets the connections that it had: what is sent on them is never answered.
    @Test func connectionsThatHangDoNotCostTheLease() async throws {
        try await withDatabase { database in
            let log = RecordedLog()
            let terms = NodeTerms(
                name: "test", lease: LeaseTerms(length: .seconds(10), pollInterval: .seconds(5))!, now: { .now })
            let node = try await LeasedNode(database, terms, Logger(label: "test", factory: { _ in log }))
            let running = Task { try await node.follower.run() }
            // What the node hears of when it begins to listen has it read as well.
            _ = await node.store.notificationsArrive()
            try await node.untilRenewed(2)
            let stopped = try database.stopSessions()
            defer { for session in stopped { kill(session, SIGCONT) } }
            // Others may have ended while sessions were being stopped: the one that hangs is what is waited for.
            try await node.until("latchkey_renewals_failed_total", 1)
            try await node.untilRenewed(node.figure("latchkey_renewals_total") + 1)
            #expect(!log.messages.contains { $0.contains("cannot prove") }, "the lease was never lost")
            for session in stopped { kill(session, SIGCONT) }
            running.cancel()
            try await running.value
            node.store.close()
        }
    }

    @Test func databaseMayTakeItsTimeWhereThereIsNoLeaseToLose() async throws {
        try await withDatabase { database in
            let clock = HandBootClock()
            let node = try await LeasedNode(database, clock)
            #expect(node.ledger.limit == LeaseTerms.unhurriedLimit)
            await node.follower.renewInTurn()
            #expect(node.ledger.limit == LeasedNode.terms.renewalLimit)
            clock.advance(by: LeasedNode.terms.length)
            await node.follower.renewInTurn()
            #expect(node.ledger.limit == LeaseTerms.unhurriedLimit)
            node.store.close()
        }
    }

    @Test func nodeThatHasLeftDoesNotComeBack() async throws {
        try await withDatabase { database in
            let node = try await LeasedNode(database, HandBootClock())
            await node.follower.leave()
            let isRenewed = await node.follower.renewInTurn()
            #expect(!isRenewed)
            #expect(node.follower.freshness == .notCurrent)
            #expect(try await node.store.nodes().isEmpty)
            node.store.close()
        }
    }
}

extension LeasedNode {
    fileprivate func untilRenewed(_ times: Double) async throws {
        try await until("latchkey_renewals_total", times)
    }

    fileprivate func until(_ name: String, _ value: Double) async throws {
        while figure(name) < value { try await Task.sleep(for: .milliseconds(5)) }
    }
}

extension TestDatabase {
    /// Stops every session that there is, as its process stands, once it is idle.
    fileprivate func stopSessions() throws -> [pid_t] {
        var awaited = try Set(sessions("pid <> pg_backend_pid()"))
        var stopped: [pid_t] = []
        while !awaited.isEmpty {
            for session in try sessions("state = 'idle'") where awaited.remove(session) != nil {
                kill(session, SIGSTOP)
                stopped.append(session)
            }
            try awaited.formIntersection(sessions("TRUE"))
        }
        return stopped
    }

    private func sessions(_ condition: SQL) throws -> [pid_t] {
        try raw("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND \(condition)").map {
            pid_t($0["pid"] as Int)
        }
    }
}

private final class RecordedLog: LogHandler {
    private let recorded = Mutex<[String]>([])

    var messages: [String] { recorded.withLock(\.self) }

    func log(event: LogEvent) {
        recorded.withLock { $0.append("\(event.message)") }
    }

    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
}
