import Hummingbird
import KeyCore
import Web

/// Coming in and going out: the first page, registering, logging in and out, and the visitor's language.
struct EntranceController: Sendable {
    let reception: Reception

    private var registry: Registry { reception.registry }
    private var main: MainController { MainController(reception: reception) }
    private var mayRegister: Bool { registry.registration == .open }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("/", [.get: first])
        router.resource("/register", [.get: reception.open(registerPage), .post: reception.open(register)])
        router.resource("/login", [.get: logInPage, .post: reception.open(logIn)])
        router.resource("/logout", [.post: reception.open(logOut)])
        router.resource("/language", [.post: reception.open(chooseLanguage)])
    }

    /// The main page for those who are logged in, a welcome for everybody else.
    @Sendable private func first(_ request: Request, _ context: WebContext) async throws -> Response {
        if let person = try await reception.person(request, context) { return try await main.show(person) }
        let visitor = reception.visitor(request, context)
        let page = WelcomePage(reader: visitor.reader, platform: registry.platform, mayRegister: mayRegister)
        let title = visitor.reader.phrases.common.apiKeys
        return .page(visitor.frame.signedOut(title: title, path: "/", page.content))
    }

    @Sendable private func registerPage(_ visitor: Visitor) async throws -> Response {
        if registry.registration == .invite { return needsInvitation(visitor) }
        guard mayRegister else { throw Refusal(.forbidden, .registrationClosed) }
        return answer(RegisterPage(reader: visitor.reader, faults: .none), to: visitor)
    }

    private func needsInvitation(_ visitor: Visitor) -> Response {
        let words = visitor.reader.phrases.invitation
        let page = EntranceMessage(reader: visitor.reader, title: words.neededTitle, text: words.neededText)
        let html = visitor.frame.signedOut(title: page.title, path: "/register", page.content)
        return .page(html, status: .forbidden)
    }

    @Sendable private func register(_ visitor: Visitor) async throws -> Response {
        let fields = try await visitor.request.form()
        let zone = try? UserTimeZone(fields["time_zone"])
        let form = RegistrationForm(
            name: fields["name"], email: fields["email"], password: fields["password"], company: fields["company"],
            timeZone: zone?.identifier, language: visitor.reader.language)
        do throws(Refusal) {
            let signIn = try await registry.register(form, replacing: visitor.token, on: visitor.occasion)
            return .seeOther("/", cookie: reception.cookie.setting(signIn.token))
        } catch {
            let page = RegisterPage(
                reader: visitor.reader, faults: Faults(error), name: form.name, email: form.email,
                company: form.company)
            return answer(page, to: visitor, refused: error)
        }
    }

    private func answer(_ page: RegisterPage, to visitor: Visitor, refused: Refusal? = nil) -> Response {
        let title = visitor.reader.phrases.entrance.registerTitle
        let html = visitor.frame.signedOut(title: title, path: "/register", page.content)
        return .page(html, refused: refused, platform: registry.platform)
    }

    @Sendable private func logInPage(_ request: Request, _ context: WebContext) async throws -> Response {
        if try await reception.person(request, context) != nil { return .seeOther("/") }
        let visitor = reception.visitor(request, context)
        let next = OwnPath(request.query["next"]).path
        let page = LogInPage(reader: visitor.reader, faults: .none, next: next, mayRegister: mayRegister)
        return answer(page, to: visitor)
    }

    @Sendable private func logIn(_ visitor: Visitor) async throws -> Response {
        let fields = try await visitor.request.form()
        let next = OwnPath(fields["next"]).path
        do throws(Refusal) {
            let signIn = try await registry.logIn(
                email: fields["email"], password: fields["password"], replacing: visitor.token, on: visitor.occasion)
            return .seeOther(next, cookie: reception.cookie.setting(signIn.token))
        } catch {
            let page = LogInPage(
                reader: visitor.reader, faults: Faults(error), email: fields["email"], next: next,
                mayRegister: mayRegister)
            return answer(page, to: visitor, refused: error)
        }
    }

    private func answer(_ page: LogInPage, to visitor: Visitor, refused: Refusal? = nil) -> Response {
        let title = visitor.reader.phrases.entrance.logInTitle
        let html = visitor.frame.signedOut(title: title, path: "/login", page.content)
        return .page(html, refused: refused, platform: registry.platform)
    }

    @Sendable private func logOut(_ visitor: Visitor) async throws -> Response {
        if let token = visitor.token { try await registry.logOut(token, on: visitor.occasion) }
        return .seeOther("/", cookie: reception.cookie.clearing)
    }

    @Sendable private func chooseLanguage(_ visitor: Visitor) async throws -> Response {
        let fields = try await visitor.request.form()
        let next = OwnPath(fields["next"]).path
        guard let language = Language(rawValue: fields["language"]) else { return .seeOther(next) }
        // Kept for a year: a choice of language is no secret and no session.
        let cookie = "language=\(language.rawValue); Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"
        return .seeOther(next, cookie: cookie)
    }
}

/// A path of this site that an address or a form asks to be led to. Anything else, such as the address of another
/// site, becomes the main page: else a link to our log-in page could lead anywhere.
struct OwnPath {
    let path: String

    init(_ text: String) {
        let isOwn = text.hasPrefix("/") && !text.hasPrefix("//") && !text.contains("\\")
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        path = isOwn && isPlain ? text : "/"
    }
}
