import KeyCore

/// The store for several machines: one PostgreSQL database, shared by every node and the command line.
///
/// - A commit that was acknowledged is on the disk, and on the synchronous standby's where there is one.
/// - Writers take turns, all nodes together, as they do in SQLite; reading never waits for writing.
/// - A transaction that loses against another, or whose connection breaks before its commit was sent, runs again. One
///   whose commit got no answer is not run again: it may have happened, and the error says so.
/// - A pooler in transaction mode (PgBouncer) may stand between: nothing relies on the session. What is lost through
///   it are prepared statements and notifications; both are noticed, said once in the log, and done without.
/// - Cancelling the task that waits does not undo what it asked for: the caller always learns what has happened.
package final class PostgresStore: Store {
    package enum Limit {
        /// Connections of a node, but for the one that listens. The portal's transactions last a few milliseconds.
        package static let connections = 8
        /// One each for reading, writing, barriers and renewals.
        package static let fewestConnections = 4
        /// Writers of one node that wait for the turn of all. One has it and the next stands by; with more, those who
        /// wait would take the connections of those who read.
        static let writers = 2
    }

    let platform: Platform
    let server: Server
    /// For what people ask for.
    let readers: Pool
    let writers: Pool
    /// For deleters that wait for other nodes: their change is committed, and more work must not come before it.
    let barriers: Pool
    /// For renewals alone: when everything else is busy, the lease is not lost over it.
    let renewals: Pool
    let listener: Listener

    init(server: Server, platform: Platform, connections: Int) {
        self.server = server
        self.platform = platform
        // Barriers and renewals have one each.
        let shared = max(connections, Limit.fewestConnections) - 2
        let writing = min(shared / 2, Limit.writers)
        readers = Pool(server, connections: shared - writing)
        writers = Pool(server, connections: writing)
        barriers = Pool(server, connections: 1)
        renewals = Pool(server, connections: 1)
        listener = Listener(server)
    }

    package var following: Following { .leases(self) }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        try await readers.transaction(.reading, platform: platform, body)
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        try await writers.transaction(.writing, platform: platform, body)
    }

    /// Ends everything: waits are refused, notifications end, and connections are closed when they are given back.
    package func close() {
        listener.close()
        for pool in [readers, writers, barriers, renewals] { pool.close() }
    }
}
