import Hummingbird
import KeyCore
import Web

/// `/v1/keys/{id}/refusals`, `/v1/keys/{id}/explain`: why a key was refused, and what would decide about a request.
struct RefusalController: Sendable {
    let authentication: Authentication

    private var registry: Registry { authentication.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/keys/{id}/refusals", [.get: list])
        router.resource("v1/keys/{id}/explain", [.post: explain])
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let refusals = try await registry.refusals(of: try ID(in: context), by: caller)
        return .json(["refusals": refusals.map(RefusalJSON.init)])
    }

    @Sendable private func explain(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        var body = try await JSONBody(request)
        let (method, path) = (body.string("method"), body.string("path"))
        try body.finish()
        let explanation = try await registry.explain(try ID(in: context), method: method, target: path, by: caller)
        return .json(ExplanationJSON(explanation, registry.platform))
    }
}

/// One refusal as the API shows it.
private struct RefusalJSON: Encodable {
    let refusal: KeyRefusal

    init(_ refusal: KeyRefusal) {
        self.refusal = refusal
    }

    private enum Member: String, CodingKey {
        case at, address, method, path, code, permission
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(refusal.at.rfc3339, forKey: .at)
        try members.encode(refusal.attempt.address, forKey: .address)
        try members.encode(refusal.attempt.method, forKey: .method)
        try members.encode(refusal.attempt.path, forKey: .path)
        try members.encode(refusal.code, forKey: .code)
        // Present even when null: nothing was lacking.
        try members.encode(refusal.permission, forKey: .permission)
    }
}

/// What would decide about a request, as the API shows it.
private struct ExplanationJSON: Encodable {
    let explanation: Explanation
    let platform: Platform

    init(_ explanation: Explanation, _ platform: Platform) {
        self.explanation = explanation
        self.platform = platform
    }

    private enum Member: String, CodingKey {
        case allowed, code, rule, otherwise
    }

    private enum RuleMember: String, CodingKey {
        case method, path, permission
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        switch explanation.decision {
        case .accepted:
            try members.encode(true, forKey: .allowed)
            try members.encodeNil(forKey: .code)
        case .refused(let reason):
            try members.encode(false, forKey: .allowed)
            try members.encode(reason.code, forKey: .code)
        }
        try members.encode(explanation.otherwise.rawValue, forKey: .otherwise)
        guard let route = explanation.route else { return try members.encodeNil(forKey: .rule) }
        var rule = members.nestedContainer(keyedBy: RuleMember.self, forKey: .rule)
        try rule.encode(route.method, forKey: .method)
        try rule.encode(route.pattern, forKey: .path)
        try rule.encode(route.permission.map(platform.name(of:)), forKey: .permission)
    }
}
