import KeyCore
import Testing

@testable import latchkey

/// Each mistake is told with its line, and with what to write instead.
@Suite struct PlatformFileMistakeTests {
    /// A file in which everything is right, to put one mistake into.
    private static let head = """
        platform: {name: Harbour, key_prefix: hb}
        sections:
          - {id: berths, name: Berths}

        """

    private func mistakes(_ text: String) -> [PlatformFileMistake] {
        do {
            _ = try PlatformFile.platform(text, file: "harbour.yaml")
            return []
        } catch {
            return error.mistakes
        }
    }

    private func expect(_ text: String, _ line: Int?, _ told: String, _ location: SourceLocation = #_sourceLocation) {
        let mistakes = mistakes(text)
        #expect(mistakes.map(\.line) == [line], sourceLocation: location)
        #expect(mistakes.first?.text.contains(told) == true, "\(mistakes)", sourceLocation: location)
    }

    @Test func theFileThatMistakesArePutIntoHasNone() {
        #expect(mistakes(Self.head) == [])
    }

    @Test(
        arguments: [
            ("", nil, "is empty"),
            ("# nothing\n", nil, "is empty"),
            ("just words\n", 1, "must hold members: platform, sections"),
            ("- a list\n", 1, "must hold members"),
            ("platform: {name: Harbour\nsections: [\n", 2, "not YAML"),
            ("platform:\n\tname: Harbour\n", 2, "not YAML"),
            (head + "roles: [{id: a, name: A, permissions: [*:read]}]\n", 4, "needs quotes in YAML"),
            (head + "routes: [{method: *, path: /a, permission: none}]\n", 4, "needs quotes in YAML"),
            (head + "otherwise: *any\n", 4, "needs quotes in YAML"),
            (head + "otherwise: refuse\notherwise: refuse\n", 4, "stands twice in one place: “otherwise”"),
            (head + "---\n" + head, 4, "second document"),
            (head + "\nname: \u{1}\n", 5, "not text"),
            ("a: &a [x]\n", 1, "anchors"),
            ("x: 1\n\ny: [1,&a 2]\n", 3, "anchors"),
        ] as [(String, Int?, String)])
    func whatIsNoPlatformFileIsTold(text: String, line: Int?, told: String) {
        expect(text, line, told)
    }

    @Test(arguments: [
        ("sections: [{id: a, name: A}]\n", 1, "the member “platform” is missing"),
        ("platform: {name: A, key_prefix: ab}\n", 1, "the member “sections” is missing"),
        ("platform: Harbour\nsections: [{id: a, name: A}]\n", 1, "“platform” must hold members"),
        ("platform: {name: A}\nsections: [{id: a, name: A}]\n", 1, "“key_prefix” is missing"),
        ("platform: {name: \"\", key_prefix: ab}\nsections: [{id: a, name: A}]\n", 1, "1 to 100 characters"),
        ("platform: {name: {en: A}, key_prefix: ab}\nsections: [{id: a, name: A}]\n", 1, "“name” must be a text"),
        ("platform: {name: , key_prefix: ab}\nsections: [{id: a, name: A}]\n", 1, "nothing is there"),
        ("platform:\n  name: A\n  key_prefix: a\nsections: [{id: a, name: A}]\n", 3, "2 to 8 lower-case"),
        ("platform:\n  key_prefix: A_B\n  name: A\nsections: [{id: a, name: A}]\n", 2, "“A_B”"),
        ("platform: {name: A, key_prefix: ab, colour: red}\nsections: [{id: a, name: A}]\n", 1, "“colour”"),
        ("platform:\n  name: A\n  key_prefix: ab\n  accent: teal\nsections: [{id: a, name: A}]\n", 4, "“teal”"),
        ("platform:\n  name: A\n  key_prefix: ab\n  accent: #123456\nsections: [{id: a, name: A}]\n", 4, "quotes"),
        (
            "platform:\n  name: A\n  discussions: all\n  key_prefix: ab\nsections: [{id: a, name: A}]\n", 3,
            "or off, not “all”"
        ),
        (
            "platform:\n  name: A\n  discussions:\n  key_prefix: ab\nsections: [{id: a, name: A}]\n", 3,
            "nothing is there"
        ),
        (head + "section: []\n", 4, "“section” here; did you mean “sections”?"),
        (head + "otherwise: allow\n", 4, "must be require-key or refuse"),
    ])
    func whatIsWrongWithThePlatformItselfIsTold(text: String, line: Int, told: String) {
        expect(text, line, told)
    }

