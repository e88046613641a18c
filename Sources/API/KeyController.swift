import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// `/v1/keys`: a caller's own keys.
struct KeyController: Sendable {
    let authentication: Authentication

    private var registry: Registry { authentication.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/keys", [.get: list, .post: create])
        router.resource("v1/keys/delete", [.post: deleteMany])
        router.resource("v1/keys/{id}", [.get: show, .delete: deleteOne])
        router.resource("v1/keys/{id}/confirm", [.post: confirm])
    }

    @Sendable private func create(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        var body = try await JSONBody(request)
        var form = KeyForm(name: body.string("name"))
        if let text = body.optionalString("expires_on") {
            form.expiresOn = Day(text)
            if form.expiresOn == nil {
                body.note("expires_on", Refusal.Code.dateInvalid.rawValue, Refusal.Code.dateInvalid.detail)
            }
        }
        let names = body.optionalStrings("permissions", atMost: PermissionSet.maximumCount)
        form.awaitsConfirmation = body.optionalBool("await_confirmation") ?? false
        let user = body.optionalString("user_id")
        try body.finish()
        if let user { try caller.requireUser(user) }
        form.permissions = try names.map(registry.platform.set(named:))
        let created = try await registry.createKey(form, by: caller)
        let json = KeyJSON(created.key, secret: created.secret, caller: caller, platform: registry.platform)
        return .json(json, status: .created, headers: [.location: "/v1/keys/\(created.key.id)"])
    }

    @Sendable private func confirm(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let key = try await registry.confirmKey(try ID(in: context), by: caller)
        return .json(KeyJSON(key, caller: caller, platform: registry.platform))
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let list = try KeyListQuery(request, caller: caller)
        let page = try await registry.keys(list.query, by: caller)
        let keys = page.keys.map { KeyJSON($0, caller: caller, platform: registry.platform) }
        return .json(KeyListJSON(keys: keys, total: page.total, nextCursor: page.next.map(list.encode)))
    }

    @Sendable private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let key = try await registry.key(try ID(in: context), by: caller)
        return .json(KeyJSON(key, caller: caller, platform: registry.platform))
    }

    @Sendable private func deleteOne(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        return .json(deletion: try await registry.deleteKeys(.some([try ID(in: context)]), by: caller))
    }

    @Sendable private func deleteMany(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        var body = try await JSONBody(request)
        let names = body.optionalStrings("ids", atMost: KeySelection.maximumCount)
        let all = body.optionalBool("all") ?? false
        if all == body.has("ids") {
            body.note("ids", "required", "Give either ids, a list of keys, or all: true.")
        }
        let user = body.optionalString("user_id")
        try body.finish()
        if let user { try caller.requireUser(user) }
        // An id that no key can have is like one of a key that is gone.
        let selection = names.map { KeySelection.some($0.compactMap { ID<Key>($0) }) } ?? .all
        return .json(deletion: try await registry.deleteKeys(selection, by: caller))
    }
}
