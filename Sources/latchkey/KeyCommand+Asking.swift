import ArgumentParser
import Foundation
import KeyCore

/// Asking about a key: whether it would be allowed something, and why it was refused.
extension KeyCommand {
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says whether a key works, and if not, why. The key comes on standard input.",
            discussion: "With --path or --permission, says too what decides. Nothing is counted as a use.")

        @OptionGroup var options: DatabaseOptions
        @Option(help: "The method of a request that the key would make. (default: GET)") var method: String?
        @Option(help: "The path of a request that the key would make.") var path: String?
        @Option(help: "A permission that the key should have, such as devices:read.") var permission: String?

        func validate() throws {
            if path != nil, permission != nil { throw ValidationError("Give --path or --permission, not both.") }
            if method != nil, path == nil { throw ValidationError("--method goes with --path.") }
        }

        func run() async throws {
            let text = try Operator.secretFromInput("key")
            let (decision, rule) = try await Operator(options).run { operation in
                let question = question(to: operation.registry.platform)
                guard let secret = Secret.parse(text.utf8, prefix: operation.registry.platform.keyPrefix) else {
                    return (Decision.refused(.malformed), question.rule)
                }
                let now = operation.occasion.at
                return (try await operation.registry.decide(secret, question.requirement, at: now), question.rule)
            }
            switch decision {
            case .accepted: print("valid")
            case .refused(let reason): print(reason.code)
            }
            if let rule { print(rule) }
            if case .refused = decision { throw ExitCode.failure }
        }

        /// What the options ask for, and what decides about it in words.
        private func question(to platform: Platform) -> (requirement: Requirement, rule: String?) {
            if let permission {
                guard let known = platform.permission(permission) else {
                    return (.refused(.unknownPermission(permission)), "\(platform.name) has no such permission")
                }
                return (.permission(known), "needs \(permission)")
            }
            guard let path else { return (.validKey, nil) }
            let finding = platform.routes.finding(method: method ?? "GET", target: path)
            return (finding.requirement, rule(of: finding, platform))
        }

        private func rule(of finding: RouteTable.Finding, _ platform: Platform) -> String {
            if let route = finding.route {
                let needs = route.permission.map(platform.name(of:)) ?? "only a valid key"
                return "rule: \(route.method) \(route.pattern) needs \(needs)"
            }
            switch finding.requirement {
            case .refused(.pathRefused(let why)): return "rule: none, the path \(why)"
            case .refused: return "rule: none, and what no rule names is refused"
            default: return "rule: none, so a valid key is enough"
            }
        }
    }

    struct Refusals: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows a key's last refusals, the newest first.")

        @OptionGroup var options: DatabaseOptions
        @Argument(help: "The key's id, as the list shows it.") var id: String

        func run() async throws {
            let refusals = try await Operator(options).run {
                guard let id = ID<Key>(id) else { throw Refusal.notFound }
                let caller = try await $0.registry.commandLine(owning: id, on: $0.occasion)
                return try await $0.registry.refusals(of: id, by: caller)
            }
            for refusal in refusals { print(line(refusal)) }
        }

        private func line(_ refusal: KeyRefusal) -> String {
            let attempt = refusal.attempt
            let columns = [
                refusal.at.rfc3339, refusal.code, refusal.permission ?? "-", attempt.address, attempt.method,
                attempt.path,
            ]
            return columns.joined(separator: "\t")
        }
    }
}
