import HTTPTypes
import Hummingbird

extension HTTPField.Name {
    fileprivate static let xForwardedFor = HTTPField.Name("X-Forwarded-For")!
}

/// Finds out whose request it is when a reverse proxy stands in front.
///
/// Only a proxy that was named is believed, and of the addresses in `X-Forwarded-For` only the last: that is the one
/// which the proxy itself has seen and added. All before it may be made up.
package struct ClientAddress: RouterMiddleware {
    package typealias Context = WebContext

    private let trustedProxies: Set<String>

    /// - Parameter trustedProxies: the addresses that the proxies' connections come from.
    package init(trustedProxies: Set<String>) {
        self.trustedProxies = trustedProxies
    }

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.forwardedAddress = forwarded(
            by: context.remoteAddress?.ipAddress, saying: request.headers[values: .xForwardedFor].last)
        return try await next(request, context)
    }

    /// Whose request it is that a peer passes on, as the last `X-Forwarded-For` says; `nil` where it is not believed.
    package func forwarded(by peer: String?, saying header: String?) -> String? {
        guard let peer, trustedProxies.contains(peer), let last = header?.split(separator: ",").last else { return nil }
        let address = last.filter { !$0.isWhitespace }
        // An address has at most 45 characters; what is longer is none.
        return !address.isEmpty && address.utf8.count <= 45 ? String(address) : nil
    }
}
