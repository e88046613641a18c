import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// `/v1/users`: the company's people.
struct UserController: Sendable {
    let authentication: Authentication

    private var registry: Registry { authentication.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/users", [.get: list, .post: add])
        router.resource("v1/users/{id}", [.patch: change, .delete: remove])
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        return .json(["users": try await registry.people(by: caller).map(UserJSON.init)])
    }

    @Sendable private func add(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        var body = try await JSONBody(request)
        let (name, email, password) = (body.string("name"), body.string("email"), body.string("password"))
        let role = body.string("role_id")
        try body.finish()
        let form = PersonForm(name: name, email: email, password: password, role: try ID<Role>(memberText: role))
        return .json(UserJSON(try await registry.addPerson(form, by: caller)), status: .created)
    }

    @Sendable private func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        var body = try await JSONBody(request)
        let role = body.optionalString("role_id")
        var change = PersonChange(name: body.optionalString("name"), isBlocked: body.optionalBool("blocked"))
        try body.finish()
        change.role = try role.map { (text) throws(Refusal) in try ID<Role>(memberText: text) }
        let (account, settlement) = try await registry.changePerson(try ID(in: context), change, by: caller)
        return .json(Settled(UserJSON(account), settlement))
    }

    @Sendable private func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let settlement = try await registry.removePerson(try ID(in: context), by: caller)
        return .json(Settled(["deleted": 1], settlement))
    }
}

extension ID<Role> {
    /// Reads the member `role_id` of a body.
    ///
    /// - Throws: `role_unknown`.
    init(memberText text: String) throws(Refusal) {
        guard let id = ID<Role>(text) else { throw .field("role_id", .roleUnknown) }
        self = id
    }
}

/// A colleague as the API shows them.
struct UserJSON: Encodable {
    let id: String
    let name: String
    let email: String
    let roleID: String
    let role: String
    let blocked: Bool
    let createdAt: String

    init(_ account: Account) {
        id = "\(account.user.id)"
        name = account.user.name
        email = account.user.email.text
        roleID = "\(account.role.id)"
        role = account.role.name
        blocked = account.user.blockedAt != nil
        createdAt = account.user.createdAt.rfc3339
    }

    enum CodingKeys: String, CodingKey {
        case id, name, email, role, blocked
        case roleID = "role_id"
        case createdAt = "created_at"
    }
}
