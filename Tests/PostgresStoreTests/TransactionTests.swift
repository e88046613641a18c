import Foundation
import KeyCore
import Synchronization
import Testing

@testable import PostgresStore

/// What becomes of a transaction that something comes in the way of.
@Suite(.timeLimit(.minutes(5)))
struct TransactionTests {
    @Test func whoLosesAgainstAnotherRunsAgain() async throws {
        try await withCounter { database, store in
            let other = try database.connect()
            let runs = Atomic(0)
            let seen = try await store.renewals.transaction(.renewing(within: .seconds(20)), platform: .smartPlayer) {
                transaction throws(StoreError) in
                let before = try transaction.number("SELECT value FROM counter")
                if runs.add(1, ordering: .relaxed).newValue == 1 { raw(other, "UPDATE counter SET value = 10") }
                try transaction.execute("UPDATE counter SET value = value + 1")
                return before
            }
            #expect(runs.load(ordering: .relaxed) == 2)
            #expect(seen == 10)
            let value = try database.number("SELECT value FROM counter")
            #expect(value == 11)
        }
    }

    @Test func whoLosesAgainAndAgainIsToldSoInTheEnd() async throws {
        try await withCounter { database, store in
            let other = try database.connect()
            let runs = Atomic(0)
            let outcome: Result<Void, StoreError>
            do throws(StoreError) {
                try await store.renewals.transaction(.renewing(within: .seconds(20)), platform: .smartPlayer) {
                    transaction throws(StoreError) in
                    _ = try transaction.number("SELECT value FROM counter")
                    runs.add(1, ordering: .relaxed)
                    raw(other, "UPDATE counter SET value = value + 10")
                    try transaction.execute("UPDATE counter SET value = value + 1")
                }
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            if case .failure(.unavailable) = outcome {} else { Issue.record("\(outcome)") }
            #expect(runs.load(ordering: .relaxed) == Pool.Limit.attempts)
            let value = try database.number("SELECT value FROM counter")
            #expect(value == 10 * Pool.Limit.attempts, "nothing of the loser's was kept")
        }
    }

    @Test func whoIsChosenToEndADeadlockRunsAgain() async throws {
        try await withCounter { database, store in
            let other = try database.connect()
            // PostgreSQL ends that which has waited for longer than its deadlock_timeout: ours, after one second.
            _ = try other.run(script: "SET deadlock_timeout = '1h'; BEGIN; LOCK TABLE latchkey_schema")
            let runs = Atomic(0)
            try await store.writers.transaction(.writing, platform: .smartPlayer) { transaction throws(StoreError) in
                if runs.add(1, ordering: .relaxed).newValue == 1 {
                    try transaction.execute("UPDATE counter SET value = value + 1")
                    Thread.detachNewThread {
                        raw(other, "UPDATE counter SET value = 10")
                        raw(other, "COMMIT")
                    }
                    try transaction.waitUntilSomebodyWaits()
                }
                try transaction.execute("LOCK TABLE latchkey_schema")
            }
            #expect(runs.load(ordering: .relaxed) == 2)
            let value = try database.number("SELECT value FROM counter")
            #expect(value == 10)
        }
    }

    @Test func connectionThatBreaksBeforeTheCommitIsReplacedAndTheBodyRunsAgain() async throws {
        try await withCounter { database, store in
            let runs = Atomic(0)
            try await store.writers.transaction(.writing, platform: .smartPlayer) { transaction throws(StoreError) in
                try transaction.execute("UPDATE counter SET value = value + 1")
                guard runs.add(1, ordering: .relaxed).newValue == 1 else { return }
                let backend = try transaction.number("SELECT pg_backend_pid()::bigint")
                _ = try? database.raw("SELECT pg_terminate_backend(\(backend)::int)")
                try transaction.execute("UPDATE counter SET value = value + 1")
            }
            #expect(runs.load(ordering: .relaxed) == 2)
            let value = try database.number("SELECT value FROM counter")
            #expect(value == 1)
        }
    }

    @Test func commitWithoutAnAnswerIsNotRunAgainAndSaysThatItMayHaveHappened() async throws {
        try await withCounter { database, store in
            let runs = Atomic(0)
            let stopped = Mutex<pid_t?>(nil)
            let error = await #expect(throws: StoreError.self) {
                try await store.renewals.transaction(.renewing(within: .seconds(20)), platform: .smartPlayer) {
                    transaction throws(StoreError) in
                    runs.add(1, ordering: .relaxed)
                    try transaction.execute("UPDATE counter SET value = value + 1")
                    let backend = pid_t(try transaction.number("SELECT pg_backend_pid()::bigint"))
                    stopped.withLock { $0 = backend }
                    kill(backend, SIGSTOP)
                }
            }
            if let backend = stopped.withLock(\.self) { kill(backend, SIGCONT) }
            #expect(runs.load(ordering: .relaxed) == 1)
            guard case .unavailable(let cause) = error else { throw TestFailure("\(String(describing: error))") }
            #expect(cause.contains("unknown"))
            // The next transaction has a connection that answers.
            #expect(try await store.revision() == .zero)
        }
    }

