import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// `ANY /v1/authorize` and `ANY /v1/authorize/**`: whether a gateway may let a request through (forward-auth).
///
/// It answers every method that reaches us, and stands before the check of cross-site requests, since the
/// headers that it sees are those of the request to the platform: so it is a middleware and no route.
package struct AuthorizeController: RouterMiddleware {
    package typealias Context = WebContext

    private static let path = "/v1/authorize"

    private let platform: Platform
    private let verifier: Verifier

    package init(platform: Platform, verifier: Verifier) {
        self.platform = platform
        self.verifier = verifier
    }

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let target = request.head.path ?? ""
        guard target.hasPrefix(AuthorizeController.path) else { return try await next(request, context) }
        let rest = target.dropFirst(AuthorizeController.path.count)
        guard rest.isEmpty || rest.hasPrefix("/") || rest.hasPrefix("?") else {
            return try await next(request, context)
        }
        return await verifier.timing { await authorize(OriginalRequest(request, rest: rest), request, context) }
    }

    private func authorize(
        _ original: OriginalRequest, _ request: Request, _ context: WebContext
    ) async -> Response {
        let decision = await verifier.decide(
            PresentedKey(request.headers, prefix: platform.keyPrefix), original.requirement(platform),
            attempt: Attempt(address: context.clientAddress, method: original.method, path: original.target))
        return VerifyAnswer.response(to: decision, platform: platform)
    }
}

/// The request that a gateway asks about.
struct OriginalRequest: Sendable {
    enum Reading: Hashable, Sendable {
        case known
        /// The headers contradict one another, or say half of it. Guessing would let a client choose which is believed.
        case unclear(String)
    }

    private(set) var method: String
    private(set) var target: String
    private(set) var reading = Reading.known

    init(_ request: Request, rest: Substring) {
        self.init(method: request.method.rawValue, rest: rest) {
            OriginalRequest.headers.map { (request.headers[values: $0.method], request.headers[values: $0.target]) }
        }
    }

    /// - Parameters:
    ///   - rest: what follows `/v1/authorize` in the address. A gateway that puts the original path there (Envoy)
    ///     sends the client's own headers with it, so then no header is read.
    ///   - told: the pairs of headers that tell of the original request, each as often as it was sent.
    init(method: String, rest: some StringProtocol, told: () -> [(methods: [String], targets: [String])]) {
        (self.method, target) = (method, String(rest))
        guard !rest.hasPrefix("/") else { return }
        target = "/"
        let given = told().compactMap(OriginalRequest.pair)
        if let first = given.first { (self.method, target) = (first.method, first.target) }
        if given.contains(where: \.isBroken) {
            reading = .unclear("is told by half of a pair of headers, or twice")
        } else if Set(given).count > 1 {
            reading = .unclear("is told by two pairs of headers that differ")
        }
    }

    func requirement(_ platform: Platform) -> Requirement {
        switch reading {
        case .known: platform.routes.finding(method: method, target: target).requirement
        case .unclear(let why): .refused(.pathRefused(why))
        }
    }

    /// The first is nginx's as our configuration sets it, the second that of Caddy and Traefik.
    private static let headers = [
        (method: HTTPField.Name("X-Original-Method")!, target: HTTPField.Name("X-Original-URI")!),
        (method: HTTPField.Name("X-Forwarded-Method")!, target: HTTPField.Name("X-Forwarded-Uri")!),
    ]

    private struct Pair: Hashable {
        let method: String
        let target: String
        let isBroken: Bool
    }

    private static func pair(_ methods: [String], _ targets: [String]) -> Pair? {
        guard !methods.isEmpty || !targets.isEmpty else { return nil }
        return Pair(
            method: methods.first ?? "", target: targets.first ?? "",
            isBroken: methods.count != 1 || targets.count != 1 || methods[0].isEmpty)
    }
}
