import Foundation

/// Where mail is handed over: `smtp://user:password@host:587` or `smtps://host`.
///
/// `smtps` is TLS from the first byte; `smtp` begins TLS before anything is said (STARTTLS) and goes no further
/// without it, but to this very machine, where a plain relay may listen.
package struct MailServer: Sendable {
    let url: String
    let insistsOnTLS: Bool

    /// `nil` where the text is no such address.
    package init?(_ text: String) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            ["smtp", "smtps"].contains(scheme), let host = parts.host, !host.isEmpty,
            parts.path.isEmpty || parts.path == "/", parts.query == nil, parts.fragment == nil
        else { return nil }
        url = text
        insistsOnTLS = !["127.0.0.1", "[::1]", "::1", "localhost"].contains(host.lowercased())
    }
}

/// The address may hold a password.
extension MailServer: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "MailServer(…)" }
    package var debugDescription: String { description }
}
