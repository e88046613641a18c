import Foundation

/// What we accept as one line of text from a person, and how two such lines are compared.
enum PlainText {
    /// Trims white space and brings the text to Unicode NFC, so that what looks the same is the same.
    static func cleaned(_ text: String) -> String {
        text.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping
    }

    /// Whether a line holds what no line should: control characters, line and paragraph separators,
    /// and code points that stand for no character.
    static func hasForbiddenCharacters(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
            default: scalar.properties.isNoncharacterCodePoint
            }
        }
    }

    /// Whether anything of a text is to be seen. Zero-width spaces and marks of direction alone are no name.
    static func isVisible(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            scalar.properties.generalCategory != .format && !scalar.properties.isWhitespace
        }
    }

    /// The form in which names are compared: lower case of upper case of lower case, in NFC. "ß" meets "SS" and "ς"
    /// meets "Σ" on the way up, and "ẞ", which has no upper case of its own, on the way down before it.
    static func folded(_ text: String) -> String {
        cleaned(text).lowercased().uppercased().lowercased().precomposedStringWithCanonicalMapping
    }

    /// How many characters a line has, as JSON Schema counts them: Unicode code points.
    static func count(_ text: String) -> Int {
        text.unicodeScalars.count
    }
}
