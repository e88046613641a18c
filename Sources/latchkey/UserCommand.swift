import ArgumentParser
import KeyCore

struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "The people with a personal account.",
        subcommands: [Add.self, List.self, Block.self, Unblock.self, ResetPassword.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a company with its Administrator and prints the user's id.",
            discussion: "The password comes on standard input.")

        @OptionGroup var options: DatabaseOptions
        @Option(help: "The person's name.") var name: String
        @Option(help: "The e-mail address that they log in with.") var email: String
        @Option(help: "The company's name.") var company: String
        @Option(help: "Their time zone, such as Europe/Moscow. (default: UTC)") var timeZone: String?
        @Option(help: "Their language: en or ru.") var language = "en"
        @Flag(help: "Read the password from standard input, as is always done.") var passwordStdin = false

        func run() async throws {
            guard let language = Language(rawValue: language) else {
                throw ValidationError(Refusal.Code.languageUnknown.detail)
            }
            let password = try Operator.secretFromInput("password")
            let form = RegistrationForm(
                name: name, email: email, password: password, company: company, timeZone: timeZone,
                language: language)
            let account = try await Operator(options, mode: .create).run {
                try await $0.registry.addAccount(form, on: $0.occasion)
            }
            print(account.user.id)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists everybody.")

        @OptionGroup var options: DatabaseOptions

        func run() async throws {
            let accounts = try await Operator(options).run { try await $0.registry.accounts() }
            for account in accounts {
                let state = account.user.blockedAt == nil ? "active" : "blocked"
                print(
                    [
                        "\(account.user.id)", account.user.email.text, state, account.role.name, account.company.name,
                        account.user.name,
                    ].joined(separator: "\t"))
            }
        }
    }

    struct Block: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Blocks a user, a company's last Administrator too: their sessions and keys end at once.")

        @OptionGroup var options: DatabaseOptions
        @Argument(help: "The user's e-mail address.") var email: String

        func run() async throws {
            try await Operator(options).run {
                _ = try await $0.registry.block(try await $0.registry.commandLine(for: email, on: $0.occasion))
            }
            print("\(email) is blocked.")
        }
    }

    struct Unblock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lets a blocked user back in; their keys work again.")

        @OptionGroup var options: DatabaseOptions
        @Argument(help: "The user's e-mail address.") var email: String

        func run() async throws {
            try await Operator(options).run {
                try await $0.registry.unblock(try await $0.registry.commandLine(for: email, on: $0.occasion))
            }
            print("\(email) may log in again.")
        }
    }

    struct ResetPassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets a new password, which comes on standard input. The user's sessions end.")

        @OptionGroup var options: DatabaseOptions
        @Argument(help: "The user's e-mail address.") var email: String
        @Flag(help: "Read the password from standard input, as is always done.") var passwordStdin = false

        func run() async throws {
            let password = try Operator.secretFromInput("new password")
            try await Operator(options).run {
                let caller = try await $0.registry.commandLine(for: email, on: $0.occasion)
                try await $0.registry.resetPassword(to: password, by: caller)
            }
            print("The password of \(email) was changed.")
        }
    }
}
