/// Where a key was tried: what its owner needs to find the program that did.
package struct Attempt: Hashable, Sendable {
    /// Code points of a path that are kept.
    static let maximumPathLength = 200
    static let maximumMethodLength = 20

    package let address: String
    package let method: String
    /// Without its query, which may hold what is nobody's business.
    package let path: String

    package init(address: String, method: String, path: some StringProtocol) {
        self.address = address
        self.method = Attempt.kept(method, Attempt.maximumMethodLength)
        self.path = Attempt.kept(path.prefix { $0 != "?" }, Attempt.maximumPathLength)
    }

    /// The beginning of a text that a stranger chose. It is shown and stored, at a terminal too: what cannot be seen
    /// would do or say something else than it seems to. Counted in code points, since a character may be endless.
    package static func kept(_ text: some StringProtocol, _ limit: Int) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(limit) { kept.append(isVisible(scalar) ? scalar : "\u{FFFD}") }
        return String(kept)
    }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}

/// One time that a key was refused.
package struct KeyRefusal: Hashable, Sendable {
    /// How many of a key are kept.
    package static let kept = 20

    package let key: ID<Key>
    package let at: Timestamp
    package let attempt: Attempt
    /// The stable code, as it was answered.
    package let code: String
    /// The name of the right that was lacking.
    package let permission: String?

    package init(key: ID<Key>, at: Timestamp, attempt: Attempt, code: String, permission: String?) {
        self.key = key
        self.at = at
        self.attempt = attempt
        self.code = code
        self.permission = permission
    }
}
