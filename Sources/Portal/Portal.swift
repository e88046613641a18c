import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// The pages of the personal account, and the files that they are drawn with.
package struct Portal: Sendable {
    /// Makes a workbook (.xlsx) of the role matrix.
    package typealias RoleWorkbook = @Sendable (RoleMatrix) throws -> [UInt8]

    /// Reads CommonMark.
    package typealias ProseReader = Prose.Reader

    private let reception: Reception
    private let help: HelpLibrary
    private let roleWorkbook: RoleWorkbook

    /// - Parameters:
    ///   - address: where programs and the invited reach the service.
    ///   - now: the clock.
    package init(
        registry: Registry, cookie: SessionCookie, address: PublicAddress,
        roleWorkbook: @escaping RoleWorkbook, prose: ProseReader, now: @escaping @Sendable () -> Timestamp
    ) {
        self.roleWorkbook = roleWorkbook
        help = HelpLibrary(reading: prose)
        reception = Reception(
            registry: registry, cookie: cookie, address: address, look: PlatformLook(registry.platform), now: now)
    }

    package func addRoutes(to router: Router<WebContext>) {
        AssetPages(look: reception.look).addRoutes(to: router)
        EntranceController(reception: reception).addRoutes(to: router)
        SettingsController(reception: reception).addRoutes(to: router)
        KeysController(reception: reception).addRoutes(to: router)
        PeopleController(reception: reception).addRoutes(to: router)
        InvitationController(reception: reception).addRoutes(to: router)
        RolesController(reception: reception, workbook: roleWorkbook).addRoutes(to: router)
        AuditController(reception: reception).addRoutes(to: router)
        CompanyKeysController(reception: reception).addRoutes(to: router)
        RefusalsController(reception: reception).addRoutes(to: router)
        HelpController(reception: reception, library: help).addRoutes(to: router)
        DiscussionsController(reception: reception, library: help).addRoutes(to: router)
        OfflineController(look: reception.look, now: reception.now()).addRoutes(to: router)
    }

    /// What a person sees of a request that could not be carried out.
    package func page(for problem: Problem, request: Request, context: WebContext) async -> Response {
        let person = try? await reception.person(request, context)
        let reader = person?.reader ?? reception.visitor(request, context).reader
        let failure = reader.phrases.failure
        let isMissing = problem.status == .notFound
        let code = Refusal.Code(rawValue: problem.code) ?? (isMissing ? .notFound : .unavailable)
        let page = MessagePage(
            reader: reader, kind: isMissing ? .missing : problem.status == .forbidden ? .closed : .failed,
            title: isMissing ? failure.notFoundTitle : failure.failedTitle,
            text: isMissing ? failure.notFoundText : failure.sentence(problem) ?? reader.phrases.refusal(code),
            reference: problem.status.code >= 500 ? context.id : nil)
        let html =
            if let person {
                person.frame.signedIn(person.account, at: .none, title: page.title, page.content)
            } else {
                reception.frame(reader).signedOut(title: page.title, path: "/", page.content)
            }
        var response = Response.page(html, status: problem.status)
        for field in problem.headers where field.name != .wwwAuthenticate { response.headers.append(field) }
        return response
    }
}

extension Phrases.Failure {
    /// The sentence for a problem that is no refusal of a rule.
    fileprivate func sentence(_ problem: Problem) -> String? {
        switch problem.code {
        case Problem.crossSite.code: crossSite
        case Problem.bodyTooLarge.code: tooLarge
        case Problem.requestTimeout.code: tooSlow
        default: problem.status == .methodNotAllowed ? notFoundText : nil
        }
    }
}

extension Response {
    /// A whole page, or a part of one for a page that is open.
    static func page(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html.source)))
    }

    /// A page as it is, or again with what was wrong with its form.
    static func page(_ html: HTML, refused: Refusal?, platform: Platform) -> Response {
        guard let refused else { return .page(html) }
        let problem = Problem(refused, platform: platform)
        var response = Response.page(html, status: problem.status)
        response.headers[.retryAfter] = problem.headers[.retryAfter]
        return response
    }

    /// Go there next, by GET (RFC 9110, section 15.4.4).
    static func seeOther(_ path: String, cookie: String? = nil) -> Response {
        var headers: HTTPFields = [.location: path]
        if let cookie { headers[.setCookie] = cookie }
        return Response(status: .seeOther, headers: headers)
    }
}
