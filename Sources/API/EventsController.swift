import HTTPTypes
import Hummingbird
import KeyCore
import NIOCore
import ServiceLifecycle
import Web

/// `/v1/keys/{id}/events`: a person waits for the first use of a key, and hears of it as it comes (server-sent events,
/// HTML Living Standard, section 9.2).
struct EventsController: Sendable {
    let authentication: Authentication
    let watch: FirstUseWatch

    private var registry: Registry { authentication.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/keys/{id}/events", [.get: listen])
    }

    @Sendable private func listen(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let id = try ID<Key>(in: context)
        _ = try await registry.awaitedKey(id, by: caller, at: authentication.now())
        let seat = try watch.seat(for: caller.account.user.id, awaiting: id)
        return Response(
            status: .ok, headers: EventsController.headers,
            body: ResponseBody { writer in
                // The client that leaves and the server that ends both end the wait at once.
                try await request.body.consumeWithInboundCloseHandler { _ in
                    try await withGracefulShutdownHandler {
                        try await tell(caller, of: id, seat, &writer)
                    } onGracefulShutdown: {
                        seat.end()
                    }
                } onInboundClosed: {
                    seat.end()
                }
                try await writer.finish(nil)
            })
    }

    private func tell(
        _ caller: Caller, of id: ID<Key>, _ seat: FirstUseWatch.Seat, _ writer: inout any ResponseBodyWriter
    ) async throws {
        // At once, so that a browser knows whether something in between holds answers back until they are whole.
        try await writer.write(EventText.waiting)
        for await signal in seat.signals {
            switch signal {
            case .used(let use): try await writer.write(EventText.firstUse(use))
            case .stillWaiting:
                guard await mayWait(caller, for: id) else { return }
                try await writer.write(EventText.pulse)
            }
        }
    }

    /// Whether the key and the session are still there. Where nobody can say, yes: nothing is told that was not seen.
    private func mayWait(_ caller: Caller, for id: ID<Key>) async -> Bool {
        do throws(Refusal) {
            _ = try await registry.awaitedKey(id, by: caller, at: authentication.now())
            return true
        } catch {
            return error.kind == .unavailable
        }
    }

    /// Nothing else comes on the connection: it is read for its end alone. `X-Accel-Buffering` is nginx's: pass it on
    /// as it comes.
    private static let headers: HTTPFields = [
        .contentType: "text/event-stream", .cacheControl: "no-store", .connection: "close", .accelBuffering: "no",
    ]
}

extension HTTPField.Name {
    fileprivate static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
}

/// What stands in a stream of events.
private enum EventText {
    static let waiting = ByteBuffer(string: "event: waiting\ndata: {}\n\n")
    /// A comment, which no listener hears.
    static let pulse = ByteBuffer(string: ":\n\n")

    static func firstUse(_ use: FirstUse) -> ByteBuffer {
        var text = ByteBuffer(string: "event: first-use\nid: \(use.at.rfc3339)\ndata: ")
        text.writeImmutableBuffer(JSONText.encode(["first_use": FirstUseJSON(use)]))
        text.writeString("\n\n")
        return text
    }
}
