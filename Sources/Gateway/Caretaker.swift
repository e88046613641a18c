import KeyCore

/// Keeps the tables small that the nodes share: change rows that everybody is past, and rows of nodes that died.
///
/// Every node does it; none has to. Without it a delete would find the row of a dead node and wait for its lease.
struct Caretaker {
    private static let interval = Duration.seconds(5)

    let ledger: any NodeLedger

    func run() async {
        var earlier: Look?
        while !Task.isCancelled {
            // What fails is done the next time, by this node or another.
            let look = try? await Look(ledger)
            if let look, let earlier { await fence(whoeverIsDeadIn: look, since: earlier) }
            // An earlier look is kept until the longest lease would show in it.
            if let look, earlier.map({ look.isLater(than: $0, by: LeaseTerms.lengths.upperBound) }) ?? true {
                earlier = look
            }
            try? await ledger.pruneChanges()
            try? await Task.sleep(for: Caretaker.interval * Double.random(in: 0.8...1.2))
        }
    }

    /// The rule of the barrier: a row that is the same after a lease stands for leases that have run out.
    private func fence(whoeverIsDeadIn look: Look, since earlier: Look) async {
        for row in look.rows where earlier.rows.contains(row) && look.isLater(than: earlier, by: row.lease) {
            _ = try? await ledger.remove(row.id, ifStillAt: row.lastRenewal)
        }
    }

    private struct Look {
        let began: BootTime
        let rows: Set<NodeRecord>
        let noted: BootTime

        init(_ ledger: any NodeLedger) async throws(StoreError) {
            began = .now
            rows = Set(try await ledger.nodes())
            noted = .now
        }

        func isLater(than earlier: Look, by lease: Duration) -> Bool {
            began >= earlier.noted + LeaseTerms.surelyOver(lease)
        }
    }
}
