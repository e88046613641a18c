import KeyCore
import PostgresStore
import SQLiteStore

/// Where the data lies, as `--database` says it.
enum Database: Sendable {
    case sqlite(path: String)
    case postgres(url: String, connections: Int)

    init(_ source: SettingSource) throws {
        let connections = try source.value(.databaseConnections, "a number from 4 to 100") {
            Int($0).flatMap { (PostgresStore.Limit.fewestConnections...100).contains($0) ? $0 : nil }
        }
        guard let database = Database(url: source[.database], connections: connections) else {
            // What was given may hold a password.
            throw SettingError(text: "--database must be sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME.")
        }
        self = database
    }

    /// - Parameter connections: how many a PostgreSQL database is asked for at most.
    init?(url: String, connections: Int) {
        if url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") {
            self = .postgres(url: url, connections: connections)
            return
        }
        let path = url.hasPrefix("sqlite:") ? String(url.dropFirst("sqlite:".count)) : ""
        guard !path.isEmpty else { return nil }
        self = .sqlite(path: path)
    }

    /// Opens the store. Blocks.
    ///
    /// - Parameter warn: takes sentences for the log, none of which holds a secret.
    func open(
        platform: Platform, mode: OpenMode, warn: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> OpenDatabase {
        switch self {
        case .sqlite(let path): .sqlite(try SQLiteStore.open(path: path, platform: platform, mode: mode))
        case .postgres(let url, let connections):
            .postgres(
                try PostgresStore.open(
                    url: url, platform: platform, mode: mode, connections: connections, warn: warn))
        }
    }
}

/// A database that was opened: the same store to everybody but the operator, who asks what its schema is.
enum OpenDatabase: Sendable {
    case sqlite(SQLiteStore)
    case postgres(PostgresStore)

    var store: any Store {
        switch self {
        case .sqlite(let store): store
        case .postgres(let store): store
        }
    }

    func schemaVersion() throws(StoreError) -> Int {
        switch self {
        case .sqlite(let store): try store.schemaVersion()
        case .postgres(let store): try store.schemaVersion()
        }
    }
}
