import KeyCore
import Testing

@testable import Gateway

/// The rows of dead nodes go, and no others: on a real database, by a clock that the test moves.
@Suite(.timeLimit(.minutes(5)))
struct ReaperTests {
    private static let lease = Duration.seconds(2)

    @Test func rowGoesWhenItsLeaseIsSurelyOverAndNotAMomentBefore() async throws {
        try await withReaper { reaper, ledger, clock in
            _ = try await ledger.register(name: "dead", lease: ReaperTests.lease)
            await reaper.reap()
            clock.advance(by: LeaseTerms.surelyOver(ReaperTests.lease) - .nanoseconds(1))
            await reaper.reap()
            #expect(try await ledger.nodes().count == 1)
            clock.advance(by: .nanoseconds(1))
            await reaper.reap()
            #expect(try await ledger.nodes().isEmpty)
        }
    }

    @Test func rowOfANodeThatRenewedIsKept() async throws {
        try await withReaper { reaper, ledger, clock in
            let alive = try await ledger.register(name: "alive", lease: ReaperTests.lease)
            for _ in 1...12 {
                await reaper.reap()
                let renewed = try await ledger.renew(alive) { _ throws(StoreError) in true }
                #expect(renewed == true)
                clock.advance(by: LeaseTerms.surelyOver(ReaperTests.lease))
            }
            await reaper.reap()
            #expect(try await ledger.nodes().map(\.id) == [alive])
        }
    }

    /// A renewal may have been under way while the rows were read.
    @Test func leaseIsCountedFromAfterItsRowWasRead() async throws {
        try await withReaper { reaper, ledger, clock in
            _ = try await ledger.register(name: "dead", lease: ReaperTests.lease)
            ledger.whileAsking { clock.advance(by: .seconds(1)) }
            await reaper.reap()
            ledger.whileAsking {}
            clock.advance(by: LeaseTerms.surelyOver(ReaperTests.lease) - .nanoseconds(1))
            await reaper.reap()
            #expect(try await ledger.nodes().count == 1)
        }
    }

    @Test func eachRowHasTheTimeOfItsOwnLease() async throws {
        try await withReaper { reaper, ledger, clock in
            _ = try await ledger.register(name: "short", lease: ReaperTests.lease)
            let long = try await ledger.register(name: "long", lease: LeaseTerms.lengths.upperBound)
            await reaper.reap()
            clock.advance(by: LeaseTerms.surelyOver(ReaperTests.lease))
            await reaper.reap()
            #expect(try await ledger.nodes().map(\.id) == [long])
            clock.advance(by: LeaseTerms.surelyOver(LeaseTerms.lengths.upperBound))
            await reaper.reap()
            #expect(try await ledger.nodes().isEmpty)
        }
    }

    private func withReaper(
        _ body: (inout Reaper, SlowLedger, HandBootClock) async throws -> Void
    ) async throws {
        try await withDatabase { database in
            let (store, clock) = (try database.open(), HandBootClock())
            defer { store.close() }
            let ledger = SlowLedger(store)
            var reaper = Reaper(ledger: ledger, now: { clock.now })
            try await body(&reaper, ledger, clock)
        }
    }
}
