import Foundation
import KeyCore
import SQLiteStore

extension Diagnosis {
    mutating func examine(_ file: SQLiteFile, at database: String) throws(StoreError) {
        note("Database", database)
        note(schema: file.schemaVersion, latest: SQLiteStore.latestSchemaVersion)
        note("Clock", "\(Timestamp.now.rfc3339) (keys expire by it)")
        for damage in try file.integrityCheck() {
            find("The file is damaged: \(damage).", remedy: "Stop the service and restore a backup.")
        }
        // SQLite puts its other files beside the real one, wherever a link leads.
        let path = URL(filePath: String(database.dropFirst("sqlite:".count))).resolvingSymlinksInPath().path
        for suffix in ["", "-wal", "-shm", "-bell"] { examine(modeOf: path + suffix) }
    }

    private mutating func examine(modeOf file: String) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 != 0 else { return }
        find("\(file) has mode 0\(String(mode, radix: 8)): others can read it.", remedy: "Run chmod 600 on it.")
    }

    mutating func note(schema version: Int, latest: Int) {
        note("Schema", version == latest ? "version \(version), the latest" : "version \(version) of \(latest)")
        guard version != latest else { return }
        find(
            "The schema has version \(version), and this version of Latchkey works on \(latest).",
            remedy: "Make a backup; then latchkey serve of this version will bring it up to date, or latchkey migrate.")
    }
}
