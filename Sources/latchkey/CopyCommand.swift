import ArgumentParser
import Foundation
import KeyCore

struct CopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy", abstract: "Copies a database into an empty one: from SQLite to PostgreSQL, or back.",
        discussion: """
            A server may go on with the source: what is copied is one moment of it. Stopped in the middle, the same \
            command goes on where it was. At the end, the rows of both are counted and compared. Others see a \
            password in a command line: leave it out of the URL and set PGPASSWORD, or use a ~/.pgpass.
            """)

    @Option(
        help: ArgumentHelp("The database to copy: sqlite:PATH or postgres://USER@HOST:PORT/NAME.", valueName: "url"),
        completion: .file())
    var from: String
    @Option(
        help: ArgumentHelp("The database to copy into, which must be empty or not exist yet.", valueName: "url"),
        completion: .file())
    var to: String
    @Flag(help: "Empty the target of an unfinished copy, and begin anew.") var restart = false

    func run() async throws {
        // The source first: where it cannot be read, no target is made.
        let source = try orExit { try CopyEnd(from, flag: "--from").source() }
        let target = try orExit { try CopyEnd(to, flag: "--to").target() }
        StopSignal.announce("Stopped. What was copied is kept: run the same command again to go on.\n")
        do {
            let copy = ArchiveCopy(from: source, to: target)
            let total = try source.total()
            let display = CopyDisplay(total: total)
            let progress = try copy.copy(restart: restart) { display.copied($0) }
            display.end()
            let comparison = try await Comparison(of: source, with: target, total: total)
            print(comparison.table)
            try comparison.insist()
            try copy.finish(progress)
        } catch CopyError.sourceChanged {
            try orExit { throw Failure("\(CopyError.sourceChanged)") }
        } catch let error as CopyError {
            throw Failure("\(error)")
        } catch let error as StoreError {
            throw Failure("The databases cannot be read: \(error).")
        }
        print("The copy is whole.")
    }
}
