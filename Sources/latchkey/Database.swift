import KeyCore
import SQLiteStore

/// Where the data lies, as `--database` says it.
enum Database: Sendable {
    case sqlite(path: String)

    static let latestSchemaVersion = SQLiteStore.latestSchemaVersion

    init(_ source: SettingSource) throws {
        self = try source.value(.database, "sqlite:PATH") { text in
            if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
                throw SettingError(text: "--database: this version keeps its data in SQLite only. Give sqlite:PATH.")
            }
            let path = text.hasPrefix("sqlite:") ? String(text.dropFirst("sqlite:".count)) : ""
            return path.isEmpty ? nil : .sqlite(path: path)
        }
    }

    /// Opens the store, made and brought to the latest schema where that is needed.
    func open(platform: Platform, mode: SQLiteStore.Mode = .create) throws -> SQLiteStore {
        switch self {
        case .sqlite(let path): try SQLiteStore.open(path: path, platform: platform, mode: mode)
        }
    }
}
