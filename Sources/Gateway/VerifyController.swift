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
        router.resource("v1/verify", [.get: { request, _ in await verify(request) }])
    }

    private func verify(_ request: Request) async -> Response {
        let decision = await decide(request)
        switch decision {
        case .accepted(let acceptance):
            verifier.decisions.count("accepted")
            return VerifyAnswer.accepted(acceptance, platform: platform)
        case .refused(let reason):
            verifier.decisions.count(reason.code)
            return VerifyAnswer.refused(reason, platform: platform)
        }
    }

    private func decide(_ request: Request) async -> Decision {
        let asked = request.uri.queryParameters[values: "permission"]
        let permission = asked.first.flatMap(platform.permission)
        // A right that nobody can hold, or two at once: nothing that a key could be accepted for.
        let isUnknown = !asked.isEmpty && (permission == nil || asked.count > 1)
        let unknown = isUnknown ? asked.joined(separator: " and ") : nil
        switch PresentedKey(request.headers, prefix: platform.keyPrefix) {
        case .none: return .refused(.missing)
        case .malformed: return .refused(.malformed)
        case .key(let secret): return await verifier.decide(secret, permission: permission, unknown: unknown)
        }
    }
}
