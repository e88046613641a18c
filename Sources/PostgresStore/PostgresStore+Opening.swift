import KeyCore

extension PostgresStore {
    package static let latestSchemaVersion = Schema.latestVersion

    /// Opens a database and brings its schema up to date. Blocks; done before anything is served.
    ///
    /// - Parameters:
    ///   - url: libpq's own, with all that it may say of hosts and TLS.
    ///   - connections: how many at most, but for the one that listens; at least `Limit.fewestConnections`.
    ///   - warn: takes sentences for the log, none of which holds a secret.
    package static func open(
        url: String, platform: Platform, connections: Int = Limit.connections,
        warn: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(OpenError) -> PostgresStore {
        let server = Server(address: try Address(url: url), warn: warn)
        let refusal: OpenError?
        do throws(Failure) {
            let connection = try server.connect(patience: Mode.reading.patience)
            let isUnfinished = try connection.holdsUnfinishedCopy()
            connection.patience = Mode.migrating.patience
            refusal = isUnfinished ? .unfinishedCopy : try Schema.migrate(connection)
        } catch {
            throw .failed(cause: error.message)
        }
        if let refusal { throw refusal }
        return PostgresStore(server: server, platform: platform, connections: connections)
    }

    /// The version that the database has now. Blocks; for the command line.
    package func schemaVersion() throws(StoreError) -> Int {
        do throws(Failure) {
            return try Schema.version(try server.connect(patience: Mode.reading.patience)) ?? 0
        } catch {
            throw StoreError(error)
        }
    }
}
