import Testing

@testable import KeyCore

struct NameTests {
    @Test(arguments: [
        ("Lobby", "Lobby"), ("  Lobby\t", "Lobby"), ("\n\u{a0}Lobby\u{3000}\r\n", "Lobby"),
        ("Cafe\u{301}", "Caf\u{e9}"), ("\u{212B}", "\u{c5}"), ("Экран в холле", "Экран в холле"),
        ("🖥️👩‍💻", "🖥️👩‍💻"), ("مفتاح", "مفتاح"), ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a  b", "a  b"),
    ])
    func nameIsTrimmedAndComposed(_ text: String, _ expected: String) throws {
        let name = try KeyName(text)
        #expect(Array(name.text.unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test(
        arguments: [
            ("", .nameEmpty), ("   ", .nameEmpty), ("\t\r\n\u{a0}\u{2003}", .nameEmpty),
            (String(repeating: "x", count: 101), .nameTooLong), (String(repeating: "🖥", count: 101), .nameTooLong),
            ("a\u{0}b", .nameHasControlCharacters), ("\u{0}", .nameHasControlCharacters),
            ("a\nb", .nameHasControlCharacters), ("a\u{7f}", .nameHasControlCharacters),
            ("a\u{85}b", .nameHasControlCharacters), ("a\u{2028}b", .nameHasControlCharacters),
            ("a\u{2029}b", .nameHasControlCharacters), ("a\u{fffe}b", .nameHasControlCharacters),
        ] as [(String, Refusal.Code)])
    func nameThatIsNoLineOfTextIsRefused(_ text: String, _ code: Refusal.Code) {
        let refusal = refusal { () throws(Refusal) in try KeyName(text) }
        #expect(refusal == .field("name", code))
    }

    @Test func hundredCharactersFitHoweverTheyAreWritten() throws {
        #expect(try KeyName(String(repeating: "x", count: 100)).text.count == 100)
        #expect(try KeyName(String(repeating: "🖥", count: 100)).text.count == 100)
        // 200 code points that compose to 100, and blanks around that do not count.
        #expect(try KeyName("  " + String(repeating: "e\u{301}", count: 100) + "  ").text.unicodeScalars.count == 100)
    }

    @Test(arguments: [
        ["Caf\u{e9}", "Cafe\u{301}", "CAF\u{c9}", " café "], ["Straße", "STRASSE", "strasse", "STRAẞE"],
        ["Οδός", "ΟΔΌΣ", "οδόσ"], ["Экран", "ЭКРАН", "экран"], ["ﬁle", "FILE", "file"], ["ǅ", "ǆ", "Ǆ"],
        ["\u{3a9}", "\u{2126}", "ω"], ["K", "\u{212A}", "k"],
    ])
    func twinsFoldToOne(_ family: [String]) {
        let folded = Set(family.map { Array(PlainText.folded($0).unicodeScalars) })
        #expect(folded.count == 1, "\(family)")
    }

    @Test func namesThatDifferFoldApart() {
        let names = ["Cafe", "Café", "Caf", "Сafe", "cafe 1", "ca fe", "ёлка", "елка", "1", "①"]
        #expect(Set(names.map(PlainText.folded)).count == names.count)
    }

    /// What is stored folded is compared with what is folded again.
    @Test func foldingTwiceChangesNothing() {
        for value in UInt32(1)...0x2FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let once = PlainText.folded("x\(scalar)x")
            let twice = PlainText.folded(once)
            if Array(once.unicodeScalars) != Array(twice.unicodeScalars) {
                Issue.record("U+\(String(value, radix: 16)) folds to \(once), and that to \(twice)")
            }
        }
    }

    @Test func searchTextFoldsAsNamesDo() throws {
        #expect(KeyName.folded(query: " CAFE\u{301} ") == (try KeyName("Café").folded))
    }
}
