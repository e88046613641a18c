import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// `/v1/accounts`, `/v1/session`, `/v1/me`: registering, logging in and out, and who one is.
struct AccountController: Sendable {
    let authentication: Authentication

    private var registry: Registry { authentication.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/accounts", [.post: register])
        router.resource("v1/session", [.post: logIn, .delete: logOut])
        router.resource("v1/me", [.get: me])
    }

    @Sendable private func register(_ request: Request, _ context: WebContext) async throws -> Response {
        var body = try await JSONBody(request)
        let form = RegistrationForm(
            name: body.string("name"), email: body.string("email"), password: body.string("password"),
            company: body.string("company"), timeZone: body.optionalString("time_zone"),
            language: body.language(else: request))
        try body.finish()
        let signIn = try await registry.register(
            form, replacing: authentication.cookie.token(in: request),
            on: context.occasion(of: request, at: authentication.now()))
        return .json(signedIn: signIn, registry.platform, authentication.cookie)
    }

    @Sendable private func logIn(_ request: Request, _ context: WebContext) async throws -> Response {
        var body = try await JSONBody(request)
        let (email, password) = (body.string("email"), body.string("password"))
        try body.finish()
        let signIn = try await registry.logIn(
            email: email, password: password, replacing: authentication.cookie.token(in: request),
            on: context.occasion(of: request, at: authentication.now()))
        return .json(signedIn: signIn, registry.platform, authentication.cookie)
    }

    @Sendable private func logOut(_ request: Request, _ context: WebContext) async throws -> Response {
        if let token = authentication.cookie.token(in: request) {
            try await registry.logOut(token, on: context.occasion(of: request, at: authentication.now()))
        }
        return Response(status: .noContent, headers: [.setCookie: authentication.cookie.clearing])
    }

    @Sendable private func me(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        return .json(AccountJSON(caller.account, permissions: caller.permissions, platform: registry.platform))
    }
}

extension Response {
    /// Who has just come in, with the cookie of their session.
    static func json(signedIn signIn: SignIn, _ platform: Platform, _ cookie: SessionCookie) -> Response {
        let account = AccountJSON(signIn.account, permissions: signIn.account.permissions, platform: platform)
        return .json(account, status: .created, headers: [.setCookie: cookie.setting(signIn.token)])
    }
}

extension JSONBody {
    /// The member `language`; what the browser asks for where it is not given.
    mutating func language(else request: Request) -> Language {
        guard let text = optionalString("language") else {
            return Language(acceptLanguage: request.headers[.acceptLanguage])
        }
        guard let language = Language(rawValue: text) else {
            note("language", Refusal.Code.languageUnknown.rawValue, Refusal.Code.languageUnknown.detail)
            return .english
        }
        return language
    }
}

/// An account as the API shows it.
struct AccountJSON: Encodable {
    struct User: Encodable {
        let id: String
        let name: String
        let email: String
        let language: String
        let timeZone: String
        enum CodingKeys: String, CodingKey {
            case id, name, email, language
            case timeZone = "time_zone"
        }
    }

    struct Company: Encodable {
        let id: String
        let name: String
    }

    let user: User
    let company: Company
    let role: String
    let permissions: [String]

    init(_ account: Account, permissions: PermissionSet, platform: Platform) {
        user = User(
            id: "\(account.user.id)", name: account.user.name, email: account.user.email.text,
            language: account.user.language.rawValue, timeZone: account.user.timeZone.identifier)
        company = Company(id: "\(account.company.id)", name: account.company.name)
        role = account.role.name
        self.permissions = platform.names(of: permissions)
    }
}