    @Test(arguments: [
        ("[]", 2, "names none"),
        ("berths", 2, "“sections” must be a list"),
        ("\n  - berths", 3, "a section must hold members"),
        ("\n  - {name: Berths}", 3, "the member “id” is missing"),
        ("\n  - {id: berths}", 3, "the member “name” is missing"),
        ("\n  - {id: berths, name: {en: Berths}}", 3, "the member “ru” is missing"),
        ("\n  - {id: berths, name: {en: Berths, ru: Причалы, de: Liegeplätze}}", 3, "“de”"),
        ("\n  - {id: Berths, name: Berths}", 3, "lower-case letter"),
        ("\n  - {id: 2nd, name: Berths}", 3, "lower-case letter"),
        ("\n  - {id: a23456789012345678901234567890123, name: Berths}", 3, "at most 32"),
        ("\n  - {id: a, name: A}\n  - {id: b, name: B}\n  - {id: a, name: C}", 5, "“a” stands here a second time"),
        ("\n  - {id: a, name: A, actions: [read, fly]}", 3, "no action “fly”; there is: create, read"),
        ("\n  - {id: a, name: A, actions: [raed]}", 3, "did you mean “read”?"),
        ("\n  - {id: a, name: A, actions: [read, read]}", 3, "“read” stands here a second time"),
        ("\n  - {id: a, name: A, actions: []}", 3, "“actions” names none"),
        ("\n  - {id: a, name: A, actions: read}", 3, "“actions” must be a list"),
        ("\n  - {id: users, name: Staff, actions: [read]}", 3, "one of Latchkey's own"),
        ("\n  - {id: a, name: A, action: [read]}", 3, "did you mean “actions”?"),
    ])
    func whatIsWrongWithASectionIsTold(sections: String, line: Int, told: String) {
        expect("platform: {name: Harbour, key_prefix: hb}\nsections: \(sections)\n", line, told)
    }

    @Test func moreSectionsThanRightsHaveBitsAreTold() {
        let entries = (1...29).map { "  - {id: s\($0), name: S}\n" }.joined()
        let roles = "roles:\n  - {id: administrator, name: A, permissions: all}\n"
        let last = "  - {id: b, name: B, permissions: [s29:read]}\n"
        let head = "platform: {name: Harbour, key_prefix: hb}\nsections:\n"
        expect(head + entries + roles + last, 3, "at most 32 sections")
        let named = entries.replacing("s29, name: S", with: "users, name: S")
        #expect(mistakes(head + named + roles) == [])
    }

    @Test(arguments: [
        ("[]", 4, "must be one with “id: administrator”"),
        ("all", 4, "“roles” must be a list"),
        ("\n  - {id: viewer, name: V, permissions: [berths:read]}", 5, "must be one with “id: administrator”"),
        ("\n  - {id: administrator, name: A, permissions: [\"*:*\"]}", 5, "has every right"),
        ("\n  - {id: administrator, name: A}", 5, "the member “permissions” is missing"),
        (administrator + "  - {id: administrator, name: B, permissions: all}", 6, "stands here a second time"),
        (administrator + "  - {id: a, name: {en: aDMIN, ru: A}, permissions: []}", 6, "has the name “aDMIN” already"),
        (administrator + "  - {id: a, name: A, permissions: every}", 6, "“permissions” must be “all”"),
        (administrator + "  - {id: a, name: A, permissions: [berth:read]}", 6, "did you mean “berths”?"),
        (administrator + "  - {id: a, name: A, permissions: [planes:read]}", 6, "no section “planes”; there is: api-"),
        (administrator + "  - {id: a, name: A, permissions: [berths:moor]}", 6, "no action “moor”"),
        (administrator + "  - {id: a, name: A, permissions: [berths]}", 6, "is written section:action"),
        (administrator + "  - {id: a, name: A, permissions: [\"*\"]}", 6, "is written section:action"),
        (administrator + "  - {id: a, name: A, permissions:\n      [berths:read,\n       berths:fly]}", 8, "“fly”"),
        (administrator + "  - {id: a, name: A, permissions: [[]]}", 6, "“permissions” must be a text"),
    ])
    func whatIsWrongWithARoleIsTold(roles: String, line: Int, told: String) {
        expect(Self.head + "roles: \(roles)\n", line, told)
    }

