import KeyCore

/// The real `Barrier`, asked about one row. Answers are kept: there are few questions, and the model asks each often.
final class BarrierVerdicts {
    struct Verdict {
        /// The row as it is now shows that nobody has to wait for it.
        let isSettledByLooking: Bool
        /// Nobody has to wait for it any more, since the time is over.
        let isSettledByPassing: Bool
        /// The row as it is to be removed, if it is.
        let removes: Mark
    }

    private var verdicts: [Int: Verdict] = [:]

    /// Far from the beginning of the clock: who counts from there instead of from the note is noticed.
    private static let noted = BootTime(nanoseconds: 1_000_000_000_000)
    private static let lease = Duration.seconds(10)
    private static let node = ID<NodeRecord>(rawValue: 1)
    private static let another = ID<NodeRecord>(rawValue: 2)

    func isSettledAtOnce(_ revision: UInt8, by row: Row) -> Bool {
        let record = BarrierVerdicts.record(Int64(row.counter), applied: row.applied)
        return Barrier(Revision(number: Int64(revision)), rows: [record], noted: BarrierVerdicts.noted).isSettled
    }

    /// - Parameter elapsed: ticks since the note, each as long as the deleter's clock may show for a node's tick.
    func verdict(_ revision: UInt8, read mark: Mark, now row: Row, elapsed: UInt8, lease: UInt8) -> Verdict {
        let counters = Int(mark.rawValue) * 4 + Int(row.counter)
        let question = ((counters * 4 + Int(row.applied)) * 4 + Int(revision)) * 256 + Int(elapsed)
        let key = question * 2 + (row.isThere ? 1 : 0)
        if let known = verdicts[key] { return known }
        let verdict = asked(revision, read: mark, now: row, since: elapsed, of: lease)
        verdicts[key] = verdict
        return verdict
    }

    private func asked(
        _ revision: UInt8, read mark: Mark, now row: Row, since elapsed: UInt8, of lease: UInt8
    ) -> Verdict {
        // A counter that has passed is one that no row shows.
        let read = BarrierVerdicts.record(mark.counter.map(Int64.init) ?? -1, applied: 0)
        var barrier = Barrier(Revision(number: Int64(revision)), rows: [read], noted: BarrierVerdicts.noted)
        barrier.see(BarrierVerdicts.rows(row, wasReplaced: mark == .gone))
        let isSettledByLooking = barrier.isSettled
        let whole = LeaseTerms.surelyOver(BarrierVerdicts.lease)
        let fence = barrier.pass(BarrierVerdicts.noted + whole * Int(elapsed) / Int(lease)).first
        let counter = fence.flatMap { UInt8(exactly: $0.lastRenewal) }
        return Verdict(
            isSettledByLooking: isSettledByLooking, isSettledByPassing: barrier.isSettled,
            removes: fence == nil ? .none : counter.map(Mark.init(counter:)) ?? .passed)
    }

    /// A row that the node lost has another in its place by now, if there is one.
    private static func rows(_ row: Row, wasReplaced: Bool) -> [NodeRecord] {
        guard row.isThere else { return [] }
        return [record(Int64(row.counter), applied: row.applied, of: wasReplaced ? another : node)]
    }

    private static func record(_ counter: Int64, applied: UInt8, of id: ID<NodeRecord> = node) -> NodeRecord {
        NodeRecord(id: id, name: "node", lease: lease, lastRenewal: counter, applied: Int64(applied))
    }
}
