import Dispatch
import KeyCore
import Synchronization
import Testing

@testable import PostgresStore

/// What stands behind "a delete that was answered is refused everywhere".
@Suite(.timeLimit(.minutes(5)))
struct NodeLedgerTests {
    @Test func nodeIsRegisteredAsItIsAndHasRenewedNothing() async throws {
        try await withStore { _, store in
            let id = try await store.register(name: "host-1:77", lease: .milliseconds(1500))
            let expected = NodeRecord(
                id: id, name: "host-1:77", lease: .milliseconds(1500), lastRenewal: 0, applied: .zero)
            #expect(try await store.nodes() == [expected])
            try await store.unregister(id)
            #expect(try await store.nodes().isEmpty)
        }
    }

    @Test func renewalThatBeginsAfterACommitSeesIt() async throws {
        try await withStore { _, store in
            let id = try await store.register(name: "a", lease: .seconds(2))
            for _ in 1...20 {
                let committed = try await store.write { transaction throws(StoreError) in
                    try transaction.note([.key(.random())])
                }
                let seen = try await store.renew(id) { transaction throws(StoreError) in try transaction.revision() }
                #expect(seen == committed)
            }
        }
    }

    /// A count would: a renewal that was seen, and lost in a failover, would let the next one show the same.
    @Test func noRenewalShowsWhatAnotherHasShown() async throws {
        try await withStore { database, store in
            let id = try await store.register(name: "a", lease: .seconds(2))
            var shown: Set<Int64> = [0]
            for number in 1...20 {
                let renewed = try await store.renew(id) { _ throws(StoreError) in true }
                #expect(renewed == true)
                try shown.formUnion(await store.nodes().map(\.lastRenewal))
                #expect(shown.count == number + 1)
                try database.raw("UPDATE nodes SET renewals = 0")
            }
        }
    }

    /// Whoever reads the counter of a renewal that has read no more than this knows that it read no more than this.
    @Test func renewalReadsOneSnapshotFromWhenItsCounterWasRaised() async throws {
        try await withStore { database, store in
            let id = try await store.register(name: "a", lease: .seconds(2))
            let seen = try await store.renew(id) { transaction throws(StoreError) in
                let before = try transaction.revision()
                _ = try? database.raw("UPDATE revision SET number = number + 1")
                return [before, try transaction.revision()]
            }
            #expect(seen == [.zero, .zero])
            #expect(try await store.revision().number == 1)
        }
    }

    @Test func renewalOfARowThatIsGoneDoesNotRunItsBody() async throws {
        try await withStore { _, store in
            let id = try await store.register(name: "a", lease: .seconds(2))
            try await store.remove(id, ifStillAt: 0)
            let runs = Atomic(0)
            let seen = try await store.renew(id) { _ throws(StoreError) in runs.add(1, ordering: .relaxed).newValue }
            #expect(seen == nil)
            #expect(runs.load(ordering: .relaxed) == 0)
        }
    }

