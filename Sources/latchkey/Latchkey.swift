import ArgumentParser
import Foundation
import PostgresStore
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
            KeyCommand.self, TopicCommand.self, ReplyCommand.self, PlatformCommand.self, DoctorCommand.self,
            VersionCommand.self,
        ])

    /// Runs a command, and ends without the handlers of exit(3): a thread may still be at work on a connection to the
    /// database, and OpenSSL's handler would free what it uses.
    static func main() async {
        var status = ExitCode.success
        do {
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            status = exitCode(for: error)
            let output = status.isSuccess ? FileHandle.standardOutput : FileHandle.standardError
            let text = fullMessage(for: error)
            if !text.isEmpty { output.write(Data("\(text)\n".utf8)) }
        }
        fflush(nil)
        _exit(status.rawValue)
    }
}

enum Version {
    static let text = "0.1.0"
}

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Shows the version of the program and of the schemas that it writes.")

    func run() {
        let schemas = "SQLite \(SQLiteStore.latestSchemaVersion), PostgreSQL \(PostgresStore.latestSchemaVersion)"
        print("latchkey \(Version.text), schema of \(schemas)")
    }
}
