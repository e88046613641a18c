import KeyCore

/// What the invited see: who invites them where, and the two things that only they can say.
struct JoinPage {
    static let fields = ["name", "password"]

    let reader: Reader
    let platform: Platform
    let open: OpenInvitation
    let token: InvitationToken
    /// Who is logged in on this browser already.
    let present: String?
    var faults = Faults.none
    var name = ""

    private var words: Phrases.Invitation { reader.phrases.invitation }

    var title: String { words.title(open.company.name) }
    var path: String { "/invitations/\(token.text)" }

    var content: HTML {
        """
        <div class="intro">
        <h1><bdi>\(title)</bdi></h1>
        <p class="quiet">\(text)</p>
        </div>
        <form class="form" method="post" action="\(path)" novalidate>
        \(Parts.summary(faults, reader.phrases, fields))
        \(if: present != nil, "<div class=\"note warning\"><div>\(words.signedInAs("<bdi>\(present ?? "")</bdi>"))</div></div>")
        \(address)
        \(fields.map { field in
            field.html(faults, reader.phrases, isFirstFault: faults.isFirst(field.name, among: JoinPage.fields))
        })
        <input type="hidden" name="time_zone" value="" data-fills-time-zone>
        <button class="button primary wide">\(words.join)</button>
        </form>
        """
    }

    private var text: HTML {
        let inviter: HTML = "<bdi>\(open.inviter?.user.name ?? open.company.name)</bdi>"
        return words.text(inviter, "<bdi>\(platform.roleName(open.role).text(reader.language))</bdi>")
    }

    /// Shown so that it is known, and so that password stores keep it with the password.
    private var address: HTML {
        """
        <div class="field">
        <label for="email">\(reader.phrases.entrance.email)</label>
        <input class="input" id="email" name="email" type="email" value="\(open.invitation.email.text)" readonly \
        autocomplete="username" aria-describedby="email-hint">
        <p class="hint" id="email-hint">\(words.address)</p>
        </div>
        """
    }

    private var fields: [Field] {
        let entrance = reader.phrases.entrance
        return [
            Field(name: "name", label: entrance.name, value: name, autocomplete: "name"),
            Field(
                name: "password", label: entrance.password, type: "password", autocomplete: "new-password",
                hint: entrance.passwordHint),
        ]
    }
}

/// Something that a visitor has to be told, and the way on.
struct EntranceMessage {
    let reader: Reader
    let title: String
    let text: String

    var content: HTML {
        """
        <div class="intro">
        <h1>\(title)</h1>
        <p class="quiet">\(text)</p>
        </div>
        \(Parts.link(to: "/login", reader.phrases.common.logIn, "primary wide"))
        """
    }
}
