import KeyCore

/// Inviting: whom, and to be what.
struct InvitePage {
    static let path = PeopleList.path + "/invite"
    static let fields = ["email", "role_id"]

    let reader: Reader
    let platform: Platform
    /// Those that the reader may give.
    let roles: [Role]
    let sendsMail: Bool
    var faults = Faults.none
    var email = ""
    var role = ""

    private var words: Phrases.Invitations { reader.phrases.people.invitations }

    var content: HTML {
        let common = reader.phrases.common
        return """
            \(PeoplePage.crumbs(reader, here: words.formTitle))
            <div class="page-head"><div class="title">
            <h1>\(words.formTitle)</h1>
            <p class="quiet">\(words.formText)</p>
            </div></div>
            <div class="card"><form class="form part" method="post" action="\(InvitePage.path)" novalidate>
            \(Parts.summary(faults, phrases))
            \(emailField)
            \(roleField)
            <div class="actions"><button class="button primary">\(reader.phrases.people.invite)</button>
            \(Parts.link(to: PeopleList.path, common.cancel, "plain"))</div>
            </form></div>
            """
    }

    private var emailField: HTML {
        Field(
            name: "email", label: reader.phrases.entrance.email, type: "email", value: email,
            hint: sendsMail ? words.byMail : words.byHand, attributes: " spellcheck=\"false\""
        ).html(faults, phrases, isFirstFault: faults.isFirst("email", among: InvitePage.fields))
    }

    private var roleField: HTML {
        let options = roles.map { ("\($0.id)", platform.roleName($0).text(reader.language)) }
        let fault = faults.sentence(for: "role_id", phrases)
        // Whoever does not choose gives away the least.
        let least = roles.min { $0.permissions.count < $1.permissions.count }.map { "\($0.id)" } ?? ""
        return """
            <div class="field"><label for="role_id">\(reader.phrases.people.role)</label>
            \(Parts.select(
                "role_id", options: options, chosen: role.isEmpty ? least : role,
                attributes: " aria-describedby=\"role_id-fault\"\(if: fault != nil, " aria-invalid=\"true\"")"))
            \(Parts.fault("role_id", fault))
            </div>
            """
    }

    /// What a taken address and a role too great mean to the one who invites.
    private var phrases: Phrases {
        reader.phrases.saying { [words] code in
            switch code {
            case .emailTaken: words.emailTaken
            case .permissionNotHeld: words.notHeld
            case .registrationClosed: words.closed
            default: nil
            }
        }
    }
}

/// What has been made: the link, this once.
struct InvitedPage {
    let reader: Reader
    let invited: Invited

    private var words: Phrases.Invitations { reader.phrases.people.invitations }

    var content: HTML {
        let invitation = invited.invitation.invitation
        return """
            \(PeoplePage.crumbs(reader, here: words.formTitle))
            <div class="page-head"><div class="title">
            <h1>\(words.madeTitle("<bdi>\(invitation.email.text)</bdi>"))</h1>
            </div></div>
            \(mail)
            <div class="card"><div class="part form" data-link-page>
            <div class="field">
            <div class="label-line"><label for="link">\(words.link)</label>\
            <span class="copy-words" role="status" data-copy-words></span></div>
            <div class="secret">
            <textarea id="link" rows="1" readonly autocomplete="off" spellcheck="false" translate="no" \
            aria-describedby="link-hint" data-link>\(invited.link)</textarea>
            <button class="icon-button" type="button" hidden aria-label="\(words.copyLink)" data-copies-link>\
            \(Icon.copy.html(class: "copy-icon"))\(Icon.tick.html(class: "tick-icon"))</button>
            </div>
            <p class="hint" id="link-hint">\(words.linkHint(reader.date(invitation.expiresAt)))</p>
            </div>
            <div class="actions">\(Parts.link(to: PeopleList.path, words.toPeople, "primary"))
            \(Parts.link(to: InvitePage.path, words.another))</div>
            </div></div>
            \(Parts.words([("copied", words.copied), ("copy_failed", words.copyFailed)]))
            """
    }

    private var mail: HTML {
        switch invited.delivery {
        case .sent: Parts.note(.good, words.sent)
        case .failed: Parts.note(.bad, words.failed)
        case .off: Parts.note(.warning, words.off)
        }
    }
}
