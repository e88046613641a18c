import ArgumentParser
import KeyCore

struct TopicCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topic", abstract: "The topics of the discussions.", subcommands: [Hide.self, Show.self])

    struct Hide: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hides a topic from all but its author and the moderators of their company, for good.")

        @OptionGroup var options: DatabaseOptions
        @Argument(help: "The topic's id, as in the address of its page.") var id: String

        func run() async throws {
            try await Operator(options).run { try await $0.setHidden(true, topic: id) }
            print("\(id) is hidden.")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a topic again, whoever hid it.")

        @OptionGroup var options: DatabaseOptions
        @Argument(help: "The topic's id, as in the address of its page.") var id: String

        func run() async throws {
            try await Operator(options).run { try await $0.setHidden(false, topic: id) }
            print("\(id) is shown again.")
        }
    }
}

struct ReplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reply", abstract: "The replies of the discussions.", subcommands: [Hide.self, Show.self])

    struct Hide: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Hides the words of a reply from all but its author and the moderators of their company, for good.")

        @OptionGroup var options: DatabaseOptions
        @Argument(help: "The reply's id, as in the address of its place on the page.") var id: String

        func run() async throws {
            try await Operator(options).run { try await $0.setHidden(true, reply: id) }
            print("\(id) is hidden.")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows a reply again, whoever hid it.")

        @OptionGroup var options: DatabaseOptions
        @Argument(help: "The reply's id, as in the address of its place on the page.") var id: String

        func run() async throws {
            try await Operator(options).run { try await $0.setHidden(false, reply: id) }
            print("\(id) is shown again.")
        }
    }
}

extension Operator {
    /// - Throws: `not_found` for a text that no id can be, too.
    fileprivate func setHidden(_ isHidden: Bool, topic text: String) async throws {
        guard let id = ID<Topic>(text) else { throw Refusal.notFound }
        try await registry.setHidden(isHidden, topic: id, on: occasion)
    }

    fileprivate func setHidden(_ isHidden: Bool, reply text: String) async throws {
        guard let id = ID<Reply>(text) else { throw Refusal.notFound }
        try await registry.setHidden(isHidden, reply: id, on: occasion)
    }
}
