import Hummingbird
import KeyCore
import Web

/// `/v1/me/sessions`: where a person is logged in, and ending it from afar.
struct SessionController: Sendable {
    let authentication: Authentication

    private var registry: Registry { authentication.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/me/sessions", [.get: list])
        router.resource("v1/me/sessions/end-others", [.post: endOthers])
        router.resource("v1/me/sessions/{id}", [.delete: end])
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let sessions = try await registry.sessions(by: caller)
        return .json(["sessions": sessions.map { SessionJSON($0, isCurrent: caller.means == .session($0.digest)) }])
    }

    @Sendable private func end(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let id = try ID<Session>(in: context)
        try await registry.endSession(id, by: caller)
        return Response(status: .noContent)
    }

    @Sendable private func endOthers(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        return .json(["ended": try await registry.endOtherSessions(by: caller)])
    }
}

/// A session as the API shows it.
private struct SessionJSON: Encodable {
    let session: Session
    let isCurrent: Bool

    init(_ session: Session, isCurrent: Bool) {
        self.session = session
        self.isCurrent = isCurrent
    }

    private enum Member: String, CodingKey {
        case id, current, address, agent
        case createdAt = "created_at"
        case seenAt = "seen_at"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode("\(session.id)", forKey: .id)
        try members.encode(isCurrent, forKey: .current)
        try members.encode(session.createdAt.rfc3339, forKey: .createdAt)
        try members.encode(session.seenAt.rfc3339, forKey: .seenAt)
        // Present even when null: what an older version did not note.
        try members.encode(session.address, forKey: .address)
        try members.encode(session.agent, forKey: .agent)
    }
}
