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
            earlier = look ?? earlier
            try? await ledger.pruneChanges()
            try? await Task.sleep(for: Caretaker.interval * Double.random(in: 0.8...1.2))
        }
    }

    /// The rule of the barrier: a counter that is the same after a lease stands for leases that have run out.
    private func fence(whoeverIsDeadIn look: Look, since earlier: Look) async {
        for row in look.rows {
            guard let before = earlier.renewals[row.id], before == row.renewals,
                look.began >= earlier.noted + LeaseTerms.surelyOver(row.lease)
            else { continue }
            _ = try? await ledger.remove(row.id, ifStillAt: before)
        }
    }

    private struct Look {
        let began: BootTime
        let rows: [NodeRecord]
        let noted: BootTime

        init(_ ledger: any NodeLedger) async throws(StoreError) {
            began = .now
            rows = try await ledger.nodes()
            noted = .now
        }

        var renewals: [ID<NodeRecord>: Int64] {
            Dictionary(rows.map { ($0.id, $0.renewals) }, uniquingKeysWith: { first, _ in first })
        }
    }
}
