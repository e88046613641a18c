import KeyCore

/// Those who have been invited and have not come yet, above those who are there.
struct InvitationsCard {
    let reader: Reader
    let platform: Platform
    let shown: [OpenInvitation]
    let mayInvite: Bool

    private var words: Phrases.Invitations { reader.phrases.people.invitations }

    static func withdrawalPath(_ id: ID<Invitation>) -> String { "\(PeopleList.path)/invitations/\(id)/withdraw" }

    var html: HTML {
        guard !shown.isEmpty else { return "" }
        return """
            <section class="card invitations" aria-labelledby="invitations-title">
            <h2 id="invitations-title">\(words.title) <span class="quiet figures">\(shown.count)</span></h2>
            <ul class="rows">\(shown.map(row))</ul>
            </section>
            """
    }

    private func row(_ open: OpenInvitation) -> HTML {
        let role = platform.roleName(open.role).text(reader.language)
        let inviter = open.inviter.map { inviter -> HTML in " · \(words.invitedBy("<bdi>\(inviter.user.name)</bdi>"))" }
        return """
            <li><div class="row">
            <div class="grow"><strong><bdi>\(open.invitation.email.text)</bdi></strong>
            <p class="small quiet"><bdi>\(role)</bdi>\(inviter ?? "") · \(state(open))</p></div>
            \(if: mayInvite, actions(open))
            </div></li>
            """
    }

    private func state(_ open: OpenInvitation) -> HTML {
        switch open.status(on: platform, at: reader.now) {
        case .pending: "\(words.until(reader.date(open.invitation.expiresAt)))"
        case .expired: "<span class=\"badge warning\">\(words.expired)</span>"
        case .void: "<span class=\"badge bad\">\(words.void)</span> \(words.voidHint)"
        }
    }

    /// A new link is a new invitation of the same address, which takes the old one's place.
    private func actions(_ open: OpenInvitation) -> HTML {
        let (id, email) = (open.invitation.id, open.invitation.email.text)
        return """
            <div class="actions">
            <form method="post" action="\(InvitePage.path)">
            <input type="hidden" name="email" value="\(email)">
            <input type="hidden" name="role_id" value="\(open.role.id.description)">
            <button class="button" aria-label="\(words.renewOf(email))">\(words.renew)</button>
            </form>
            <a class="button quiet-danger" href="\(InvitationsCard.withdrawalPath(id))" \
            aria-label="\(words.withdrawOf(email))">\(words.withdraw)</a>
            </div>
            """
    }
}
