import ArgumentParser
import SQLiteStore

/// The command line: `latchkey COMMAND`.
@main
struct Latchkey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "latchkey",
        abstract: "API keys that a platform's users get for themselves, and its services check.",
        version: Version.text,
        subcommands: [
            ServeCommand.self, MigrateCommand.self, BackupCommand.self, CopyCommand.self, UserCommand.self,
            KeyCommand.self, PlatformCommand.self, DoctorCommand.self, VersionCommand.self,
        ])
}

enum Version {
    static let text = "0.1.0"
}

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Shows the version of the program and of the schema that it writes.")

    func run() {
        print("latchkey \(Version.text), schema \(SQLiteStore.latestSchemaVersion)")
    }
}
