import KeyCore

extension PostgresStore {
    package static let latestSchemaVersion = Schema.latestVersion

    /// Opens a database. Blocks; done before anything is served.
    ///
    /// - Parameters:
    ///   - url: libpq's own, with all that it may say of hosts and TLS.
    ///   - connections: how many at most, but for the one that listens; at least `Limit.fewestConnections`.
    ///   - warn: takes sentences for the log, none of which holds a secret.
    package static func open(
        url: String, platform: Platform, mode: OpenMode = .create, connections: Int = Limit.connections,
        warn: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(OpenError) -> PostgresStore {
        let server = Server(address: try Address(url: url), warn: warn)
        let connection = try connect(server)
        switch mode {
        case .create:
            connection.patience = TransactionMode.migrating.patience
            try Schema.migrate(connection)
        case .existing:
            try Schema.insistOnLatest(connection)
        }
        return PostgresStore(server: server, platform: platform, connections: connections)
    }

    /// Opens a database to look at it, and only that: it may have any schema up to the latest, and stays as it is.
    package static func openForExamination(url: String, platform: Platform) throws(OpenError) -> PostgresStore {
        let server = Server(address: try Address(url: url)) { _ in }
        _ = try Schema.versionThere(try connect(server))
        return PostgresStore(server: server, platform: platform, connections: Limit.fewestConnections)
    }

    private static func connect(_ server: Server) throws(OpenError) -> Connection {
        let connection = try opening { () throws(Failure) in
            try server.connect(patience: TransactionMode.reading.patience)
        }
        try connection.refuseUnfinishedCopy()
        return connection
    }

    /// The version that the database has now. Blocks; for the command line.
    package func schemaVersion() throws(StoreError) -> Int {
        do throws(Failure) {
            return try Schema.version(try server.connect(patience: TransactionMode.reading.patience)) ?? 0
        } catch {
            throw StoreError(error)
        }
    }
}
