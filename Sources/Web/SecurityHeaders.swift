import HTTPTypes
import Hummingbird

/// The headers that every answer bears.
package struct SecurityHeaders: RouterMiddleware {
    package typealias Context = WebContext

    /// Everything a page needs comes from this host, and nothing is inline.
    private static let contentSecurityPolicy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "font-src 'self'", "img-src 'self'",
        "media-src 'self'", "connect-src 'self'", "worker-src 'self'", "form-action 'self'", "base-uri 'none'",
        "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private let headers: [(HTTPField.Name, String)]

    /// - Parameter isSecure: whether the service is reached by HTTPS, so that browsers may be told to insist on it.
    package init(isSecure: Bool) {
        // Browsers heed both over HTTPS only, and complain of the second elsewhere.
        let transport = [
            ("Strict-Transport-Security", "max-age=31536000"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ]
        let all = [
            ("Content-Security-Policy", SecurityHeaders.contentSecurityPolicy),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"),
        ]
        headers = (isSecure ? all + transport : all).compactMap { name, value in
            HTTPField.Name(name).map { ($0, value) }
        }
    }

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        add(to: &response.headers)
        return response
    }

    package func add(to answer: inout HTTPFields) {
        for (name, value) in headers { answer[name] = value }
        // What depends on who asks is kept by nobody; the assets say otherwise for themselves.
        if answer[.cacheControl] == nil { answer[.cacheControl] = "no-store" }
    }
}
