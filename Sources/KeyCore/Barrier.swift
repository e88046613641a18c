/// What one change that takes something away still waits for. A value: who reads the rows and the clock is elsewhere.
///
/// It begins with the rows of the nodes as they were read *after* the change was committed, and with the deleter's
/// own clock noted *after that reading*. A node is done with when its row shows the revision; when its row is gone,
/// since only a node without a lease loses its row; or when every lease has run out that the row stood for when it was
/// read. A renewal that was not to be seen in it yet began before the note, and then its lease has run out as well, or
/// it began after the commit, and then it has read the change. No wall clock takes part.
package struct Barrier: Sendable {
    /// A node whose lease has run out and whose row goes, if it is still the one that was read.
    package struct Fence: Hashable, Sendable {
        package let node: ID<NodeRecord>
        package let lastRenewal: Int64
    }

    private struct Waiting: Hashable {
        let lastRenewal: Int64
        let until: BootTime
    }

    package let revision: Revision
    /// Nodes that showed that they have applied the change.
    package private(set) var acknowledged = 0
    /// Nodes that did not, and whose leases have run out.
    package private(set) var fenced = 0
    private var waiting: [ID<NodeRecord>: Waiting] = [:]

    /// - Parameters:
    ///   - rows: read after the revision was committed.
    ///   - noted: the deleter's clock, read after the rows.
    package init(_ revision: Revision, rows: [NodeRecord], noted: BootTime) {
        self.revision = revision
        for row in rows {
            if row.applied >= revision.number {
                acknowledged += 1
            } else {
                waiting[row.id] = Waiting(
                    lastRenewal: row.lastRenewal, until: noted + LeaseTerms.surelyOver(row.lease))
            }
        }
    }

    package var isSettled: Bool { waiting.isEmpty }

    /// When the next lease will have run out, if nobody says anything until then.
    package var nextEnd: BootTime? { waiting.values.map(\.until).min() }

    /// Takes in the rows as they are now. Nodes that registered since have read the change.
    package mutating func see(_ rows: [NodeRecord]) {
        let rows = Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        for id in waiting.keys {
            guard let row = rows[id] else {
                waiting[id] = nil
                fenced += 1
                continue
            }
            if row.applied >= revision.number {
                waiting[id] = nil
                acknowledged += 1
            }
        }
    }

    /// Stops waiting for the nodes whose leases have run out.
    ///
    /// - Returns: whose rows are to be removed, so that later deletes do not wait for them.
    package mutating func pass(_ now: BootTime) -> [Fence] {
        let over = waiting.filter { $0.value.until <= now }
        for id in over.keys { waiting[id] = nil }
        fenced += over.count
        return over.map { Fence(node: $0.key, lastRenewal: $0.value.lastRenewal) }
    }
}