    @Test func serverThatStopsAnsweringIsNotWaitedForWithoutEnd() async throws {
        try await withCounter { database, store in
            let stopped = Mutex<pid_t?>(nil)
            let error = await #expect(throws: StoreError.self) {
                try await store.renewals.transaction(.renewing(within: .seconds(20)), platform: .smartPlayer) {
                    transaction throws(StoreError) in
                    let backend = pid_t(try transaction.number("SELECT pg_backend_pid()::bigint"))
                    stopped.withLock { $0 = backend }
                    kill(backend, SIGSTOP)
                    try transaction.execute("UPDATE counter SET value = value + 1")
                }
            }
            if let backend = stopped.withLock(\.self) { kill(backend, SIGCONT) }
            guard case .unavailable(let cause) = error else { throw TestFailure("\(String(describing: error))") }
            #expect(cause.contains("has not answered"))
        }
    }

    @Test func statementThatTakesTooLongIsEndedByTheServer() async throws {
        try await withCounter { database, store in
            let error = await #expect(throws: StoreError.self) {
                try await store.renewals.transaction(.renewing(within: .seconds(20)), platform: .smartPlayer) {
                    transaction throws(StoreError) in
                    try transaction.execute("SELECT pg_sleep(3600)")
                }
            }
            #expect(error == .unavailable("PostgreSQL 57014: canceling statement due to statement timeout"))
        }
    }

    /// With a million keys it takes longer than anything else that is written.
    @Test func deletingAllKeysOfSomebodyHasLongerThanOtherWrites() async throws {
        try await withCounter { _, store in
            let limits: @Sendable (PostgresTransaction) throws(StoreError) -> [String] = {
                transaction throws(StoreError) in
                let names = ["statement_timeout", "idle_in_transaction_session_timeout"]
                return try transaction.rows("SELECT current_setting(name) AS value FROM unnest(\(names)) AS n (name)")
                    .map { $0["value"] } + ["\(transaction.connection.patience)"]
            }
            for _ in 1...2 {
                let (before, after) = try await store.writers.transaction(.writing, platform: .smartPlayer) {
                    transaction throws(StoreError) in
                    let before = try limits(transaction)
                    _ = try transaction.deleteAllKeys(of: .random(), at: Timestamp(milliseconds: 0))
                    return (before, try limits(transaction))
                }
                #expect(before == ["5s", "2s", "6.0 seconds"])
                #expect(after == ["2min", "2min", "121.0 seconds"])
            }
        }
    }

    @Test func writersTurnThatSomebodyKeepsIsNotWaitedForWithoutEnd() async throws {
        try await withCounter { database, store in
            let other = try database.connect()
            _ = try other.run("SELECT pg_advisory_lock(\(TransactionMode.writersTurn))")
            let error = await #expect(throws: StoreError.self) {
                try await store.write { transaction throws(StoreError) in try transaction.note([.key(.random())]) }
            }
            #expect(error == .unavailable("PostgreSQL 55P03: canceling statement due to lock timeout"))
            // Reading and renewing need no turn.
            #expect(try await store.revision() == .zero)
            let node = try await store.register(name: "a", lease: .seconds(2))
            let revision = try await store.renew(node) { transaction throws(StoreError) in try transaction.revision() }
            #expect(revision == .zero)
        }
    }

    /// What a process held that was stopped or cut off in the middle of writing is free again soon.
    @Test func writerThatGoesQuietLosesItsTurn() async throws {
        try await withCounter { database, store in
            let quiet = try database.connect()
            try quiet.begin(TransactionMode.writing.script)
            _ = try quiet.run("UPDATE counter SET value = 10")
            _ = try await store.write { transaction throws(StoreError) in try transaction.note([.key(.random())]) }
            let value = try database.number("SELECT value FROM counter")
            #expect(value == 0)
        }
    }

    @Test func bodyThatDoesNotSayThatAStatementHasFailedIsRolledBackAllTheSame() async throws {
        try await withCounter { database, store in
            let error = await #expect(throws: StoreError.self) {
                try await store.writers.transaction(.writing, platform: .smartPlayer) {
                    transaction throws(StoreError) in
                    try transaction.execute("UPDATE counter SET value = 10")
                    _ = try? transaction.execute("INSERT INTO latchkey_schema (only_row, version) VALUES (1, 9)")
                }
            }
            #expect(error == .duplicate(.other("latchkey_schema_pkey")))
            let value = try database.number("SELECT value FROM counter")
            #expect(value == 0)
        }
    }

    @Test func commitOutlivesACrashOfTheServerAndTheStoreFindsItAgain() async throws {
        try await withServer { server in
            let store = try PostgresStore.open(url: server.url, platform: .smartPlayer)
            let revision = try await store.write { transaction throws(StoreError) in
                try transaction.note([.key(.random())])
            }
            server.crash()
            await #expect(throws: StoreError.self) { try await store.revision() }
            try await blocking { try server.start() }
            #expect(try await eventually { try await store.revision() } == revision)
            let next = try await store.write { transaction throws(StoreError) in
                try transaction.note([.key(.random())])
            }
            #expect(next.number == revision.number + 1)
            store.close()
        }
    }
}

/// A database with a table of one number, and a store that is closed at the end.
func withCounter(_ body: (TestDatabase, PostgresStore) async throws -> Void) async throws {
    try await withDatabase { database in
        let store = try database.open()
        defer { store.close() }
        try database.raw("CREATE TABLE counter AS SELECT 0::bigint AS value")
        try await body(database, store)
    }
}

extension PostgresStore {
    func revision() async throws(StoreError) -> Revision {
        try await read { transaction throws(StoreError) in try transaction.revision() }
    }
}

extension PostgresTransaction {
    /// Until another session waits for a lock of ours.
    fileprivate func waitUntilSomebodyWaits() throws(StoreError) {
        let waiting: SQL =
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
        while try number(waiting) == 0 { usleep(5_000) }
    }
}

/// Runs a statement that is not expected to fail.
private func raw(_ connection: Connection, _ sql: SQL) {
    do {
        _ = try connection.run(sql)
    } catch {
        Issue.record(error)
    }
}

/// Asks until there is an answer. The test's own time limit ends it otherwise.
func eventually<Value>(_ body: () async throws -> Value) async throws -> Value {
    while true {
        do {
            return try await body()
        } catch {
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
