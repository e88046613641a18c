import ArgumentParser
import Foundation
import KeyCore
import PostgresStore
import SQLiteStore

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Examines the database and the settings, and says what is not as it should be.",
        discussion: """
            Give it the settings that latchkey serve has, in the same ways. It changes nothing, and looks at databases \
            of older versions too. Exit 1 where it finds something.
            """)

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let source = try orExit { try SettingSource(flags: options.given) }
        let patient = try orExit { try Patient(try Database(source), platform: try Platform.inForce(source)) }
        do {
            let diagnosis = try await diagnose(patient, source)
            for line in diagnosis.lines { print(line) }
            if !diagnosis.findings.isEmpty { throw ExitCode.failure }
        } catch let error as StoreError {
            throw Failure("The database cannot be examined: \(error)")
        }
    }

    private func diagnose(_ patient: Patient, _ source: SettingSource) async throws(StoreError) -> Diagnosis {
        var diagnosis = Diagnosis()
        switch patient {
        case .file(let file): try diagnosis.examine(file, at: source[.database])
        case .server(let store): try await diagnosis.examine(store, source)
        }
        diagnosis.examine(source, leasesCount: patient.hasLeases)
        return diagnosis
    }
}

/// A database that is looked at and stays as it is, of whichever version.
private enum Patient {
    case file(SQLiteFile)
    case server(PostgresStore)

    init(_ database: Database, platform: Platform) throws(OpenError) {
        switch database {
        case .sqlite(let path): self = .file(try SQLiteFile(path: path))
        case .postgres(let url, _):
            self = .server(try PostgresStore.openForExamination(url: url, platform: platform))
        }
    }

    /// Whether nodes on several machines can share it.
    var hasLeases: Bool {
        switch self {
        case .file: false
        case .server: true
        }
    }
}
