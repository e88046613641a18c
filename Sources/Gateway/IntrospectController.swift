import Hummingbird
import KeyCore
import Web

/// `POST /v1/introspect`: the answer of verify for those who speak OAuth 2.0 Token Introspection (RFC 7662).
///
/// Section 2.1 of it asks for a caller who has proved who they are, lest tokens be guessed. Ours have 178 random bits
/// and verify answers everybody, so nothing is gained by asking here.
package struct IntrospectController: Sendable {
    private let platform: Platform
    private let verifier: Verifier

    package init(platform: Platform, verifier: Verifier) {
        self.platform = platform
        self.verifier = verifier
    }

    package func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/introspect", [.post: introspect])
    }

    @Sendable private func introspect(_ request: Request, _ context: WebContext) async throws -> Response {
        // Read before anything is answered, so that the connection can go on.
        let fields = try await request.form()
        let tokens = fields.all("token")
        guard tokens.count == 1, let token = tokens.first, !token.isEmpty else { throw Problem.tokenMissing }
        let presented = Secret.parse(token.utf8, prefix: platform.keyPrefix).map(PresentedKey.key) ?? .malformed
        return await verifier.timing { await answer(about: presented, request, context) }
    }

    private func answer(
        about presented: PresentedKey, _ request: Request, _ context: WebContext
    ) async -> Response {
        switch await verifier.decide(presented, .validKey, attempt: Attempt(request, context)) {
        case .accepted(let acceptance):
            var response = json(Active(acceptance, platform: platform))
            response.headers[.latchkeyStale] = acceptance.staleSeconds
            return response
        // Not knowing is no answer about the token: a resource server must not take it for one.
        case .refused(.notCurrent): return VerifyAnswer.response(to: .refused(.notCurrent), platform: platform)
        case .refused: return json(["active": false])
        }
    }

    private func json(_ value: some Encodable) -> Response {
        WholeAnswer.json(value).response
    }

    /// RFC 7662, section 2.2.
    private struct Active: Encodable {
        let active = true
        let scope: String
        let clientID: String
        let sub: String
        let exp: Int64
        let iat: Int64
        let tokenType = "Bearer"

        init(_ acceptance: Decision.Acceptance, platform: Platform) {
            scope = platform.names(of: acceptance.permissions).joined(separator: " ")
            clientID = "\(acceptance.grant.key)"
            sub = "\(acceptance.owner.user)"
            exp = acceptance.grant.expiresAt.milliseconds / 1000
            iat = acceptance.grant.createdAt.milliseconds / 1000
        }

        enum CodingKeys: String, CodingKey {
            case active, scope, sub, exp, iat
            case clientID = "client_id"
            case tokenType = "token_type"
        }
    }
}

extension Problem {
    fileprivate static let tokenMissing = Problem(
        .badRequest, "token_missing", "Send one form field token with the key (RFC 7662, section 2.1).")
}
