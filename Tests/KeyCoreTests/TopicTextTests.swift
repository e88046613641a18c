import Testing

@testable import KeyCore

struct TopicTextTests {
    @Test(arguments: [
        ("  Why? ", "Why?"), ("Cafe\u{301}", "Caf\u{e9}"), ("👩‍🚀🔑", "👩‍🚀🔑"), ("<b>bold</b>", "<b>bold</b>"),
    ])
    func titleIsTrimmedAndComposed(_ text: String, _ expected: String) throws {
        #expect(Array(try TopicText.title(text).unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test(
        arguments: [
            ("", .titleTooShort), ("ab", .titleTooShort), ("  ab  ", .titleTooShort),
            ("\u{200b}\u{200b}\u{200b}", .titleTooShort), (String(repeating: "x", count: 151), .titleTooLong),
            ("two\nlines", .textHasControlCharacters), ("a\u{0}bc", .textHasControlCharacters),
            ("a\u{2028}bc", .textHasControlCharacters),
        ] as [(String, Refusal.Code)])
    func titleThatIsNoneIsRefused(_ text: String, _ code: Refusal.Code) {
        let refusal = refusal { () throws(Refusal) in try TopicText.title(text) }
        #expect(refusal == .field("title", code))
    }

    @Test(arguments: [
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree"), ("\n \n    code\n\n", "    code"), ("a\tb  \n\n  ", "a\tb"),
        ("# Heading\n\n- x", "# Heading\n\n- x"),
    ])
    func bodyKeepsItsLinesAndLosesItsEmptyEnds(_ text: String, _ expected: String) throws {
        let body = try TopicText.body(text, reading: paragraph)
        #expect(body == expected)
    }

    @Test(
        arguments: [
            ("", .textEmpty), (" \r\n\t", .textEmpty), ("\u{200b}", .textEmpty),
            (String(repeating: "я", count: 10_001), .textTooLong), ("a\u{0}b", .textHasControlCharacters),
            ("a\u{1b}[31mb", .textHasControlCharacters), ("a\u{85}b", .textHasControlCharacters),
        ] as [(String, Refusal.Code)])
    func bodyThatIsNoneIsRefused(_ text: String, _ code: Refusal.Code) {
        let refusal = refusal { () throws(Refusal) in try TopicText.body(text, reading: paragraph) }
        #expect(refusal == .field("body", code))
    }

    @Test func tenThousandCharactersFitHoweverTheLinesEnd() throws {
        let lines = String(repeating: "x\r\n", count: 5_000)
        #expect(try TopicText.body(lines, reading: paragraph).unicodeScalars.count == 9_999)
    }

    @Test func bodyOfWhichThePageWouldShowNothingIsRefused() {
        let refusal = refusal { () throws(Refusal) in
            try TopicText.body("[a]: https://a.example", reading: { _ in Prose(blocks: []) })
        }
        #expect(refusal == .field("body", .textEmpty))
    }

    @Test(arguments: [(Prose.Fault.tooDeep, Refusal.Code.textTooNested), (.tooLong, .textTooLong)])
    func bodyThatThePageCannotShowIsRefused(_ fault: Prose.Fault, _ code: Refusal.Code) {
        let refusal = refusal { () throws(Refusal) in
            try TopicText.body("x", reading: { (_) throws(Prose.Fault) in throw fault })
        }
        #expect(refusal == .field("body", code))
    }

    private let paragraph: Prose.Reader = { Prose(blocks: [.paragraph([.text($0)])]) }
}
