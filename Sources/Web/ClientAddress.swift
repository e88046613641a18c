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
        guard let peer = context.remoteAddress?.ipAddress, trustedProxies.contains(peer),
            let last = request.headers[values: .xForwardedFor].last?.split(separator: ",").last
        else { return try await next(request, context) }
        var context = context
        let address = last.filter { !$0.isWhitespace }
        // An address has at most 45 characters; what is longer is none.
        if !address.isEmpty, address.utf8.count <= 45 { context.forwardedAddress = String(address) }
        return try await next(request, context)
    }
}
