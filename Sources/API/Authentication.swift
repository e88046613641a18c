import Hummingbird
import KeyCore
import Web

/// Finds out who asks: an API key where one is presented, else the browser's session.
struct Authentication: Sendable {
    let registry: Registry
    let verifier: any KeyVerifier
    let cookie: SessionCookie
    let now: @Sendable () -> Timestamp

    /// - Throws: 401 `not_signed_in`, or the code for which verify would refuse the key.
    func caller(_ request: Request, _ context: WebContext) async throws -> Caller {
        let occasion = context.occasion(of: request, at: now())
        switch PresentedKey(request.headers, prefix: registry.platform.keyPrefix) {
        case .none: return try await sessionCaller(request, occasion)
        case .malformed: throw refusal("malformed", "This is not a key of this platform. Copy it again.")
        case .key(let secret):
            let attempt = Attempt(
                address: occasion.address, method: request.method.rawValue, path: request.uri.string)
            return try await keyCaller(secret, occasion, attempt)
        }
    }

    /// Who asks, where a stranger may: `nil` for one who shows neither a key nor a session that is good.
    func callerIfAny(_ request: Request, _ context: WebContext) async throws -> Caller? {
        guard case .none = PresentedKey(request.headers, prefix: registry.platform.keyPrefix) else {
            return try await caller(request, context)
        }
        let occasion = context.occasion(of: request, at: now())
        guard let token = cookie.token(in: request) else { return nil }
        return try await registry.caller(with: token, on: occasion)
    }

    private func sessionCaller(_ request: Request, _ occasion: Occasion) async throws -> Caller {
        guard let token = cookie.token(in: request),
            let caller = try await registry.caller(with: token, on: occasion)
        else { throw Refusal.notSignedIn }
        return caller
    }

    private func keyCaller(_ secret: Secret, _ occasion: Occasion, _ attempt: Attempt) async throws -> Caller {
        switch await verifier.decide(secret, .validKey, attempt: attempt) {
        case .refused(.notCurrent):
            throw Problem(.serviceUnavailable, "not_current", "This node cannot check keys at this moment. Try again.")
        case .refused(let reason):
            throw refusal(reason.code, "This key is refused: \(reason.code).")
        case .accepted(let acceptance):
            let caller = try await registry.caller(
                with: acceptance.grant.key, subset: acceptance.grant.subset, owner: acceptance.owner.user,
                on: occasion)
            guard let caller else { throw Refusal.notSignedIn }
            return caller
        }
    }

    private func refusal(_ code: String, _ detail: String) -> Problem {
        var problem = Problem(.unauthorized, code, detail)
        problem.headers[.wwwAuthenticate] = BearerChallenge(registry.platform).text + ", error=\"invalid_token\""
        return problem
    }
}
