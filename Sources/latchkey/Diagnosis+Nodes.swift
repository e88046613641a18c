import KeyCore

extension Diagnosis {
    /// How often the rows are looked at while a node has yet to renew.
    private static let pause = Duration.milliseconds(50)

    /// Looks at the rows of the nodes until each has renewed, or its lease has surely run out: a node that has not
    /// renewed by then says no more yes.
    ///
    /// - Parameter revision: what a node that has everything has applied, or more by now.
    /// - Returns: how many there are.
    mutating func examineNodes(of ledger: any NodeLedger, at revision: Revision) async throws(StoreError) -> Int {
        let first = try await ledger.nodes()
        let end = ContinuousClock.now + LeaseTerms.surelyOver(first.map(\.lease).max() ?? .zero)
        var last = first
        while ContinuousClock.now < end, !Diagnosis.idle(first, last).isEmpty {
            try? await Task.sleep(for: Diagnosis.pause)
            last = try await ledger.nodes()
        }
        let idle = Diagnosis.idle(first, last)
        let newest = max(revision.number, last.map(\.applied).max() ?? 0)
        note("Nodes", last.isEmpty ? "none" : "\(last.count)")
        guard !last.isEmpty else { return 0 }
        let rows = last.map { node in
            [
                node.name, "\(newest - node.applied)", "\(node.lease.inWords)",
                idle.contains(node.id) ? "no" : "yes",
            ]
        }
        show(nodes: [["NODE", "BEHIND BY", "LEASE", "RENEWS"]] + rows)
        for node in last where idle.contains(node.id) {
            find(
                "The node \(node.name) has not renewed its lease.",
                remedy: "It answers not_current, or it has died; the others forget it soon. Look at its log.")
        }
        return last.count
    }

    /// Who is there still, and has not renewed in between.
    private static func idle(_ first: [NodeRecord], _ last: [NodeRecord]) -> Set<ID<NodeRecord>> {
        let before = Dictionary(first.map { ($0.id, $0.lastRenewal) }, uniquingKeysWith: { first, _ in first })
        return Set(last.filter { before[$0.id] == $0.lastRenewal }.map(\.id))
    }
}

extension Duration {
    /// `2 s`, `500 ms`.
    fileprivate var inWords: String {
        let milliseconds = Int64((self / .milliseconds(1)).rounded())
        return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
    }
}
