/// An e-mail address, checked as far as a form can: it names a mailbox and a host, and fits RFC 5321's lengths.
/// Whether it exists is known only to the one who answers mail there.
package struct EmailAddress: Hashable, Sendable {
    package static let maximumLength = 254  // RFC 5321, section 4.5.3.1.3, less the angle brackets

    package let text: String

    /// - Throws: `email_invalid` for the field `email`.
    package init(_ text: String) throws(Refusal) {
        let cleaned = PlainText.cleaned(text)
        guard EmailAddress.isPlausible(cleaned) else { throw .field("email", .emailInvalid) }
        self.text = cleaned
    }

    /// An address as the store holds it.
    package init(stored text: String) {
        self.text = text
    }

    /// The form in which addresses are compared. RFC 5321 lets a host tell apart letter case; people do not.
    package var folded: String { PlainText.folded(text) }

    /// What stands before the "@".
    package var localPart: Substring { text.prefix { $0 != "@" } }

    /// What would say something to a mail server, or nothing to a reader. By code points: with a mark on top, ">" is
    /// another character to Swift and the same to the server.
    private static func isOutOfPlace(_ scalar: Unicode.Scalar) -> Bool {
        let category = scalar.properties.generalCategory
        return scalar.properties.isWhitespace || category == .format || "<>(),;:\\\"[]".unicodeScalars.contains(scalar)
    }

    private static func isPlausible(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= maximumLength, !parts[0].isEmpty, parts[0].utf8.count <= 64,
            !PlainText.hasForbiddenCharacters(text), !text.unicodeScalars.contains(where: isOutOfPlace)
        else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty && !$0.hasPrefix("-") && !$0.hasSuffix("-") }
    }
}
