import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// `/v1/roles`: the company's roles.
struct RoleController: Sendable {
    let authentication: Authentication

    private var registry: Registry { authentication.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/roles", [.get: list, .post: add])
        router.resource("v1/roles/{id}", [.patch: change, .delete: delete])
        router.resource("v1/roles/{id}/preview", [.post: preview])
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let roles = try await registry.roles(by: caller)
        return .json(["roles": roles.map { RoleJSON($0.role, users: $0.users, platform: registry.platform) }])
    }

    @Sendable private func add(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        var body = try await JSONBody(request)
        let name = body.string("name")
        let permissions = body.strings("permissions", atMost: PermissionSet.maximumCount)
        try body.finish()
        let form = RoleForm(name: name, permissions: try registry.platform.set(named: permissions))
        let role = try await registry.addRole(form, by: caller)
        return .json(RoleJSON(role, users: 0, platform: registry.platform), status: .created)
    }

    @Sendable private func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let form = try await changeForm(request)
        let (role, settlement) = try await registry.changeRole(try ID(in: context), form, by: caller)
        return .json(Settled(RoleJSON(role, users: nil, platform: registry.platform), settlement))
    }

    @Sendable private func preview(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let form = try await changeForm(request)
        let preview = try await registry.previewRole(try ID(in: context), form, by: caller)
        return .json(RolePreviewJSON(preview, platform: registry.platform))
    }

    private func changeForm(_ request: Request) async throws -> RoleForm {
        var body = try await JSONBody(request)
        var form = RoleForm(name: body.optionalString("name"), version: body.optionalString("version"))
        let permissions = body.optionalStrings("permissions", atMost: PermissionSet.maximumCount)
        try body.finish()
        form.permissions = try permissions.map(registry.platform.set(named:))
        return form
    }

    @Sendable private func delete(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        try await registry.deleteRole(try ID(in: context), by: caller)
        return .json(["deleted": 1])
    }
}

/// A role as the API shows it.
struct RoleJSON: Encodable {
    let id: String
    let name: String
    let permissions: [String]
    /// One of the platform's own roles.
    let builtIn: Bool
    /// The Administrator's, which cannot be changed or deleted.
    let fixed: Bool
    /// What a change may name, so that it overwrites nothing unseen.
    let version: String
    /// How many people have it, where that was asked for.
    let users: Int?

    init(_ role: Role, users: Int?, platform: Platform) {
        id = "\(role.id)"
        name = role.name
        permissions = platform.names(of: role.permissions)
        builtIn = role.template != nil
        fixed = role.isAdministrator
        version = platform.version(of: role)
        self.users = users
    }

    enum CodingKeys: String, CodingKey {
        case id, name, permissions, users, fixed, version
        case builtIn = "built_in"
    }
}

/// What a change of a role would do.
private struct RolePreviewJSON: Encodable {
    let people: Int
    let keys: Int
    let takes: [String]
    let gives: [String]

    init(_ preview: RolePreview, platform: Platform) {
        people = preview.reach.people
        keys = preview.keys
        takes = platform.names(of: preview.takes)
        gives = platform.names(of: preview.gives)
    }
}
