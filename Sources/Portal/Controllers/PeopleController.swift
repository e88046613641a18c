import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// The people of the company: the list, and inviting. One person's page stands in an extension.
struct PeopleController: Sendable {
    /// What a form leaves to be said when it has led back to a page.
    enum Notice: String {
        case saved, blocked, unblocked, removed, withdrawn
    }

    let reception: Reception

    var registry: Registry { reception.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("/settings/users", [.get: reception.allowed(.users, .read, show)])
        router.resource(
            "/settings/users/invite",
            [
                .get: reception.allowed(.users, .create, showForm),
                .post: reception.allowed(.users, .create, invite),
            ])
        router.resource(
            "/settings/users/invitations/:id/withdraw",
            [
                .get: reception.allowed(.users, .create, about: askToWithdraw),
                .post: reception.allowed(.users, .create, about: withdraw),
            ])
        addRoutesOfPerson(to: router)
    }

    @Sendable private func show(_ person: SignedIn) async throws -> Response {
        var list = PeopleList(person.request.query)
        var found = try await people(list, person)
        if found.people.isEmpty, found.total > 0 {
            // The last rows of the last page have gone.
            list.page = (found.total - 1) / PeopleList.rows + 1
            found = try await people(list, person)
        }
        let invitations = InvitationsCard(
            reader: person.reader, platform: registry.platform,
            shown: list.page > 1 ? [] : try await registry.invitations(by: person.caller).filter(list.shows),
            mayInvite: person.may(.users, .create))
        let page = PeoplePage(
            reader: person.reader, platform: registry.platform, list: list, found: found, invitations: invitations,
            roles: try await registry.rolesOfPeople(by: person.caller), ownID: person.account.user.id,
            mayInvite: person.may(.users, .create), notice: notice(person))
        return answer(page.content, title: person.reader.phrases.people.title, to: person, isWide: true)
    }

    /// Nobody who is there is also still invited.
    private func people(_ list: PeopleList, _ person: SignedIn) async throws -> PersonPage {
        guard list.state != .invited else { return PersonPage(people: [], total: 0, next: nil) }
        let query = list.query(of: person.account.company.id, now: person.reader.now)
        return try await registry.people(query, by: person.caller)
    }

    func notice(_ person: SignedIn) -> String? {
        let words = person.reader.phrases.people
        return switch Notice(rawValue: person.request.query["notice"]) {
        case .saved: words.person.saved
        case .blocked: words.person.blockedNow
        case .unblocked: words.person.unblockedNow
        case .removed: words.person.removedNow
        case .withdrawn: words.invitations.withdrawnNow
        case nil: nil
        }
    }

    /// The roles that this person may give.
    func assignableRoles(_ person: SignedIn) async throws -> [Role] {
        try await registry.rolesOfPeople(by: person.caller).filter { person.caller.holds($0.permissions) }
    }

    func answer(
        _ content: HTML, title: String, to person: SignedIn, isWide: Bool = false, refused: Refusal? = nil
    ) -> Response {
        let html = person.frame.signedIn(
            person.account, at: .users, title: title, isWide: isWide, modules: ["people.js"], content)
        return .page(html, refused: refused, platform: registry.platform)
    }
}

/// Inviting, and taking an invitation back.
extension PeopleController {
    @Sendable private func showForm(_ person: SignedIn) async throws -> Response {
        answer(try await form(person), to: person)
    }

    @Sendable private func invite(_ person: SignedIn) async throws -> Response {
        let fields = try await person.request.form()
        let start = reception.address.text(for: person.request)
        do throws(Refusal) {
            guard let role = ID<Role>(fields["role_id"]) else { throw .field("role_id", .roleUnknown) }
            let invited = try await registry.invite(
                InvitationForm(email: fields["email"], role: role), by: person.caller
            ) { token in "\(start)/invitations/\(token.text)" }
            let title = person.reader.phrases.people.invitations.formTitle
            return answer(InvitedPage(reader: person.reader, invited: invited).content, title: title, to: person)
        } catch {
            var page = try await form(person)
            (page.faults, page.email, page.role) = (Faults(error), fields["email"], fields["role_id"])
            return answer(page, to: person, refused: error)
        }
    }

    private func form(_ person: SignedIn) async throws -> InvitePage {
        InvitePage(
            reader: person.reader, platform: registry.platform, roles: try await assignableRoles(person),
            sendsMail: registry.sendsMail)
    }

    private func answer(_ page: InvitePage, to person: SignedIn, refused: Refusal? = nil) -> Response {
        let title = person.reader.phrases.people.invitations.formTitle
        return answer(page.content, title: title, to: person, refused: refused)
    }

    @Sendable private func askToWithdraw(_ person: SignedIn, _ id: ID<Invitation>) async throws -> Response {
        let email = try await registry.invitation(id, by: person.caller).invitation.email.text
        let words = person.reader.phrases.people.invitations
        let page = AskingPage(
            reader: person.reader, crumb: email, title: words.withdrawTitle("<bdi>\(email)</bdi>"),
            text: words.withdrawText, path: InvitationsCard.withdrawalPath(id), back: PeopleList.path,
            verb: words.withdraw)
        return answer(page.content, title: words.withdraw, to: person)
    }

    @Sendable private func withdraw(_ person: SignedIn, _ id: ID<Invitation>) async throws -> Response {
        try await registry.withdrawInvitation(id, by: person.caller)
        return .seeOther("\(PeopleList.path)?notice=\(Notice.withdrawn.rawValue)")
    }
}