    private static let administrator = "\n  - {id: administrator, name: Admin, permissions: all}\n"

    @Test func aRightThatASectionLacksIsTold() {
        let sections = "sections: [{id: logs, name: Logs, actions: [read]}]\n"
        let head = "platform: {name: Harbour, key_prefix: hb}\n" + sections
        expect(head + "routes: [{method: GET, path: /a, permission: logs:update}]\n", 3, "it has: read")
    }

    @Test(arguments: [
        ("GET", "berths", "berths:read", 5, "does not begin with a slash"),
        ("GET", "/a/../b", "berths:read", 5, "“..” segment"),
        ("GET", "/a/./b", "berths:read", 5, "“..” segment"),
        ("GET", "/a//b", "berths:read", 5, "empty segment"),
        ("GET", "/a?b=c", "berths:read", 5, "“?”"),
        ("GET", "/a%2fb", "berths:read", 5, "encoded slash"),
        ("GET", "/%2e%2e/b", "berths:read", 5, "“..” segment"),
        ("GET", "/%zz", "berths:read", 5, "percent-encoded"),
        ("GET", "/%2a", "berths:read", 5, "“*” within a segment"),
        ("GET", "/a/x*", "berths:read", 5, "“*” within a segment"),
        ("GET", "/a/***", "berths:read", 5, "“*” within a segment"),
        ("GET", "/a/**/b", "berths:read", 5, "at a path's end only"),
        ("get", "/a", "berths:read", 5, "in capitals"),
        ("GET", "/a", "berths:*", 5, "one right"),
        ("GET", "/a", "berths", 5, "is written section:action"),
        ("GET", "/a", "piers:read", 5, "no section “piers”"),
        ("GET", "/a", "None", 5, "is written section:action"),
        ("GET", "/a", "", 5, "“permission” must be a text"),
    ])
    func whatIsWrongWithARouteIsTold(method: String, path: String, permission: String, line: Int, told: String) {
        let route = "  - {method: \(method), path: \"\(path)\", permission: \(permission)}\n"
        expect(Self.head + "routes:\n" + route, line, told)
    }

    @Test func aRouteThatCanNeverMatchNamesTheOneBeforeIt() {
        let routes = """
            routes:
              - {method: GET, path: /berths, permission: berths:read}
              - {method: GET, path: "/berths/*", permission: berths:read}
              - {method: "*", path: /berths, permission: none}
              - {method: GET, path: /berths/, permission: none}

            """
        expect(Self.head + routes, 8, "line 5 names GET “/berths”")
    }

    @Test func allMistakesAreToldAtOnceInTheOrderOfTheFile() {
        let text = """
            routes: [{method: GET, path: a, permission: none}]
            roles: []
            sections: [{id: A, name: A}]
            platform: {name: A, key_prefix: A}
            """
        #expect(mistakes(text).map(\.line) == [1, 2, 3, 4])
        let error = PlatformFileError(file: "f", mistakes: mistakes(text))
        #expect(error.description.split(separator: "\n").count == 4)
        #expect(error.description.hasPrefix("f:1: the path “a” does not begin"))
    }

    @Test func moreMistakesThanAnybodyReadsAreCounted() {
        let text = Self.head + (1...150).map { "member\($0): 1\n" }.joined()
        #expect(mistakes(text).count == 150)
        let lines = PlatformFileError(file: "f", mistakes: mistakes(text)).description.split(separator: "\n")
        #expect(lines.count == 101 && lines.last == "f: and 50 more.")
    }

    @Test func whatTheFileSaysCannotWriteOnTheTerminal() {
        let told = mistakes(Self.head + "\"\\e[31m\(String(repeating: "x", count: 500))\": 1\n").first?.text ?? ""
        #expect(told.contains("[31mxxx") && !told.contains("\u{1B}") && told.count < 200)
    }

    @Test func textsThatGrowWithoutEndAreRefusedBeforeTheyDo() {
        // Two to the fortieth nodes, in a member's name.
        let doubled = (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
        let bomb = "a0: &a0 [x]\n" + doubled + "? *a40\n: 1\n"
        expect(bomb, 1, "anchors")
        expect(String(repeating: "[", count: 100_000), 1, "not YAML")
        expect("a: " + String(repeating: "- ", count: 100_000), 1, "not YAML")
        expect("x:\n" + String(repeating: "? ", count: 100_000), 2, "not YAML")
    }
}
