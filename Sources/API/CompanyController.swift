import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// `/v1/company/keys` and `/v1/audit`: what those see who look after a company.
struct CompanyController: Sendable {
    let authentication: Authentication

    private var registry: Registry { authentication.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/company/keys", [.get: keys])
        router.resource("v1/company/keys/{id}", [.delete: deleteKey])
        router.resource("v1/audit", [.get: audit])
    }

    @Sendable private func keys(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let list = try KeyListQuery(request, caller: caller)
        let page = try await registry.companyKeys(list.query, by: caller)
        let now = caller.occasion.at
        let keys = page.keys.map { KeyJSON($0.key, owner: $0.owner, showsOwner: true, now: now, registry.platform) }
        return .json(KeyListJSON(keys: keys, total: page.total, nextCursor: page.next.map(list.encode)))
    }

    @Sendable private func deleteKey(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        guard let text = context.parameters.get("id"), let id = ID<Key>(text) else { throw Refusal.notFound }
        return .json(deletion: try await registry.deleteCompanyKey(id, by: caller))
    }

    @Sendable private func audit(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        var query = try AuditListQuery(request, caller: caller).query
        // One more than the page holds tells whether there is a next page.
        query.limit = AuditQuery.pageSize + 1
        let entries = try await registry.auditLog(query, by: caller)
        let page = entries.prefix(AuditQuery.pageSize)
        return .json(
            AuditListJSON(
                events: page.map(AuditEventJSON.init),
                nextCursor: entries.count > page.count ? page.last.map { "\($0.number)" } : nil))
    }
}

/// The query of `GET /v1/audit`: `after` (a cursor), `actor`, `action`.
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
            ID<User>($0)
        }
        let actions = AuditEvent.Action.allCases.map(\.rawValue).joined(separator: ", ")
        query.action = try Problem.parameter("action", parameters["action"], "An action is one of \(actions).") {
            AuditEvent.Action(rawValue: String($0))
        }
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

/// One line of the audit log as the API shows it.
private struct AuditEventJSON: Encodable {
    let entry: AuditEntry

    init(_ entry: AuditEntry) {
        self.entry = entry
    }

    private enum Member: String, CodingKey {
        case id, at, actor, action, target, address, before, after
    }

    /// Every member is always there; `null` says that there is nothing to say.
    func encode(to encoder: any Encoder) throws {
        let event = entry.event
        var members = encoder.container(keyedBy: Member.self)
        try members.encode("\(entry.number)", forKey: .id)
        try members.encode(event.occasion.at.rfc3339, forKey: .at)
        try members.encode(event.actor.map { "\($0)" }, forKey: .actor)
        try members.encode(event.action.rawValue, forKey: .action)
        try members.encode(event.target, forKey: .target)
        try members.encode(event.occasion.address, forKey: .address)
        try members.encode(event.before, forKey: .before)
        try members.encode(event.after, forKey: .after)
    }
}
