import Foundation
import KeyCore
import Testing

@testable import Portal

@Suite struct RightsInWordsTests {
    private let platform = Platform.smartPlayer

    private func inWords(_ language: Language) -> RightsInWords {
        let reader = Reader(language: language, timeZone: .gmt, now: Timestamp(milliseconds: 1_795_383_000_000))
        return RightsInWords(reader: reader, platform: platform)
    }

    private func set(_ names: String...) throws -> PermissionSet {
        try platform.set(named: names)
    }

    @Test func whatNeedsNoListIsSaidInAWord() throws {
        #expect(inWords(.english).text(platform.allPermissions) == "Everything")
        #expect(inWords(.russian).text(platform.allPermissions) == "Всё")
        #expect(inWords(.english).text(PermissionSet()) == "Nothing")
        #expect(inWords(.english).text(platform.readPermissions) == "All sections: read")
        #expect(inWords(.russian).text(platform.readPermissions) == "Все разделы: чтение")
    }

    @Test func aSectionIsEverythingOnlyWhenItIs() throws {
        let some = try set("devices:create", "devices:read", "devices:update", "devices:delete", "content:create")
        #expect(inWords(.english).text(some) == "Devices: everything; Content: create")
        #expect(inWords(.russian).text(some) == "Устройства: всё; Контент: создание")
        let three = try set("content:create", "content:read", "content:delete")
        #expect(inWords(.english).text(three) == "Content: read, create and delete")
    }

    @Test func whatWasTakenIsNamedRightByRight() throws {
        let all = try set("devices:create", "devices:read", "devices:update", "devices:delete")
        #expect(inWords(.english).names(all) == "Devices: read, create, update and delete")
        #expect(inWords(.russian).names(try set("reports:delete")) == "Отчёты: удаление")
    }

    @Test func onlyManySectionsAreFoldedAway() throws {
        let three = try set("devices:read", "content:read", "reports:read")
        #expect(!inWords(.english).html(three).source.contains("<details"))
        let five = try set("devices:read", "content:read", "reports:read", "users:read", "roles:read")
        let html = inWords(.english).html(five).source
        #expect(html.contains("<span>Devices: read; Content: read</span>"))
        #expect(html.contains("<summary>and 3 more sections</summary>"))
        #expect(html.contains("<li>Roles: read</li>"))
    }
}

@Suite struct RightsChoiceTests {
    private let platform = Platform.smartPlayer

    private func fault(_ query: String, held names: [String]) throws -> RightsChoice.Fault? {
        RightsChoice(.init(query.utf8)).fault(held: try platform.set(named: names), platform)
    }

    @Test func everythingIsWhatIsLeftUnsaid() throws {
        #expect(try fault("rights=all", held: ["devices:read"]) == nil)
        #expect(try fault("", held: ["devices:read"]) == nil)
        #expect(try fault("rights=all&permissions=devices:read", held: ["devices:read"]) == nil)
    }

    @Test func untickedRightsAreNeverGivenByEverything() throws {
        let held = ["devices:read", "devices:delete"]
        #expect(try fault("rights=all&permissions=devices:read", held: held) == .contradiction)
    }

    @Test func someNeedsAtLeastOneAndOnlyWhatIsHeld() throws {
        #expect(try fault("rights=some", held: ["devices:read"]) == .nothing)
        #expect(try fault("rights=some&permissions=devices:read", held: ["devices:read"]) == nil)
        let asked = "rights=some&permissions=devices:read&permissions=devices:delete&permissions=cars:read"
        #expect(try fault(asked, held: ["devices:read"]) == .lost(["devices:delete", "cars:read"]))
    }
}

@Suite struct RefusalWordsTests {
    @Test(arguments: Language.allCases)
    func everyCodeOfARefusedKeyTellsWhatToDo(language: Language) {
        let words = Phrases.of(language).refusals
        for code in RefusedCode.allCases {
            let reason = words.reason(code, "X")
            #expect(reason.what.hasSuffix(".") && reason.advice.hasSuffix("."), "\(code)")
        }
    }

    @Test func everyCodeThatIsAnsweredHasWordsOfItsOwn() {
        let reasons: [Decision.Reason] = [
            .deleted, .expired, .notCopied, .ownerBlocked, .unknownPermission("x"), .pathRefused("x"), .noRoute,
        ]
        for reason in reasons { #expect(RefusedCode(reason.code) != .other, "\(reason.code)") }
        #expect(RefusedCode("something_new") == .other)
    }

    @Test func theWindowHasAProgramOfEachLanguage() {
        #expect(Snippet.all.map(\.id) == ["curl", "python", "javascript", "go", "php", "swift"])
        #expect(Snippet.keyLine("A_KEY") == (before: "export A_KEY='", after: "'"))
        for snippet in Snippet.all {
            let text = snippet.text(calling: "https://a.example", with: "A_KEY")
            #expect(text.contains("https://a.example/v1/verify") && text.contains("A_KEY"), "\(snippet.id)")
            #expect(!text.contains("LATCHKEY"), "\(snippet.id)")
        }
    }

    @Test(arguments: [
        ("SmartPlayer", "SMARTPLAYER_API_KEY", "smartplayer.env"),
        ("City  Clinic №1", "CITY_CLINIC_1_API_KEY", "city_clinic_1.env"),
        ("3D Walls", "_3D_WALLS_API_KEY", "_3d_walls.env"), ("Клиника", "SP_API_KEY", "sp.env"),
    ])
    func theVariableOfAKeyIsOneThatEveryShellTakes(_ platform: String, _ variable: String, _ file: String) {
        let named = Platform(name: platform, keyPrefix: "sp", sections: [])
        #expect(KeyVariable(named).name == variable)
        #expect(KeyVariable(named).fileName == file)
    }
}
