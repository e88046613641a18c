import Hummingbird
import KeyCore

/// The cookie that holds a browser's session.
///
/// Over HTTPS its name begins with `__Host-`, by which the browser proves that it was set by this very host and
/// for no other (RFC 6265bis, section 4.1.3.2). Browsers refuse that name over plain HTTP.
package struct SessionCookie: Sendable {
    package let name: String
    private let isSecure: Bool

    package init(isSecure: Bool) {
        self.isSecure = isSecure
        name = isSecure ? "__Host-latchkey" : "latchkey"
    }

    package func token(in request: Request) -> SessionToken? {
        request.cookies[name].flatMap { SessionToken(cookie: $0.value) }
    }

    /// The value of `Set-Cookie` that begins a session.
    package func setting(_ token: SessionToken) -> String {
        attributes(value: token.text, maxAge: Session.absoluteLimit.components.seconds)
    }

    /// The value of `Set-Cookie` that ends it.
    package var clearing: String {
        attributes(value: "", maxAge: 0)
    }

    private func attributes(value: String, maxAge: Int64) -> String {
        "\(name)=\(value); Path=/; Max-Age=\(maxAge); HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }
}
