import Foundation
import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// Finds out who is there. Handlers ask for a `Visitor` or for a `SignedIn`, and can come by a `SignedIn` only here.
struct Reception: Sendable {
    typealias Handler = @Sendable (Request, WebContext) async throws -> Response

    let registry: Registry
    let cookie: SessionCookie
    let isSecure: Bool
    let publicURL: String?
    let now: @Sendable () -> Timestamp

    /// A handler for everybody.
    func open(_ handle: @escaping @Sendable (Visitor) async throws -> Response) -> Handler {
        { request, context in try await handle(visitor(request, context)) }
    }

    /// A handler for those who are logged in. Everybody else is led to the log-in page, and back when they have
    /// come in.
    func signedIn(_ handle: @escaping @Sendable (SignedIn) async throws -> Response) -> Handler {
        { request, context in
            if let person = try await person(request, context) { return try await handle(person) }
            guard request.method == .get else { return .seeOther("/login") }
            return .seeOther("/login?next=" + FormFields.encode(request.uri.string))
        }
    }

    /// The address that a program of the reader's calls: what was set, else where the reader's browser is.
    func programAddress(_ request: Request) -> String {
        if let publicURL { return publicURL }
        let host = request.head.authority ?? "127.0.0.1"
        // It is shown as part of a command to paste into a shell.
        let isPlain = host.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-:[]".contains($0)) }
        return "\(isSecure ? "https" : "http")://\(isPlain ? host : "127.0.0.1")"
    }

    func visitor(_ request: Request, _ context: WebContext) -> Visitor {
        let chosen = request.cookies["language"].flatMap { Language(rawValue: $0.value) }
        let language = chosen ?? Language(acceptLanguage: request.headers[.acceptLanguage])
        let occasion = context.occasion(at: now())
        return Visitor(
            request: request, occasion: occasion,
            reader: Reader(language: language, timeZone: .gmt, now: occasion.at),
            token: cookie.token(in: request), platform: registry.platform.name)
    }

    func person(_ request: Request, _ context: WebContext) async throws -> SignedIn? {
        guard let token = cookie.token(in: request) else { return nil }
        let occasion = context.occasion(at: now())
        guard let caller = try await registry.caller(with: token, on: occasion) else { return nil }
        return SignedIn(request: request, caller: caller, platform: registry.platform)
    }

    func frame(_ reader: Reader) -> Frame {
        Frame(reader: reader, platform: registry.platform.name)
    }
}

/// Somebody at a browser; nobody is known yet.
struct Visitor: Sendable {
    let request: Request
    let occasion: Occasion
    let reader: Reader
    /// What the browser holds as its session, live or not.
    let token: SessionToken?
    let platform: String

    var frame: Frame { Frame(reader: reader, platform: platform) }
}

/// A person with a live session. That one exists proves it: only `Reception.person` makes them.
struct SignedIn: Sendable {
    let request: Request
    let caller: Caller
    let reader: Reader
    private let platform: Platform

    fileprivate init(request: Request, caller: Caller, platform: Platform) {
        self.request = request
        self.caller = caller
        self.platform = platform
        let user = caller.account.user
        reader = Reader(language: user.language, timeZone: user.timeZone.timeZone, now: caller.occasion.at)
    }

    var account: Account { caller.account }
    var frame: Frame { Frame(reader: reader, platform: platform.name) }
    var mayCreateKeys: Bool { caller.permissions.contains(platform.right(.apiKeys, .create)) }

    /// The role's name in the reader's language, where it is one of the platform's own and was not renamed.
    var roleName: String {
        let template = platform.roles.first { $0.id == account.role.template && $0.name.english == account.role.name }
        return template?.name.text(reader.language) ?? account.role.name
    }
}
