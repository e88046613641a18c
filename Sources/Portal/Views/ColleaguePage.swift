import KeyCore

/// One person of the company: what they may do, and what can be taken from them.
struct ColleaguePage {
    /// What the reader may do here.
    enum Means {
        case everything(mayRemove: Bool)
        /// Why nothing can be changed.
        case nothing(String)
    }

    static let fields = ["name", "role_id"]

    let reader: Reader
    let platform: Platform
    let account: Account
    let keys: KeySummary
    /// Those that the reader may give.
    let roles: [Role]
    let isSelf: Bool
    let maySeeKeys: Bool
    let means: Means
    var notice: String?
    var faults = Faults.none
    var name: String?

    private var user: User { account.user }
    private var words: Phrases.People { reader.phrases.people }
    private var own: Phrases.Person { reader.phrases.people.person }

    var content: HTML {
        """
        \(PeoplePage.crumbs(reader, here: user.name))
        <div class="page-head"><div class="title">
        <h1><bdi>\(user.name)</bdi></h1>
        <p class="quiet"><bdi>\(user.email.text)</bdi></p>
        </div></div>
        \(notice.map { Parts.note(.good, $0) } ?? "")
        \(if: isSelf, """
            <div class="note"><div>\(own.isYou("<a href=\"/settings\">\(reader.phrases.common.settings)</a>"))</div></div>
            """)
        \(reason)
        <section class="card" aria-labelledby="about-title">
        <div class="part section"><h2 id="about-title">\(own.nameAndRole)</h2>\(isOpen ? form : "")\(facts)</div>
        </section>
        \(access)
        """
    }

    private var isOpen: Bool {
        if case .everything = means { true } else { false }
    }

    private var reason: HTML {
        if case .nothing(let why) = means { Parts.note(.warning, why) } else { "" }
    }

    private var facts: HTML {
        let role = platform.roleName(account.role).text(reader.language)
        let link: HTML =
            maySeeKeys && keys.total > 0
            ? " · <a href=\"\(CompanyKeyList.path)?user=\(user.id.description)\">\(own.theirKeys)</a>" : ""
        return """
            <dl class="facts">
            \(if: !isOpen, "<dt>\(words.role)</dt><dd><bdi>\(role)</bdi></dd>")
            <dt>\(words.state)</dt><dd>\(PeoplePage.badge(user, words))</dd>
            <dt>\(reader.phrases.common.apiKeys)</dt><dd>\(own.keys(keys.active))\(link)</dd>
            <dt>\(words.since)</dt><dd>\(Parts.date(user.createdAt, reader))</dd>
            </dl>
            """
    }

    private var form: HTML {
        let fault = faults.sentence(for: "role_id", reader.phrases)
        let options = choices.map { ("\($0.id)", platform.roleName($0).text(reader.language)) }
        let field = Field(name: "name", label: words.name, value: name ?? user.name)
        let isFirst = faults.isFirst("name", among: ColleaguePage.fields)
        return """
            <form class="form" method="post" action="\(PeoplePage.path(user.id))" novalidate>
            \(faults.general == nil ? "" : Parts.summary(faults, reader.phrases))
            \(field.html(faults, reader.phrases, isFirstFault: isFirst))
            <div class="field"><label for="role_id">\(words.role)</label>
            \(Parts.select(
                "role_id", options: options, chosen: "\(user.role)",
                attributes: " aria-describedby=\"role_id-hint role_id-fault\""))
            <p class="hint" id="role_id-hint">\(own.atOnce)</p>
            \(Parts.fault("role_id", fault))
            </div>
            <div class="actions"><button class="button">\(reader.phrases.common.save)</button></div>
            </form>
            """
    }

    /// The present role stands among them, whatever became of it since.
    private var choices: [Role] {
        roles.contains { $0.id == user.role } ? roles : [account.role] + roles
    }

    private var access: HTML {
        guard case .everything(let mayRemove) = means else { return "" }
        let isBlocked = user.blockedAt != nil
        return """
            <section class="card access" aria-labelledby="access-title">
            <h2 id="access-title">\(own.access)</h2>
            <ul class="rows">
            \(isBlocked ? unblock : line(own.blockHint, button(to: .block, own.block)))
            \(if: mayRemove, line(own.removeHint, button(to: .remove, own.remove)))
            </ul>
            </section>
            """
    }

    private func line(_ hint: String, _ button: HTML) -> HTML {
        "<li><div class=\"row\"><p class=\"grow small quiet\">\(hint)</p>\(button)</div></li>"
    }

    private func button(to deed: PersonSheet.Deed, _ label: String) -> HTML {
        Parts.link(to: PersonSheet.path(deed, user.id), label, "quiet-danger")
    }

    private var unblock: HTML {
        line(
            own.unblockHint,
            """
            <form method="post" action="\(PeoplePage.path(user.id))/unblock">
            <button class="button">\(own.unblock)</button></form>
            """)
    }
}
