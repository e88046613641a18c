import Foundation
import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// Finds out who is there. Handlers ask for a `Visitor` or for a `SignedIn`, and can come by a `SignedIn` only here.
struct Reception: Sendable {
    typealias Handler = @Sendable (Request, WebContext) async throws -> Response
    typealias Right = (section: Platform.OwnSection, action: Action)

    let registry: Registry
    let cookie: SessionCookie
    let address: PublicAddress
    let look: PlatformLook
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

    /// A handler for those who are logged in and hold a right. Others learn which one they lack and whom to ask.
    func allowed(
        _ section: Platform.OwnSection, _ action: Action,
        _ handle: @escaping @Sendable (SignedIn) async throws -> Response
    ) -> Handler {
        allowed([(section, action)], handle)
    }

    /// A handler for those who hold several rights.
    func allowed(
        _ rights: [Right], _ handle: @escaping @Sendable (SignedIn) async throws -> Response
    ) -> Handler {
        signedIn { person in
            for (section, action) in rights where !person.may(section, action) {
                return person.lacks(registry.platform, section, action)
            }
            return try await handle(person)
        }
    }

    /// A handler for something that the address names, for those who hold a right. To everybody else what is there
    /// and what is not look the same.
    func allowed<Subject: Identified & Sendable>(
        _ section: Platform.OwnSection, _ action: Action,
        about handle: @escaping @Sendable (SignedIn, ID<Subject>) async throws -> Response
    ) -> Handler {
        allowed([(section, action)], about: handle)
    }

    /// A handler for something that the address names, for those who are logged in.
    func signedIn<Subject: Identified & Sendable>(
        about handle: @escaping @Sendable (SignedIn, ID<Subject>) async throws -> Response
    ) -> Handler {
        allowed([], about: handle)
    }

    private func allowed<Subject: Identified & Sendable>(
        _ rights: [Right], about handle: @escaping @Sendable (SignedIn, ID<Subject>) async throws -> Response
    ) -> Handler {
        { request, context in
            let id = context.parameters.get("id").flatMap { ID<Subject>($0) }
            let handler = allowed(rights) { person in
                guard let id else { throw Refusal.notFound }
                return try await handle(person, id)
            }
            return try await handler(request, context)
        }
    }

    func visitor(_ request: Request, _ context: WebContext) -> Visitor {
        let chosen = request.cookies["language"].flatMap { Language(rawValue: $0.value) }
        let language = chosen ?? Language(acceptLanguage: request.headers[.acceptLanguage])
        let occasion = context.occasion(of: request, at: now())
        return Visitor(
            request: request, occasion: occasion,
            reader: Reader(language: language, timeZone: .gmt, now: occasion.at),
            token: cookie.token(in: request), look: look)
    }

    func person(_ request: Request, _ context: WebContext) async throws -> SignedIn? {
        guard let token = cookie.token(in: request) else { return nil }
        let occasion = context.occasion(of: request, at: now())
        guard let caller = try await registry.caller(with: token, on: occasion) else { return nil }
        let news = try await registry.unseenCount(of: caller)
        return SignedIn(request: request, caller: caller, platform: registry.platform, look: look, news: news)
    }

    func frame(_ reader: Reader) -> Frame {
        Frame(reader: reader, look: look)
    }
}

/// Somebody at a browser; nobody is known yet.
struct Visitor: Sendable {
    let request: Request
    let occasion: Occasion
    let reader: Reader
    /// What the browser holds as its session, live or not.
    let token: SessionToken?
    let look: PlatformLook

    var frame: Frame { Frame(reader: reader, look: look) }
}

/// A person with a live session. That one exists proves it: only `Reception.person` makes them.
struct SignedIn: Sendable {
    let request: Request
    let caller: Caller
    let reader: Reader
    /// How many of the questions that they follow have new replies.
    var news: Int
    private let platform: Platform
    private let look: PlatformLook

    fileprivate init(request: Request, caller: Caller, platform: Platform, look: PlatformLook, news: Int) {
        self.news = news
        self.look = look
        self.request = request
        self.caller = caller
        self.platform = platform
        let user = caller.account.user
        reader = Reader(language: user.language, timeZone: user.timeZone.timeZone, now: caller.occasion.at)
    }

    var account: Account { caller.account }
    var frame: Frame { Frame(reader: reader, look: look, open: open, news: news) }
    /// The places that ask for a right, as far as this person has it.
    private var open: Set<Frame.Place> {
        var open: Set<Frame.Place> = []
        if may(.users, .read) { open.insert(.users) }
        if may(.roles, .read) { open.insert(.roles) }
        if may(.settings, .read) { open.insert(.audit) }
        if may(.users, .read), may(.apiKeys, .read) { open.insert(.companyKeys) }
        if platform.discussions != .off { open.insert(.notifications) }
        return open
    }

    func may(_ section: Platform.OwnSection, _ action: Action) -> Bool {
        caller.permissions.contains(platform.right(section, action))
    }

    var mayCreateKeys: Bool { caller.permissions.contains(platform.right(.apiKeys, .create)) }

    /// The role's name in the reader's language, where it is one of the platform's own and was not renamed.
    var roleName: String {
        let template = platform.roles.first { $0.id == account.role.template && $0.name.english == account.role.name }
        return template?.name.text(reader.language) ?? account.role.name
    }
}

extension SignedIn {
    /// The page for somebody who lacks a right.
    fileprivate func lacks(_ platform: Platform, _ section: Platform.OwnSection, _ action: Action) -> Response {
        let failure = reader.phrases.failure
        let right = RightsInWords(reader: reader, platform: platform).name(platform.right(section, action))
        let page = MessagePage(
            reader: reader, kind: .closed, title: failure.lacksTitle, text: failure.lacks(right))
        return .page(frame.signedIn(account, at: .none, title: page.title, page.content), status: .forbidden)
    }
}
