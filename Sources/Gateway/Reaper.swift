import KeyCore

/// Removes the rows of nodes that died: without it a delete would find such a row and wait for its lease.
///
/// Every node does it; none has to.
struct Reaper {
    private let ledger: any NodeLedger
    private let now: @Sendable () -> BootTime
    private var earlier: Look?

    init(ledger: any NodeLedger, now: @escaping @Sendable () -> BootTime) {
        self.ledger = ledger
        self.now = now
    }

    /// Looks at the rows and removes those that stand for leases which have run out since an earlier look.
    ///
    /// The rule of the barrier: so does a row that is the same after a lease, by our clock, counted from after it was
    /// read. What fails is done the next time, by this node or another.
    mutating func reap() async {
        guard let look = try? await Look(ledger, now) else { return }
        guard let earlier else { return self.earlier = look }
        for row in look.rows where earlier.rows.contains(row) && look.isLater(than: earlier, by: row.lease) {
            _ = try? await ledger.remove(row.id, ifStillAt: row.lastRenewal)
        }
        // It is kept until the longest lease would show in it.
        if look.isLater(than: earlier, by: LeaseTerms.lengths.upperBound) { self.earlier = look }
    }

    private struct Look {
        let began: BootTime
        let rows: Set<NodeRecord>
        let noted: BootTime

        init(_ ledger: any NodeLedger, _ now: () -> BootTime) async throws(StoreError) {
            began = now()
            rows = Set(try await ledger.nodes())
            noted = now()
        }

        func isLater(than earlier: Look, by lease: Duration) -> Bool {
            began >= earlier.noted + LeaseTerms.surelyOver(lease)
        }
    }
}
