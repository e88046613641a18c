import ArgumentParser
import Foundation
import KeyCore

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Examines the database and the settings, and says what is not as it should be.",
        discussion: """
            Give it the settings that latchkey serve has, in the same ways. It changes nothing but that it brings the \
            database to the schema of this version, as every command does. Exit 1 where it finds something.
            """)

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let source = try orExit { try SettingSource(flags: options.given) }
        let operation = try Operator(options.database)
        do {
            let diagnosis = try await diagnose(operation.database, source)
            try operation.database.store.close()
            for line in diagnosis.lines { print(line) }
            if !diagnosis.findings.isEmpty { throw ExitCode.failure }
        } catch let error as StoreError {
            throw Failure("The database cannot be examined: \(error)")
        }
    }

    private func diagnose(_ database: OpenDatabase, _ source: SettingSource) async throws -> Diagnosis {
        var diagnosis = Diagnosis()
        switch database {
        case .sqlite(let store): try diagnosis.examine(store, at: source[.database])
        case .postgres(let store): try await diagnosis.examine(store, source)
        }
        diagnosis.examine(source, leasesCount: database.hasLeases)
        return diagnosis
    }
}

extension OpenDatabase {
    /// Whether nodes on several machines can share it.
    fileprivate var hasLeases: Bool {
        switch self {
        case .sqlite: false
        case .postgres: true
        }
    }
}
