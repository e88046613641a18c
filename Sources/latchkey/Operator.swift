import ArgumentParser
import Foundation
import Gateway
import KeyCore
import Logging
import Markdown
import Passwords
import Web

/// What every command that works on the data needs: the store, the use cases, and the occasion.
struct Operator {
    let database: OpenDatabase
    let registry: Registry
    let occasion = Occasion(at: .now, address: "cli")

    /// - Throws: exit 2 where the platform file has mistakes or the database cannot be opened.
    init(_ options: DatabaseOptions, mode: OpenMode = .existing) throws {
        let (platform, database) = try orExit {
            let source = try SettingSource(flags: options.given)
            let platform = try Platform.inForce(source)
            return (platform, try Database(source).open(platform: platform, mode: mode))
        }
        self.database = database
        registry = Registry(
            platform: platform, store: database.store, hasher: Argon2Hasher(concurrency: 1),
            passwords: PasswordPolicy(isCommon: CommonPasswords.bundled.contains),
            propagation: database.store.following.propagation, prose: Markdown.prose)
    }

    /// Runs a use case; a refusal becomes its sentence on standard error, exit 1.
    func run<Value>(_ body: (Operator) async throws -> Value) async throws -> Value {
        do {
            let value = try await body(self)
            try database.store.close()
            return value
        } catch let refusal as Refusal {
            let codes = refusal.problems.map(\.code)
            let sentences = (codes.isEmpty ? [refusal.code] : codes).map(\.detail)
            throw Failure(([refusal.cause].compactMap(\.self) + sentences).joined(separator: " "))
        }
    }

    /// The first line of standard input, for secrets: what stands in a command line can be read by others.
    static func secretFromInput(_ what: String) throws -> String {
        guard let line = readLine(strippingNewline: true), !line.isEmpty else {
            throw Failure("Give the \(what) on standard input.")
        }
        return line
    }
}

extension Following {
    /// The command line is no node, but a change of its own waits for all that are.
    fileprivate var propagation: any Propagation {
        switch self {
        case .mark: Committed()
        case .leases(let ledger): LeaseBarrier(ledger: ledger, logger: .toStandardError(.error))
        }
    }
}

/// What is committed to a file, each server on it sees before its next verify.
private struct Committed: Propagation {
    func settle(_ revision: Revision) async -> Settlement {
        Settlement(acknowledged: 0, fenced: 0, waited: .zero)
    }
}
