import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// `/v1/company/keys`: the keys of everybody, for those who look after a company.
struct CompanyController: Sendable {
    let authentication: Authentication

    private var registry: Registry { authentication.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/company/keys", [.get: keys])
        router.resource("v1/company/keys/delete", [.post: deleteMany])
        router.resource("v1/company/keys/{id}", [.delete: deleteKey])
    }

    @Sendable private func keys(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let list = try KeyListQuery(request, caller: caller)
        var query = list.query
        query.user = try Problem.parameter("user", request.query["user"], "A user is given by their id.") {
            ID<User>($0)
        }
        query.permission = try Problem.parameter(
            "permission", request.query["permission"], Refusal.Code.permissionUnknown.detail,
            registry.platform.permission)
        let page = try await registry.companyKeys(query, by: caller)
        let now = caller.occasion.at
        let keys = page.keys.map { KeyJSON($0.key, owner: $0.owner, showsOwner: true, now: now, registry.platform) }
        return .json(KeyListJSON(keys: keys, total: page.total, nextCursor: page.next.map(list.encode)))
    }

    @Sendable private func deleteKey(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let id = try ID<Key>(in: context)
        return .json(deletion: try await registry.deleteCompanyKey(id, by: caller))
    }

    @Sendable private func deleteMany(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        var body = try await JSONBody(request)
        let names = body.strings("ids", atMost: KeySelection.maximumCount)
        try body.finish()
        // An id that no key can have is like one of a key that is gone.
        return .json(deletion: try await registry.deleteCompanyKeys(names.compactMap { ID<Key>($0) }, by: caller))
    }
}
