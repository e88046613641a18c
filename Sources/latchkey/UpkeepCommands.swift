import ArgumentParser
import Foundation
import SQLiteStore

struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Makes the database, or brings it to the schema of this version.")

    @OptionGroup var options: DatabaseOptions

    func run() throws {
        let database = try Operator(options, mode: .create).database
        print("The database has schema version \(try database.schemaVersion()).")
        try database.store.close()
    }
}

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copies the database as it is at one moment, while it is in use.",
        discussion: "It may be of an older version still: make one before each upgrade.")

    @OptionGroup var options: DatabaseOptions
    @Argument(help: "The file to make. It must not exist yet.", completion: .file()) var file: String

    func run() throws {
        let database = try orExit { try Database(SettingSource(flags: options.given)) }
        guard case .sqlite(let path) = database else {
            throw Failure("This copies an SQLite file. For PostgreSQL, use pg_dump, or latchkey copy.")
        }
        let original = try orExit { try SQLiteFile(path: path) }
        do {
            try original.backup(to: file)
        } catch {
            throw Failure("The backup was not made: \(error)")
        }
        print("The database was copied to \(file).")
    }
}
