import Hummingbird
import KeyCore
import Web

/// `/v1/audit`: who did what in a company.
struct AuditController: Sendable {
    let authentication: Authentication

    func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/audit", [.get: list])
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        var query = try AuditListQuery(request, caller: caller).query
        // One more than the page holds tells whether there is a next page.
        query.limit = AuditQuery.pageSize + 1
        let entries = try await authentication.registry.auditLog(query, by: caller)
        let page = entries.prefix(AuditQuery.pageSize)
        return .json(
            AuditListJSON(
                events: page.map(AuditEventJSON.init),
                nextCursor: entries.count > page.count ? page.last.map { "\($0.number)" } : nil))
    }
}

/// The query of `GET /v1/audit`: `after` (a cursor), `actor`, `action`, `target`, `from`, `to`.
private struct AuditListQuery {
    private(set) var query: AuditQuery

    /// - Throws: 422 that names the parameter.
    init(_ request: Request, caller: Caller) throws(Problem) {
        let parameters = request.query
        query = AuditQuery(company: caller.account.company.id)
        query.before = try Problem.parameter(
            "after", parameters["after"], Refusal.Code.cursorInvalid.detail, code: .cursorInvalid
        ) { Int64($0).flatMap { $0 > 0 ? $0 : nil } }
        query.actor = try Problem.parameter("actor", parameters["actor"], "An actor is a user's id.") {
            ID<User>($0).map(AuditQuery.Actor.user)
        }
        let actions = AuditEvent.Action.allCases.map(\.rawValue).joined(separator: ", ")
        let action = try Problem.parameter("action", parameters["action"], "An action is one of \(actions).") {
            AuditEvent.Action(rawValue: String($0))
        }
        query.actions = action.map { [$0] } ?? []
        query.target =
            try Problem.parameter(
                "target", parameters["target"], "A target is at most \(AuditQuery.maximumTextLength) characters long."
            ) { $0.unicodeScalars.count <= AuditQuery.maximumTextLength ? $0 : nil } ?? ""
        let zone = caller.account.user.timeZone.timeZone
        query.since = try AuditListQuery.day("from", in: parameters)?.start(in: zone)
        query.until = try AuditListQuery.day("to", in: parameters)?.end(in: zone)
    }

    private static func day(_ name: String, in parameters: FormFields) throws(Problem) -> Day? {
        try Problem.parameter(name, parameters[name], Refusal.Code.dateInvalid.detail, code: .dateInvalid) { Day($0) }
    }
}

private struct AuditListJSON: Encodable {
    let events: [AuditEventJSON]
    let nextCursor: String?

    private enum Member: String, CodingKey {
        case events
        case nextCursor = "next_cursor"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(events, forKey: .events)
        try members.encode(nextCursor, forKey: .nextCursor)
    }
}
