import Hummingbird
import KeyCore
import Web

/// Coming in by an invitation's link.
struct InvitationController: Sendable {
    let reception: Reception

    private var registry: Registry { reception.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("/invitations/:token", [.get: show, .post: join])
    }

    @Sendable private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let visitor = reception.visitor(request, context)
        do throws(Refusal) {
            let token = try token(context)
            let open = try await registry.invitation(with: token, at: visitor.occasion.at)
            return answer(try await page(open, token, request, context), to: visitor)
        } catch {
            return refuse(error, visitor)
        }
    }

    @Sendable private func join(_ request: Request, _ context: WebContext) async throws -> Response {
        let visitor = reception.visitor(request, context)
        let fields = try await request.form()
        let zone = try? UserTimeZone(fields["time_zone"])
        let form = JoiningForm(
            name: fields["name"], password: fields["password"], timeZone: zone?.identifier,
            language: visitor.reader.language)
        do throws(Refusal) {
            let signIn = try await registry.join(
                with: try token(context), form, replacing: visitor.token, on: visitor.occasion)
            return .seeOther("/", cookie: reception.cookie.setting(signIn.token))
        } catch {
            return try await again(form, error, visitor, context)
        }
    }

    /// The form once more where another name or password may help; else what stands in the way.
    private func again(
        _ form: JoiningForm, _ refusal: Refusal, _ visitor: Visitor, _ context: WebContext
    ) async throws -> Response {
        let mayHelp = refusal.code != .emailTaken && [.invalid, .conflict].contains(refusal.kind)
        do throws(Refusal) {
            guard mayHelp || refusal.code == .busy else { throw refusal }
            let token = try token(context)
            let open = try await registry.invitation(with: token, at: visitor.occasion.at)
            var page = try await page(open, token, visitor.request, context)
            (page.faults, page.name) = (Faults(refusal), form.name)
            return answer(page, to: visitor, refused: refusal)
        } catch {
            return refuse(error, visitor)
        }
    }

    private func token(_ context: WebContext) throws(Refusal) -> InvitationToken {
        guard let token = context.parameters.get("token").flatMap({ InvitationToken($0) }) else {
            throw .invitationUnknown
        }
        return token
    }

    private func page(
        _ open: OpenInvitation, _ token: InvitationToken, _ request: Request, _ context: WebContext
    ) async throws(Refusal) -> JoinPage {
        let visitor = reception.visitor(request, context)
        var present: Caller?
        if let session = visitor.token { present = try await registry.caller(with: session, on: visitor.occasion) }
        return JoinPage(
            reader: visitor.reader, platform: registry.platform, open: open, token: token,
            present: present?.account.user.name)
    }

    private func answer(_ page: JoinPage, to visitor: Visitor, refused: Refusal? = nil) -> Response {
        let html = visitor.frame.signedOut(title: page.title, path: page.path, page.content)
        return .page(html, refused: refused, platform: registry.platform)
    }

    private func refuse(_ refusal: Refusal, _ visitor: Visitor) -> Response {
        let phrases = visitor.reader.phrases
        let page = EntranceMessage(
            reader: visitor.reader, title: phrases.invitation.failedTitle, text: phrases.refusal(refusal.code))
        let html = visitor.frame.signedOut(title: page.title, path: "/login", page.content)
        return .page(html, refused: refusal, platform: registry.platform)
    }
}
