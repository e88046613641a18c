/// A key's name: 1 to 100 code points on one line, trimmed, in Unicode NFC.
///
/// Two keys of one user never bear the same name; names are compared by `folded`.
package struct KeyName: Hashable, Sendable {
    package static let maximumLength = 100

    package let text: String

    /// - Throws: `name_empty`, `name_too_long`, `name_has_control_characters`, each for the field `name`.
    package init(_ text: String) throws(Refusal) {
        self.text = try PersonalText.line(text, field: "name", maximumLength: KeyName.maximumLength)
    }

    /// A name as the store holds it, checked when it was written.
    package init(stored text: String) {
        self.text = text
    }

    /// What the store's unique index holds: "Café" and "CAFÉ" are one.
    package var folded: String { PlainText.folded(text) }

    /// A search text in the same form, so that searching ignores case as uniqueness does.
    package static func folded(query: String) -> String { PlainText.folded(query) }
}

/// The other names that people give: their own, and their company's.
package enum PersonalText {
    package static let maximumLength = 100

    /// One line of a form, cleaned, or why it is refused.
    package static func line(
        _ text: String, field: String, maximumLength: Int = maximumLength
    ) throws(Refusal) -> String {
        let cleaned = PlainText.cleaned(text)
        if !PlainText.isVisible(cleaned) { throw .field(field, .nameEmpty) }
        if PlainText.count(cleaned) > maximumLength { throw .field(field, .nameTooLong) }
        if PlainText.hasForbiddenCharacters(cleaned) { throw .field(field, .nameHasControlCharacters) }
        return cleaned
    }
}
