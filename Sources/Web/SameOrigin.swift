import HTTPTypes
import Hummingbird

extension HTTPField.Name {
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
}

/// Refuses requests by which another site could make a signed-in browser change something.
///
/// A browser says where a request comes from in `Sec-Fetch-Site`, or, over plain HTTP, in `Origin`. A request that
/// carries our cookie must prove that it is of the same origin. One without the cookie has nothing to abuse: it is
/// refused only when it says itself that it comes from elsewhere, so that programs with a key need neither header.
package struct SameOrigin: RouterMiddleware {
    package typealias Context = WebContext
    private static let harmlessMethods: Set<HTTPRequest.Method> = [.get, .head, .options, .trace]

    private let cookie: SessionCookie

    package init(cookie: SessionCookie) {
        self.cookie = cookie
    }

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard SameOrigin.harmlessMethods.contains(request.method) || isAllowed(request) else {
            throw Problem.crossSite
        }
        return try await next(request, context)
    }

    private func isAllowed(_ request: Request) -> Bool {
        if let site = request.headers[.secFetchSite] { return site == "same-origin" }
        if let origin = request.headers[.origin] { return isOwn(origin, host: request.head.authority) }
        return request.cookies[cookie.name] == nil
    }

    /// Compares the origin's host and port with those that the request was sent to. The scheme is left out: a proxy
    /// in front may speak TLS where we do not.
    private func isOwn(_ origin: String, host: String?) -> Bool {
        guard let host, let scheme = origin.range(of: "://") else { return false }
        return origin[scheme.upperBound...].lowercased() == host.lowercased()
    }
}
