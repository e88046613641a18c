import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// `GET /v1/verify[?permission=devices:read]`: whether the presented key is good, for a gateway or a service.
package struct VerifyController: Sendable {
    private let platform: Platform
    private let verifier: Verifier

    package init(platform: Platform, verifier: Verifier) {
        self.platform = platform
        self.verifier = verifier
    }

    package func addRoutes(to router: Router<WebContext>) {
        router.resource(
            "v1/verify", [.get: { request, context in await verifier.timing { await verify(request, context) } }])
    }

    private func verify(_ request: Request, _ context: WebContext) async -> Response {
        let decision = await verifier.decide(
            PresentedKey(request.headers, prefix: platform.keyPrefix), requirement(request),
            attempt: Attempt(request, context))
        return VerifyAnswer.response(to: decision, platform: platform)
    }

    private func requirement(_ request: Request) -> Requirement {
        let asked = request.uri.queryParameters[values: "permission"]
        guard let first = asked.first else { return .validKey }
        if asked.count == 1, let permission = platform.permission(first) { return .permission(permission) }
        // A right that nobody can hold, or two at once: nothing that a key could be accepted for.
        return .refused(.unknownPermission(asked.joined(separator: " and ")))
    }
}

extension Attempt {
    /// A request that is itself the one to decide about.
    init(_ request: Request, _ context: WebContext) {
        self.init(address: context.clientAddress, method: request.method.rawValue, path: request.uri.string)
    }
}
