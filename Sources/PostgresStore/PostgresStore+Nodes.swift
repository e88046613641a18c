import Foundation
import KeyCore

extension PostgresStore {
    /// The change log for nodes that were away: at least so many revisions, and past the most a node that has not
    /// come so far loads everything. The fewest is what may be written while a node does that: it is in no list
    /// then, and the log must still reach back to where it began.
    private enum Kept {
        static let fewest: Int64 = 100_000
        static let most: Int64 = 300_000
        /// Rows that are deleted at a time: well within the time limit of a statement.
        static let pruning = 10_000
    }
}

extension PostgresStore: NodeLedger {
    package func register(name: String, lease: Duration) async throws(StoreError) -> ID<NodeRecord> {
        let id = ID<NodeRecord>.random()
        try await renewals.transaction(.keepingNodes, platform: platform) { transaction throws(StoreError) in
            // The database's clock, for people only: nothing is decided by it.
            try transaction.execute(
                """
                INSERT INTO nodes (id, name, lease_ms, renewals, last_renewal, applied, registered_at)
                VALUES (\(id), \(name), \(lease.milliseconds), 0, 0, 0, (extract(epoch FROM now()) * 1000)::bigint)
                """)
        }
        return id
    }

    /// One snapshot, taken at the beginning, shows the row and all that the body reads: a commit that was there before
    /// is seen.
    ///
    /// A deleter that removes the row at the same moment makes the two lose against each other; the next attempt
    /// finds no row.
    package func renew<Value: Sendable>(
        _ id: ID<NodeRecord>, within limit: Duration,
        _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value? {
        try await renewals.transaction(.renewing(within: limit), platform: platform) { transaction throws(StoreError) in
            let mark = Int64.random(in: .min...(.max))
            let marked = try transaction.execute(
                "UPDATE nodes SET renewals = renewals + 1, last_renewal = \(mark) WHERE id = \(id)")
            guard marked == 1 else { return nil }
            return try body(transaction)
        }
    }

    package func look<Value: Sendable>(
        within limit: Duration, _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        try await renewals.transaction(.looking(within: limit), platform: platform, body)
    }

    /// After a standby without our latest change has taken over, that change's number means another.
    package func acknowledge(
        _ id: ID<NodeRecord>, _ revision: Revision, within limit: Duration
    ) async throws(StoreError) {
        try await renewals.transaction(.acknowledging(within: limit), platform: platform) {
            transaction throws(StoreError) in
            try transaction.execute(
                """
                UPDATE nodes SET applied = \(revision.number) WHERE id = \(id) AND applied < \(revision.number)
                    AND \(PostgresTransaction.hasHappened(revision))
                """)
        }
    }

    package func nodes() async throws(StoreError) -> [NodeRecord] {
        try await barriers.transaction(.askingForNodes, platform: platform) { transaction throws(StoreError) in
            try transaction.rows("SELECT id, name, lease_ms, last_renewal, applied FROM nodes ORDER BY name, id").map {
                row in
                NodeRecord(
                    id: row.id("id"), name: row["name"], lease: .milliseconds(row["lease_ms"] as Int64),
                    lastRenewal: row["last_renewal"], applied: row["applied"])
            }
        }
    }

    /// A row that somebody holds is being renewed or removed; either way it is not for us to remove.
    @discardableResult
    package func remove(_ id: ID<NodeRecord>, ifStillAt lastRenewal: Int64) async throws(StoreError) -> Bool {
        try await barriers.transaction(.keepingNodes, platform: platform) { transaction throws(StoreError) in
            let removed = try transaction.execute(
                """
                DELETE FROM nodes WHERE id IN (
                    SELECT id FROM nodes WHERE id = \(id) AND last_renewal = \(lastRenewal) FOR UPDATE SKIP LOCKED
                )
                """)
            return removed == 1
        }
    }

    package func unregister(_ id: ID<NodeRecord>) async throws(StoreError) {
        try await renewals.transaction(.keepingNodes, platform: platform) { transaction throws(StoreError) in
            try transaction.execute("DELETE FROM nodes WHERE id = \(id)")
        }
    }

    package func pruneChanges() async throws(StoreError) {
        var pruned = Kept.pruning
        while pruned == Kept.pruning {
            pruned = try await writers.transaction(.keepingNodes, platform: platform) {
                transaction throws(StoreError) in
                try transaction.execute(
                    """
                    DELETE FROM changes WHERE (revision, kind, subject) IN (
                        SELECT revision, kind, subject FROM changes WHERE revision <= (
                            SELECT greatest(
                                number - \(Kept.most),
                                least(number - \(Kept.fewest), (SELECT min(applied) FROM nodes)))
                            FROM revision
                        )
                        ORDER BY revision, kind, subject LIMIT \(Kept.pruning) FOR UPDATE SKIP LOCKED
                    )
                    """)
            }
        }
    }

    package func notifications() -> AsyncStream<Void> {
        listener.notifications()
    }
}
