import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// `/v1/invitations`: asking people into the company, and coming in by such a link.
struct InvitationController: Sendable {
    let authentication: Authentication
    let address: PublicAddress

    private var registry: Registry { authentication.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/invitations", [.get: list, .post: invite])
        router.resource("v1/invitations/accept", [.post: accept])
        router.resource("v1/invitations/{id}", [.delete: withdraw])
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let now = caller.occasion.at
        let invitations = try await registry.invitations(by: caller)
        return .json(["invitations": invitations.map { InvitationJSON($0, registry.platform, at: now) }])
    }

    @Sendable private func invite(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        var body = try await JSONBody(request)
        let (email, role) = (body.string("email"), body.string("role_id"))
        try body.finish()
        let form = InvitationForm(email: email, role: try ID<Role>(memberText: role))
        let start = address.text(for: request)
        let invited = try await registry.invite(form, by: caller) { "\(start)/invitations/\($0.text)" }
        return .json(InvitationJSON(invited, registry.platform, at: caller.occasion.at), status: .created)
    }

    @Sendable private func withdraw(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let id = try ID<Invitation>(in: context)
        try await registry.withdrawInvitation(id, by: caller)
        return .json(["deleted": 1])
    }

    @Sendable private func accept(_ request: Request, _ context: WebContext) async throws -> Response {
        var body = try await JSONBody(request)
        let token = body.string("token")
        let form = JoiningForm(
            name: body.string("name"), password: body.string("password"), timeZone: body.optionalString("time_zone"),
            language: body.language(else: request))
        try body.finish()
        guard let token = InvitationToken(token) else { throw Refusal.invitationUnknown }
        let signIn = try await registry.join(
            with: token, form, replacing: authentication.cookie.token(in: request),
            on: context.occasion(of: request, at: authentication.now()))
        return .json(signedIn: signIn, registry.platform, authentication.cookie)
    }
}

/// An invitation as the API shows it.
struct InvitationJSON: Encodable {
    let id: String
    let email: String
    let roleID: String
    let role: String
    let invitedBy: [String: String]?
    let createdAt: String
    let expiresAt: String
    let status: String
    /// The address to open: only in the answer that made the invitation.
    var link: String?
    /// Whether a mail went out: only there too.
    var mail: String?

    init(_ open: OpenInvitation, _ platform: Platform, at now: Timestamp) {
        let invitation = open.invitation
        id = "\(invitation.id)"
        email = invitation.email.text
        roleID = "\(invitation.role)"
        role = open.role.name
        invitedBy = open.inviter.map { ["id": "\($0.user.id)", "name": $0.user.name] }
        createdAt = invitation.createdAt.rfc3339
        expiresAt = invitation.expiresAt.rfc3339
        status = open.status(on: platform, at: now).rawValue
    }

    init(_ invited: Invited, _ platform: Platform, at now: Timestamp) {
        self.init(invited.invitation, platform, at: now)
        link = invited.link
        mail =
            switch invited.delivery {
            case .sent: "sent"
            case .failed: "failed"
            case .off: "off"
            }
    }

    enum CodingKeys: String, CodingKey {
        case id, email, role, status, link, mail
        case roleID = "role_id"
        case invitedBy = "invited_by"
        case createdAt = "created_at"
        case expiresAt = "expires_at"
    }
}
