import ArgumentParser
import KeyCore

struct PlatformCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "platform", abstract: "The platform file: its sections, roles and routes.",
        subcommands: [Check.self, Show.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks a platform file and names every mistake by its line.")

        @Argument(help: "The file.", completion: .file(extensions: ["yaml", "yml"])) var file: String

        func run() throws {
            let platform = try orExit { try PlatformFile.platform(at: file) }
            let counts = [
                (platform.sections.count, "section"), (platform.roles.count, "role"),
                (platform.routes.routes.count, "route"),
            ]
            let told = counts.map { "\($0) \($1)\($0 == 1 ? "" : "s")" }
            print("ok: \(told.joined(separator: ", "))")
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the platform in force as a platform file: the built-in one, unless another is set.")

        @OptionGroup var options: PlatformOptions

        func run() throws {
            let platform = try orExit { try Platform.inForce(SettingSource(flags: options.given)) }
            print(PlatformFileText(platform: platform).yaml, terminator: "")
        }
    }
}
