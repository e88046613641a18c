import Foundation

/// Turns passwords into what may be stored. Slow by design, so implementations bound how many run at once.
package protocol PasswordHasher: Sendable {
    /// - Throws: `busy` when too many are waiting already.
    func hash(_ password: Password) async throws(Refusal) -> String
    func verify(_ password: Password, against hash: String) async throws(Refusal) -> Bool
}

/// A password as it was typed, in Unicode NFC (RFC 8265, section 4.2.2): the same on every keyboard.
package struct Password: Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text.precomposedStringWithCanonicalMapping
    }
}

extension Password: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "Password(…)" }
    package var debugDescription: String { description }
}

/// Which passwords we accept: long enough, not among the most common, not the e-mail address.
/// No rules of composition: they make passwords worse (NIST SP 800-63B, section 5.1.1.2).
package struct PasswordPolicy: Sendable {
    package static let minimumLength = 8
    /// Bounds the work of one hash, not anybody's imagination.
    package static let maximumLength = 256

    private let isCommon: @Sendable (String) -> Bool

    /// - Parameter isCommon: whether a password, in lower case, is among the most common.
    package init(isCommon: @escaping @Sendable (String) -> Bool) {
        self.isCommon = isCommon
    }

    /// - Throws: `password_too_short`, `password_too_long`, `password_too_common`, `password_is_email`.
    package func check(
        _ password: Password, email: EmailAddress?, field: String = "password"
    ) throws(Refusal) {
        let text = password.text
        let count = PlainText.count(text)
        if count < PasswordPolicy.minimumLength { throw .field(field, .passwordTooShort) }
        if count > PasswordPolicy.maximumLength { throw .field(field, .passwordTooLong) }
        let lowered = text.lowercased()
        if let email, [email.text.lowercased(), email.localPart.lowercased()].contains(lowered) {
            throw .field(field, .passwordIsEmail)
        }
        if isCommon(lowered) { throw .field(field, .passwordTooCommon) }
    }
}
