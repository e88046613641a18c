import ArgumentParser
import Foundation
import KeyCore

struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "The API keys of a user.",
        subcommands: [Create.self, List.self, Delete.self, Verify.self, Refusals.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Creates a key and prints it, alone, on standard output. It cannot be shown again.")

        @OptionGroup var options: DatabaseOptions
        @Option(help: "The e-mail address of the user whose key it is.") var user: String
        @Option(help: "The key's name.") var name: String
        @Option(help: "The last day on which it works, YYYY-MM-DD. (default: in one year)") var expiresOn: String?

        func run() async throws {
            var form = KeyForm(name: name)
            form.expiresOn = expiresOn.flatMap { Day($0) }
            if expiresOn != nil, form.expiresOn == nil { throw ValidationError(Refusal.Code.dateInvalid.detail) }
            let created = try await Operator(options).run { [form] in
                try await $0.registry.createKey(form, by: $0.registry.commandLine(for: user, on: $0.occasion))
            }
            print(created.secret.revealed)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists a user's keys.")

        @OptionGroup var options: DatabaseOptions
        @Option(help: "The e-mail address of the user whose keys they are.") var user: String
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let (keys, now) = try await Operator(options).run { operation in
                let caller = try await operation.registry.commandLine(for: user, on: operation.occasion)
                return (try await allKeys(of: caller, in: operation.registry), operation.occasion.at)
            }
            let rows = keys.map { KeyRow($0, now: now) }
            if json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                print(String(decoding: try encoder.encode(rows), as: UTF8.self))
            } else {
                for row in rows { print(row.line) }
            }
        }

        private func allKeys(of caller: Caller, in registry: Registry) async throws -> [Key] {
            var query = KeyQuery(
                owner: caller.account.user.id, limit: PageLimit.maximum, now: caller.occasion.at)
            var keys: [Key] = []
            while true {
                let page = try await registry.keys(query, by: caller)
                keys += page.keys
                guard let next = page.next else { return keys }
                query.start = .after(next)
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Deletes a key. When the command returns, no server accepts it any more.")

        @OptionGroup var options: DatabaseOptions
        @Argument(help: "The key's id, as the list shows it.") var id: String

        func run() async throws {
            try await Operator(options).run {
                guard let id = ID<Key>(id) else { throw Refusal.notFound }
                let caller = try await $0.registry.commandLine(owning: id, on: $0.occasion)
                _ = try await $0.registry.deleteKeys(.some([id]), by: caller)
            }
            print("Deleted. No server accepts this key any more.")
        }
    }
}

/// A key as the command line shows it.
private struct KeyRow: Encodable {
    let id: String
    let name: String
    let last4: String
    let status: String
    let createdAt: String
    let expiresOn: String
    let lastUsedAt: String?

    init(_ key: Key, now: Timestamp) {
        id = "\(key.id)"
        name = key.name.text
        last4 = key.last4
        status = key.status(at: now).rawValue
        createdAt = key.createdAt.rfc3339
        expiresOn = "\(key.expiry.day)"
        lastUsedAt = key.lastUsedAt?.rfc3339
    }

    enum CodingKeys: String, CodingKey {
        case id, name, last4, status
        case createdAt = "created_at"
        case expiresOn = "expires_on"
        case lastUsedAt = "last_used_at"
    }

    var line: String {
        [id, "…" + last4, status, expiresOn, lastUsedAt ?? "never", name].joined(separator: "\t")
    }
}
