import Foundation

/// What people write in discussions, as it is accepted.
enum TopicText {
    static let titleLength = 3...150
    static let maximumBodyLength = 10_000

    /// A title: one line of 3 to 150 code points.
    ///
    /// - Throws: `title_too_short`, `title_too_long`, `text_has_control_characters`, for the field `title`.
    static func title(_ text: String) throws(Refusal) -> String {
        let cleaned = PlainText.cleaned(text)
        let count = PlainText.count(cleaned)
        if count < titleLength.lowerBound || !PlainText.isVisible(cleaned) { throw .field("title", .titleTooShort) }
        if count > titleLength.upperBound { throw .field("title", .titleTooLong) }
        if PlainText.hasForbiddenCharacters(cleaned) { throw .field("title", .textHasControlCharacters) }
        return cleaned
    }

    /// A body in CommonMark: 1 to 10,000 code points, of which something is to be seen. Lines end with LF alone,
    /// whatever the browser sent (HTML, section 4.10.21.8, sends CRLF).
    ///
    /// - Throws: `text_empty`, `text_too_long`, `text_has_control_characters`, `text_too_nested`, for the field `body`.
    static func body(_ text: String, reading read: Prose.Reader) throws(Refusal) -> String {
        let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        let cleaned = withoutEmptyEnds(lines)
        if !PlainText.isVisible(cleaned) { throw .field("body", .textEmpty) }
        if PlainText.count(cleaned) > maximumBodyLength { throw .field("body", .textTooLong) }
        let plain = cleaned.unicodeScalars.filter { $0 != "\n" && $0 != "\t" }
        if PlainText.hasForbiddenCharacters(String(plain)) { throw .field("body", .textHasControlCharacters) }
        if try prose(cleaned, read).blocks.isEmpty { throw .field("body", .textEmpty) }
        return cleaned
    }

    private static func prose(_ text: String, _ read: Prose.Reader) throws(Refusal) -> Prose {
        do {
            return try read(text)
        } catch {
            throw .field("body", error == .tooLong ? .textTooLong : .textTooNested)
        }
    }

    /// Without empty lines before and white space after: what indents the first line means something in CommonMark.
    private static func withoutEmptyEnds(_ text: String) -> String {
        var rest = text[...]
        while let line = rest.firstIndex(of: "\n"), rest[..<line].allSatisfy(\.isWhitespace) {
            rest = rest[rest.index(after: line)...]
        }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
