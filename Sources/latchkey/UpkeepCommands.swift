import ArgumentParser
import Foundation
import SQLiteStore

struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Makes the database, or brings it to the schema of this version.")

    @OptionGroup var options: DatabaseOptions

    func run() throws {
        let store = try Operator(options, mode: .create).store
        print("The database has schema version \(try store.schemaVersion()).")
        try store.close()
    }
}

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the database as it is at one moment, while it is in use.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "The file to make. It must not exist yet.", completion: .file()) var file: String

    func run() throws {
        let store = try Operator(options).store
        do {
            try store.backup(to: file)
        } catch {
            throw Failure("The backup was not made: \(error)")
        }
        try store.close()
        print("The database was copied to \(file).")
    }
}

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Examines the database and says what is not as it should be.")

    @OptionGroup var options: DatabaseOptions

    func run() throws {
        let source = try orExit { try SettingSource(flags: options.given) }
        print("Database    \(source[.database])")
        let store = try Operator(options).store
        print("Schema      version \(try store.schemaVersion()), the latest is \(SQLiteStore.latestSchemaVersion)")
        let findings = try store.integrityCheck() + openFiles(source[.database])
        print("Findings    \(findings.isEmpty ? "none" : "\(findings.count)")")
        print("Clock       \(Date().formatted(.iso8601)) (keys expire by it)")
        try store.close()
        for finding in findings { print("  \(finding)") }
        if !findings.isEmpty { throw ExitCode.failure }
    }

    /// The files that others on this machine can read, with what to do about it.
    private func openFiles(_ database: String) -> [String] {
        // SQLite puts its other files beside the real one, wherever a link leads.
        let path = URL(filePath: String(database.dropFirst("sqlite:".count))).resolvingSymlinksInPath().path
        return ["", "-wal", "-shm", "-bell"].compactMap { suffix in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path + suffix)
            guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 != 0 else { return nil }
            return "\(path)\(suffix) has mode 0\(String(mode, radix: 8)): others can read it. Run chmod 600 on it."
        }
    }
}