    @Test func renewalWhoseBodyFailsDoesNotCount() async throws {
        try await withStore { _, store in
            let id = try await store.register(name: "a", lease: .seconds(2))
            let error = await #expect(throws: StoreError.self) {
                try await store.renew(id) { _ throws(StoreError) in throw .unavailable("no") }
            }
            #expect(error == .unavailable("no"))
            #expect(try await store.nodes().map(\.lastRenewal) == [0])
        }
    }

    @Test func renewalThatMeetsARemovalFindsTheRowGone() async throws {
        try await withStore { database, store in
            let id = try await store.register(name: "a", lease: .seconds(2))
            let deleter = try database.connect()
            try deleter.begin("BEGIN")
            _ = try deleter.run("DELETE FROM nodes WHERE id = \(id)")
            async let renewed = store.renew(id) { _ throws(StoreError) in true }
            try await database.untilSomebodyWaits()
            try deleter.commit()
            #expect(try await renewed == nil)
        }
    }

    @Test func rowIsRemovedOnlyIfNobodyHasRenewedItSinceItWasRead() async throws {
        try await withStore { _, store in
            let id = try await store.register(name: "a", lease: .seconds(2))
            _ = try await store.renew(id) { _ throws(StoreError) in true }
            let early = try await store.remove(id, ifStillAt: 0)
            #expect(!early)
            let row = try #require(try await store.nodes().first)
            let inTime = try await store.remove(id, ifStillAt: row.lastRenewal)
            #expect(inTime)
            let again = try await store.remove(id, ifStillAt: row.lastRenewal)
            #expect(!again)
        }
    }

    /// A node that is stopped in the middle of renewing must not hold up those who would fence it.
    @Test func removingDoesNotWaitForARenewalUnderWay() async throws {
        try await withStore { _, store in
            let id = try await store.register(name: "a", lease: .seconds(2))
            let (began, begin) = AsyncStream.makeStream(of: Void.self)
            let end = DispatchSemaphore(value: 0)
            async let renewal = store.renew(id) { _ throws(StoreError) in
                begin.finish()
                end.wait()
                return true
            }
            for await _ in began {}
            let removed = try await store.remove(id, ifStillAt: 0)
            #expect(!removed)
            end.signal()
            #expect(try await renewal == true)
            #expect(try await store.nodes().map(\.lastRenewal) != [0])
        }
    }

    /// And says so while whoever waits still listens, so that the connection is kept.
    @Test func serverGivesUpARenewalBeforeItsLimit() async throws {
        try await withStore { _, store in
            let id = try await store.register(name: "a", lease: .seconds(2))
            let limits = { @Sendable (transaction: any ReadTransaction) throws(StoreError) -> [String] in
                let row = try (transaction as? PostgresTransaction)?.row(
                    "SELECT current_setting('statement_timeout') AS a, current_setting('lock_timeout') AS b")
                return row.map { [$0["a"], $0["b"]] } ?? []
            }
            #expect(try await store.renew(id, within: .seconds(10), limits) == ["8s", "8s"])
            #expect(try await store.look(within: .seconds(5), limits) == ["4s", "4s"])
        }
    }

    @Test func renewalThatMeetsALockForTooLongFailsAndTheNextSucceeds() async throws {
        try await withStore { database, store in
            let id = try await store.register(name: "a", lease: .seconds(2))
            let holder = try database.connect()
            try holder.begin("BEGIN")
            _ = try holder.run("SELECT FROM nodes WHERE id = \(id) FOR UPDATE")
            let stuck = await #expect(throws: StoreError.self) {
                try await store.renew(id, within: .milliseconds(250)) { _ throws(StoreError) in true }
            }
            #expect(stuck.map { "\($0)".contains("55P03") || "\($0)".contains("57014") } == true, "by the server")
            holder.rollback()
            #expect(try await store.renew(id) { _ throws(StoreError) in true } == true)
        }
    }

    @Test func acknowledgmentNeverGoesBack() async throws {
        try await withStore { database, store in
            let id = try await store.register(name: "a", lease: .seconds(2))
            try database.raw(
                "INSERT INTO changes SELECT number, 0, 'key', number FROM generate_series(1, 7) AS r (number)")
            for (number, expected) in [(3, 3), (2, 3), (7, 7)] as [(Int64, Int64)] {
                try await store.acknowledge(id, Revision(number: number))
                #expect(try await store.nodes().map(\.applied) == [expected])
            }
        }
    }

    @Test(arguments: [
        // Revision, what the nodes have applied, and the oldest change that is left.
        (130_000, [129_999, 130_000], 30_001), (130_000, [10_000, 130_000], 10_001), (130_000, [], 30_001),
        (310_000, [0], 10_001), (90_000, [90_000], 1),
    ])
    func pruningKeepsWhatANodeMayNeedWithinALimit(_ revision: Int, _ applied: [Int], _ oldest: Int) async throws {
        try await withStore { database, store in
            try database.raw("UPDATE revision SET number = \(revision)")
            try database.raw(
                "INSERT INTO changes SELECT number, 0, 'key', number FROM generate_series(1, \(revision)) AS r (number)"
            )
            for applied in applied {
                let id = try await store.register(name: "a", lease: .seconds(2))
                try await store.acknowledge(id, Revision(number: Int64(applied)))
            }
            try await store.pruneChanges()
            let left = try database.number("SELECT min(revision) FROM changes")
            #expect(left == oldest)
            #expect(try database.number("SELECT count(*) FROM changes") == revision - oldest + 1)
        }
    }

    private func withStore(_ body: (TestDatabase, PostgresStore) async throws -> Void) async throws {
        try await withDatabase { database in
            let store = try database.open()
            defer { store.close() }
            try await body(database, store)
        }
    }
}

extension TestDatabase {
    /// Until a session on this database waits for a row that another one has locked.
    func untilSomebodyWaits() async throws {
        let waiting: SQL =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'transactionid'"
        while try number(waiting) == 0 {
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
