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

    private static let lease = Duration.seconds(10)
    private static let node = ID<NodeRecord>(rawValue: 1)
    private static let another = ID<NodeRecord>(rawValue: 2)

    func isSettledAtOnce(_ revision: UInt8, by row: Row) -> Bool {
        let record = BarrierVerdicts.record(row.counter, applied: row.applied)
        return Barrier(Revision(number: Int64(revision)), rows: [record], noted: .init(nanoseconds: 0)).isSettled
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
        let noted = BootTime(nanoseconds: 1_000_000_000_000)
        let read = mark.counter.map(Int64.init) ?? -1
        var barrier = Barrier(
            Revision(number: Int64(revision)), rows: [BarrierVerdicts.record(UInt8(max(read, 0)), applied: 0, exactly: read)],
            noted: noted)
        barrier.see(BarrierVerdicts.rows(row, wasReplaced: mark == .gone))
        let isSettledByLooking = barrier.isSettled
        let whole = LeaseTerms.surelyOver(BarrierVerdicts.lease)
        let fences = barrier.pass(noted + whole * Int(elapsed) / Int(lease))
        return Verdict(
            isSettledByLooking: isSettledByLooking, isSettledByPassing: barrier.isSettled,
            removes: fences.first.map { UInt8(exactly: $0.renewals).map(Mark.init(counter:)) ?? .passed } ?? .none)
    }

    /// A row that the node lost has another in its place by now, if there is one.
    private static func rows(_ row: Row, wasReplaced: Bool) -> [NodeRecord] {
        guard row.isThere else { return [] }
        return [record(row.counter, applied: row.applied, of: wasReplaced ? another : node)]
    }

    private static func record(
        _ counter: UInt8, applied: UInt8, exactly: Int64? = nil, of id: ID<NodeRecord> = node
    ) -> NodeRecord {
        NodeRecord(
            id: id, name: "node", lease: lease, renewals: exactly ?? Int64(counter),
            applied: Int64(applied))
    }
}
