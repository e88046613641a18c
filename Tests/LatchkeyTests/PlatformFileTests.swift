import Foundation
import KeyCore
import Testing

@testable import latchkey

@Suite struct PlatformFileTests {
    private let examples = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Examples/platforms").standardized

    private func platform(_ text: String) throws -> Platform {
        try PlatformFile.platform(text, file: "harbour.yaml")
    }

    /// A platform of which only what must be said is said.
    private let short = """
        platform: {name: Harbour, key_prefix: hb}
        sections: [{id: berths, name: Berths}]
        """

    @Test func whatTheFileLeavesOutIsAsThePlatformNeedsIt() throws {
        let platform = try platform(short)
        #expect(platform.name == "Harbour" && platform.keyPrefix == "hb" && platform.accent == .standard)
        #expect(platform.discussions == .signedIn)
        #expect(platform.sections.map(\.id) == ["berths", "users", "roles", "settings", "api-keys"])
        #expect(platform.sections.allSatisfy { $0.actions == Action.allCases })
        #expect(platform.sections[0].name == Platform.Name("Berths", "Berths"))
        #expect(platform.sections[4].name == Platform.Name("API keys", "API-ключи"))
        #expect(platform.roles.map(\.id) == ["administrator"])
        #expect(platform.roles[0].permissions == platform.allPermissions)
        #expect(platform.routes.routes.isEmpty && platform.routes.otherwise == .requireKey)
        for section in Platform.OwnSection.allCases {
            #expect(platform.name(of: platform.right(section, .delete)) == "\(section.rawValue):delete")
        }
    }

    @Test func whatTheFileSaysIsWhatThePlatformHas() throws {
        let platform = try platform(
            """
            otherwise: refuse
            platform: {name: "Гавань & Co", key_prefix: h2, accent: "#0F766E", discussions: public}
            sections:
              - {id: users, name: {en: Crew, ru: Экипаж}}
              - {id: logs, name: {en: Logs, ru: Журналы}, actions: [read, create]}
            routes:
              - {method: "*", path: "/logs/**", permission: logs:read}
              - {method: PUT, path: /health, permission: none}
            roles:
              - {id: administrator, name: {en: Captain, ru: Капитан}, permissions: all}
              - {id: mate, name: Mate, permissions: all}
            """)
        #expect(platform.name == "Гавань & Co" && platform.accent.text == "#0f766e")
        #expect(platform.discussions == .public)
        #expect(platform.sections.map(\.id) == ["users", "logs", "roles", "settings", "api-keys"])
        #expect(platform.sections[0].name.russian == "Экипаж")
        #expect(platform.permissions.count == 18 && platform.permission("logs:delete") == nil)
        #expect(platform.roles.map(\.name.english) == ["Captain", "Mate"])
        #expect(platform.roles[1].permissions == platform.allPermissions)
        #expect(platform.routes.otherwise == .refuse)
        let routes = platform.routes.routes
        #expect(routes.map(\.pattern) == ["/logs/**", "/health"])
        #expect(routes.map(\.permission) == [platform.permission("logs:read"), nil])
        #expect(routes.map(\.line) == [7, 8])
    }

    @Test(arguments: [
        ("[]", []),
        ("[logs:read]", ["logs:read"]),
        ("[\"logs:*\"]", ["logs:create", "logs:read"]),
        ("[\"*:create\"]", ["logs:create", "users:create", "roles:create", "settings:create", "api-keys:create"]),
    ])
    func aRoleHasTheRightsThatItsPatternsName(permissions: String, names: [String]) throws {
        let platform = try platform(
            """
            platform: {name: Harbour, key_prefix: hb}
            sections: [{id: logs, name: Logs, actions: [create, read]}]
            roles:
              - {id: administrator, name: Admin, permissions: all}
              - {id: role, name: Role, permissions: \(permissions)}
            """)
        #expect(platform.names(of: platform.roles[1].permissions) == names)
    }

    @Test func everyRightIsNamedByAsterisks() throws {
        let roles = """

            roles:
              - {id: administrator, name: Admin, permissions: all}
              - {id: deputy, name: Deputy, permissions: ["*:*"]}
            """
        let platform = try platform(short + roles)
        #expect(platform.roles[1].permissions == platform.allPermissions)
    }

    @Test func fileOfAnotherSystemIsReadAlike() throws {
        let other = "\u{FEFF}" + short.replacing("\n", with: "\r\n")
        #expect(try platform(other).sections.map(\.id) == platform(short).sections.map(\.id))
    }

    @Test func largestPlatformIsRead() throws {
        let sections = (1...28).map { "\n  - {id: s\($0), name: S}" }.joined()
        let routes = (1...5000).map { "\n  - {method: GET, path: /api/r\($0)/*, permission: s1:read}" }.joined()
        let platform = try platform(
            "platform: {name: Harbour, key_prefix: hb}\nsections:\(sections)\nroutes:\(routes)\n")
        #expect(platform.permissions.count == PermissionSet.maximumCount)
        #expect(platform.routes.routes.count == 5000)
    }

    @Test func builtInPlatformIsTheExampleThatOneBeginsWith() throws {
        let text = try String(contentsOf: examples.appending(path: "smartplayer.yaml"), encoding: .utf8)
        #expect(PlatformFileText(platform: .smartPlayer).yaml == text)
    }

    @Test func whatIsShownOfAPlatformIsAFileOfTheSamePlatform() throws {
        let files = try FileManager.default.contentsOfDirectory(at: examples, includingPropertiesForKeys: nil)
        #expect(files.count >= 2)
        for file in files {
            let platform = try PlatformFile.platform(at: file.path)
            let shown = PlatformFileText(platform: platform).yaml
            let again = try self.platform(shown)
            #expect(PlatformFileText(platform: again).yaml == shown)
            #expect(again.permissions == platform.permissions)
            #expect(again.roles.map(\.permissions) == platform.roles.map(\.permissions))
            #expect(again.roles.map(\.name) == platform.roles.map(\.name))
            #expect(again.sections.map(\.name) == platform.sections.map(\.name))
            #expect(again.routes.routes.map(\.permission) == platform.routes.routes.map(\.permission))
            #expect(again.accent == platform.accent && again.routes.otherwise == platform.routes.otherwise)
        }
    }

    @Test(arguments: ["yes: no", "a\"b\\c", "null", "*", " lead", "#1", "Ёлка — 5 %", "- x", "{a}", "&a"])
    func nameOfAnyKindIsShownSoThatItIsReadAgain(name: String) throws {
        let sections = [Platform.Section(id: "a", name: Platform.Name(name, name), actions: [.read])]
        var odd = Platform(name: name, keyPrefix: "od", sections: sections + Platform.ownSections)
        let administrator = Platform.RoleTemplate(
            id: "administrator", name: Platform.Name("A", "Б"), permissions: odd.allPermissions)
        odd.add(administrator)
        let shown = PlatformFileText(platform: odd).yaml
        #expect(try platform(shown).name == name.trimmingCharacters(in: .whitespaces))
    }
}
