import Hummingbird
import LatchkeyClient

/// Every route with the right that it needs beside it.
func router(latchkey: LatchkeyClient, signs: Signs) -> Router<SignageContext> {
    let router = Router(context: SignageContext.self)

    // A valid key is enough.
    router.group("me")
        .add(middleware: RequireKey(latchkey))
        .get { _, context in Caller(try context.requireIdentity()) }

    router.group("devices")
        .add(middleware: RequireKey(latchkey, permission: "devices:read"))
        .get { _, context in
            let company = try context.requireIdentity().company
            return await signs.devices(of: company.id)
        }

    router.group("devices")
        .add(middleware: RequireKey(latchkey, permission: "devices:create"))
        .post { request, context in
            let caller = try context.requireIdentity()
            let wish = try await request.decode(as: Device.Wish.self, context: context)
            let device = try await signs.addDevice(wish.checked(), by: caller)
            return EditedResponse(status: .created, response: device)
        }

    router.group("devices")
        .add(middleware: RequireKey(latchkey, permission: "devices:delete"))
        .delete(":id") { _, context in
            let company = try context.requireIdentity().company
            try await signs.removeDevice(context.parameters.require("id"), of: company.id)
            return HTTPResponse.Status.noContent
        }

    router.group("broadcasts")
        .add(middleware: RequireKey(latchkey, permission: "broadcasts:read"))
        .get(":id") { _, context in
            let company = try context.requireIdentity().company
            return try await signs.broadcast(context.parameters.require("id"), of: company.id)
        }

    // Which right it takes depends on what is there: a broadcast that is new must be created.
    router.group("broadcasts")
        .add(middleware: RequireKey(latchkey, permission: "broadcasts:update"))
        .put(":id") { request, context in
            let caller = try context.requireIdentity()
            let id = try context.parameters.require("id")
            if await !signs.hasBroadcast(id, of: caller.company.id) {
                try context.require("broadcasts:create")
            }
            let wish = try await request.decode(as: Broadcast.Wish.self, context: context)
            return try await signs.setBroadcast(id, to: wish.checked(), by: caller)
        }

    return router
}
