/// The nodes that verify from one database, as rows in it: who may still say yes, and how far each has come.
///
/// What stands behind "a delete that was answered is refused everywhere" (docs/GUARANTEES.md):
/// - A renewal is one transaction that finds the node's own row still there, marks it as renewed and reads the
///   changes, all in one snapshot. Any renewal that begins after a commit sees that commit.
/// - Nothing here waits for the turn of a writer: a writer that is stuck must not cost the nodes their leases.
/// - A row never shows the same `lastRenewal` twice, not even after the database was lost and came back.
package protocol NodeLedger: Sendable {
    /// Adds a row for this process. The node holds no lease yet.
    func register(name: String, lease: Duration) async throws(StoreError) -> ID<NodeRecord>

    /// Marks a row as renewed and runs the body on the same snapshot; durable when it returns.
    ///
    /// - Parameter limit: how long any answer of the database may take, here and below. What hangs has failed then,
    ///   and the next attempt uses another connection.
    /// - Returns: what the body returned; `nil` when the row is gone, and then the body did not run.
    func renew<Value: Sendable>(
        _ id: ID<NodeRecord>, within limit: Duration,
        _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value?

    /// Runs a body on one snapshot, by the means of renewals: a node hears of changes also when people's requests have
    /// taken every other connection.
    func look<Value: Sendable>(
        within limit: Duration, _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value

    /// Writes how far a node has come, never back, and only if the database's history has that revision. May be lost
    /// with the database: then a deleter waits longer.
    func acknowledge(_ id: ID<NodeRecord>, _ revision: Revision, within limit: Duration) async throws(StoreError)

    /// All rows as of a moment after the call.
    func nodes() async throws(StoreError) -> [NodeRecord]

    /// Removes the row only if nobody has renewed it since it was read. Waits for nobody who holds the row.
    ///
    /// - Returns: whether the row was removed.
    @discardableResult
    func remove(_ id: ID<NodeRecord>, ifStillAt lastRenewal: Int64) async throws(StoreError) -> Bool

    /// Removes the row of a node that stops, renewed or not. The node says yes no more before it calls this.
    func unregister(_ id: ID<NodeRecord>) async throws(StoreError)

    /// Deletes change rows that every node is past, but for the latest few that a node which starts may need.
    func pruneChanges() async throws(StoreError)

    /// An element whenever another process says that something has changed. Only a hint: one may be lost, and many may
    /// come as one. Ends when the store is closed.
    func notifications() -> AsyncStream<Void>
}

/// What the database knows of a node: the row that a deleter looks at.
package struct NodeRecord: Hashable, Sendable, Identified {
    package static let idPrefix = "node"

    package let id: ID<NodeRecord>
    /// Host and process, for people.
    package let name: String
    /// For how long each renewal lets the node say yes.
    package let lease: Duration
    /// Drawn at random by each renewal: it tells whether the node has renewed since the row was read. A count would
    /// not: a renewal that was seen, and was lost in a failover, would let the next one show the same number.
    package let lastRenewal: Int64
    /// The node has everything up to the revision of this number in memory.
    package let applied: Int64

    package init(id: ID<NodeRecord>, name: String, lease: Duration, lastRenewal: Int64, applied: Int64) {
        self.id = id
        self.name = name
        self.lease = lease
        self.lastRenewal = lastRenewal
        self.applied = applied
    }
}
