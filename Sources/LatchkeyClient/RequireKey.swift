import HTTPTypes
import Hummingbird
import KeyCore
import Logging
import Web

/// Lets a request through only with a key that Latchkey accepts, and tells the handlers who calls.
///
/// ```swift
/// router.group("devices")
///     .add(middleware: RequireKey(latchkey, permission: "devices:read"))
///     .get { _, context in try devices(of: context.requireIdentity().company) }
/// ```
///
/// The key is read from `Authorization: Bearer KEY`, else from `X-API-Key: KEY`, never from the URL; two keys in one
/// request count as none. Each request is asked about: what was deleted a moment ago is refused now.
///
/// A refusal is answered with 401 or 403, `application/problem+json` (RFC 9457) with Latchkey's stable `code`, and
/// `WWW-Authenticate` (RFC 6750). When Latchkey cannot be asked, the answer is 503 with `Retry-After`: the route is
/// closed, never open, and the log says why.
public struct RequireKey<Context: KeyHolding>: RouterMiddleware {
    private let latchkey: LatchkeyClient
    private let permission: String?

    /// A guard for the routes that are added to a group after it.
    ///
    /// - Parameters:
    ///   - latchkey: the service's one client.
    ///   - permission: what the route needs, as `devices:read`; `nil` when a valid key is enough.
    public init(_ latchkey: LatchkeyClient, permission: String? = nil) {
        self.latchkey = latchkey
        self.permission = permission
    }

    /// Asks Latchkey, and calls the next one only after a yes.
    ///
    /// - Throws: ``LatchkeyError``, which Hummingbird turns into the answer.
    public func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.identity = try await identity(request, context)
        return try await next(request, context)
    }

    /// Where an outer `RequireKey` has asked for this request, its answer says yes without asking again. A no is asked
    /// for, so that the key's owner finds it among the key's refusals.
    private func identity(_ request: Request, _ context: Context) async throws(LatchkeyError) -> Identity {
        if let known = context.identity, permission.map(known.may) ?? true { return known }
        do {
            return try await latchkey.verify(request.headers, permission: permission)
        } catch {
            if !error.isRefusal {
                context.logger.warning("A key could not be checked", metadata: ["reason": "\(error)"])
            }
            throw error
        }
    }
}

extension LatchkeyClient {
    /// Reads the headers as Latchkey itself does, so that no request means one key here and another there.
    func verify(_ headers: HTTPFields, permission: String?) async throws(LatchkeyError) -> Identity {
        switch PresentedKey(headers, prefix: keyPrefix) {
        case .none: throw .missing
        case .malformed: throw .malformed
        case .key(let secret): return try await verify(secret, permission: permission)
        }
    }
}
