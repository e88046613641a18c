import KeyCore
import Testing

struct BarrierTests {
    private let revision = Revision(number: 7)
    private let noted = BootTime(nanoseconds: 1_000_000_000)
    private let lease = Duration.seconds(2)

    // MARK: - What it does not wait for

    @Test func whereNoNodeIsThereNobodyIsWaitedFor() {
        let barrier = Barrier(revision, rows: [], noted: noted)
        #expect(barrier.isSettled)
        #expect(barrier.acknowledged == 0)
        #expect(barrier.fenced == 0)
        #expect(barrier.nextEnd == nil)
    }

    @Test(arguments: [7, 8, 1_000])
    func nodeWhoseRowShowsTheRevisionAlreadyHasAcknowledged(_ applied: Int64) {
        let barrier = Barrier(revision, rows: [row(1, applied: applied)], noted: noted)
        #expect(barrier.isSettled)
        #expect(barrier.acknowledged == 1)
        #expect(barrier.fenced == 0)
    }

    @Test func nodeThatRegistersLaterIsNotWaitedFor() {
        var barrier = Barrier(revision, rows: [row(1, applied: 6)], noted: noted)
        barrier.see([row(1, applied: 7), row(2, applied: 0)])
        #expect(barrier.isSettled)
        #expect(barrier.acknowledged == 1)
    }

    // MARK: - What settles it

    @Test(arguments: [0, 6])
    func nodeThatIsBehindIsWaitedForUntilItsRowShowsTheRevision(_ applied: Int64) {
        var barrier = Barrier(revision, rows: [row(1, applied: applied)], noted: noted)
        barrier.see([row(1, applied: 6)])
        #expect(!barrier.isSettled)
        barrier.see([row(1, applied: 7)])
        #expect(barrier.isSettled)
        #expect(barrier.acknowledged == 1)
        #expect(barrier.fenced == 0)
    }

    @Test func nodeWhoseRowIsGoneIsWaitedForNoLonger() {
        var barrier = Barrier(revision, rows: [row(1, applied: 6)], noted: noted)
        barrier.see([])
        #expect(barrier.isSettled)
        #expect(barrier.acknowledged == 0)
        #expect(barrier.fenced == 1)
    }

    @Test func everyNodeIsWaitedFor() {
        var barrier = Barrier(revision, rows: (1...3).map { row($0, applied: 6) }, noted: noted)
        barrier.see([row(1, applied: 7), row(2, applied: 6), row(3, applied: 6)])
        #expect(!barrier.isSettled)
        barrier.see([row(1, applied: 7), row(2, applied: 7)])
        #expect(barrier.isSettled)
        #expect(barrier.acknowledged == 2)
        #expect(barrier.fenced == 1)
    }

    @Test func nodeThatRenewedButSaysNothingIsStillWaitedFor() {
        var barrier = Barrier(revision, rows: [row(1, applied: 6)], noted: noted)
        barrier.see([row(1, applied: 6, renewals: 6)])
        #expect(!barrier.isSettled)
    }

    @Test func nodeThatWasDoneWithIsCountedOnce() {
        var barrier = Barrier(revision, rows: [row(1, applied: 6), row(2, applied: 6)], noted: noted)
        barrier.see([row(1, applied: 7), row(2, applied: 6)])
        barrier.see([row(1, applied: 8), row(2, applied: 6)])
        barrier.see([row(2, applied: 6)])
        #expect(barrier.acknowledged == 1)
        #expect(barrier.fenced == 0)
        #expect(barrier.pass(noted + .seconds(60)).map(\.node) == [ID(rawValue: 2)])
        #expect(barrier.acknowledged == 1)
        #expect(barrier.fenced == 1)
    }

    // MARK: - When leases have run out

    @Test func nodeIsFencedNoEarlierThanALeaseAndItsMarginAfterTheNote() {
        var barrier = Barrier(revision, rows: [row(1, applied: 6)], noted: noted)
        let end = noted + LeaseTerms.surelyOver(lease)
        #expect(barrier.nextEnd == end)
        #expect(barrier.pass(noted + lease).isEmpty)
        #expect(barrier.pass(BootTime(nanoseconds: end.nanoseconds - 1)).isEmpty)
        #expect(!barrier.isSettled)
        #expect(barrier.pass(end) == [fence(1, renewals: 5)])
        #expect(barrier.isSettled)
        #expect(barrier.fenced == 1)
    }

    @Test func fenceHoldsTheCounterThatWasReadFirst() {
        var barrier = Barrier(revision, rows: [row(1, applied: 6, renewals: 5)], noted: noted)
        barrier.see([row(1, applied: 6, renewals: 9)])
        #expect(barrier.pass(noted + .seconds(60)) == [fence(1, renewals: 5)])
    }

    @Test func renewingDoesNotLengthenTheWait() {
        var barrier = Barrier(revision, rows: [row(1, applied: 6)], noted: noted)
        let end = barrier.nextEnd
        barrier.see([row(1, applied: 6, renewals: 6)])
        #expect(barrier.nextEnd == end)
    }

    @Test func nodeIsFencedOnce() {
        var barrier = Barrier(revision, rows: [row(1, applied: 6)], noted: noted)
        #expect(barrier.pass(noted + .seconds(60)).count == 1)
        #expect(barrier.pass(noted + .seconds(60)).isEmpty)
        #expect(barrier.fenced == 1)
    }

    @Test func nodeThatAcknowledgedIsNotFenced() {
        var barrier = Barrier(revision, rows: [row(1, applied: 6)], noted: noted)
        barrier.see([row(1, applied: 7)])
        #expect(barrier.pass(noted + .seconds(60)).isEmpty)
        #expect(barrier.fenced == 0)
    }

    @Test func eachNodeIsWaitedForAsLongAsItsOwnLease() {
        let rows = [row(1, applied: 6, lease: .seconds(1)), row(2, applied: 6, lease: .seconds(10))]
        var barrier = Barrier(revision, rows: rows, noted: noted)
        #expect(barrier.nextEnd == noted + LeaseTerms.surelyOver(.seconds(1)))
        #expect(barrier.pass(noted + .seconds(2)) == [fence(1, renewals: 5)])
        #expect(!barrier.isSettled)
        #expect(barrier.nextEnd == noted + LeaseTerms.surelyOver(.seconds(10)))
        #expect(barrier.pass(noted + .seconds(11)) == [fence(2, renewals: 5)])
        #expect(barrier.isSettled)
    }

    // MARK: -

    private func row(
        _ id: Int64, applied: Int64, renewals: Int64 = 5, lease: Duration = .seconds(2)
    ) -> NodeRecord {
        NodeRecord(
            id: ID(rawValue: id), name: "node", lease: lease, lastRenewal: renewals, applied: applied)
    }

    /// As a barrier of that row alone hands it out: only barriers make fences.
    private func fence(_ id: Int64, renewals: Int64) -> Barrier.Fence? {
        var barrier = Barrier(revision, rows: [row(id, applied: 0, renewals: renewals)], noted: noted)
        let fences = barrier.pass(noted + .seconds(60))
        return fences.first { $0.node == ID(rawValue: id) && $0.lastRenewal == renewals }
    }
}
