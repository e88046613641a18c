import KeyCore

/// The people of the company: who is invited, who is there, what each may do.
struct PeoplePage {
    let reader: Reader
    let platform: Platform
    let list: PeopleList
    let found: PersonPage
    let invitations: InvitationsCard
    let roles: [Role]
    let ownID: ID<User>
    let mayInvite: Bool
    var notice: String?

    private var words: Phrases.People { reader.phrases.people }

    static func path(_ user: ID<User>) -> String { "\(PeopleList.path)/\(user)" }

    var content: HTML {
        """
        \(PeoplePage.crumbs(reader))
        <div class="page-head">
        <div class="title">
        <h1>\(words.title)</h1>
        <p class="quiet">\(words.intro)</p>
        </div>
        \(if: mayInvite, """
            <div class="actions">\(Parts.link(to: InvitePage.path, words.invite, "primary"))</div>
            """)
        </div>
        \(notice.map { Parts.note(.good, $0) } ?? "")
        <div class="section">
        \(tools)
        \(invitations.html)
        \(if: list.state != .invited || invitations.shown.isEmpty, """
            <div class="card people-card">\(found.total == 0 ? noResults : table)</div>
            """)
        </div>
        """
    }

    /// Where the reader is: the settings, the people, and one thing about them.
    static func crumbs(_ reader: Reader, here: String? = nil) -> HTML {
        let list = Crumbs.Step(reader.phrases.people.title, PeopleList.path)
        return Crumbs(reader, [list] + [here].compactMap { $0.map { Crumbs.Step($0) } }).html
    }

    private var tools: HTML {
        let roles = [("", words.anyRole)] + roles.map { ("\($0.id)", platform.roleName($0).text(reader.language)) }
        let states = [
            ("", reader.phrases.keys.anyStatus), (PeopleList.State.active.rawValue, words.active),
            (PeopleList.State.blocked.rawValue, words.blocked), (PeopleList.State.invited.rawValue, words.invited),
        ]
        return """
            <form class="tools people-tools" method="get" action="\(PeopleList.path)" role="search" data-filters>
            <div class="search">
            <button class="icon-button" aria-label="\(reader.phrases.keys.search)">\(Icon.search.html)</button>
            <input class="input" type="search" name="query" value="\(list.text)" \
            placeholder="\(words.searchPlaceholder)" aria-label="\(words.searchPlaceholder)" autocomplete="off">
            </div>
            <div class="filter">\(select("role", words.role, roles, list.role.map { "\($0)" } ?? ""))</div>
            <div class="filter">\(select("state", words.state, states, list.state?.rawValue ?? ""))</div>
            </form>
            """
    }

    private func select(
        _ name: String, _ label: String, _ options: [(value: String, label: String)], _ chosen: String
    ) -> HTML {
        Parts.select(name, options: options, chosen: chosen, attributes: " aria-label=\"\(label)\"")
    }

    private var table: HTML {
        """
        <table class="listing people">
        <caption class="unseen">\(words.title)</caption>
        <thead><tr>
        <th scope="col">\(words.name)</th>
        <th scope="col">\(words.role)</th>
        <th scope="col" class="count">\(words.liveKeys)</th>
        <th scope="col">\(words.since)</th>
        </tr></thead>
        <tbody>
        \(found.people.map(row))</tbody>
        </table>
        \(pages)
        """
    }

    private func row(_ person: Person) -> HTML {
        let user = person.account.user
        return """
            <tr>
            <th scope="row" class="name"><a href="\(PeoplePage.path(user.id))"><bdi>\(user.name)</bdi></a>\
            \(if: user.id == ownID, " <span class=\"badge\">\(words.you)</span>")\(state(user))\
            <span class="below"><bdi>\(user.email.text)</bdi></span></th>
            <td data-label="\(words.role)"><bdi>\
            \(platform.roleName(person.account.role).text(reader.language))</bdi></td>
            <td class="count" data-label="\(words.liveKeys)">\(reader.number(person.liveKeys))</td>
            <td data-label="\(words.since)">\(Parts.date(user.createdAt, reader))</td>
            </tr>

            """
    }

    static func badge(_ user: User, _ words: Phrases.People) -> HTML {
        user.blockedAt == nil
            ? "<span class=\"badge good\">\(words.active)</span>" : "<span class=\"badge bad\">\(words.blocked)</span>"
    }

    /// In the list only what differs: that somebody may come in needs no word.
    private func state(_ user: User) -> HTML {
        user.blockedAt == nil ? "" : " \(PeoplePage.badge(user, words))"
    }

    private var pages: HTML {
        Pager(
            reader: reader, page: list.page, rows: PeopleList.rows, shown: found.people.count, total: found.total,
            path: list.path(page:)
        ).html
    }

    private var noResults: HTML {
        """
        <div class="empty">
        <h2>\(reader.phrases.keys.noResultsTitle)</h2>
        <p><bdi>\(list.text.isEmpty ? words.noResultsForFilter : words.noResultsText(list.text))</bdi></p>
        <a class="button" href="\(PeopleList.path)">\(words.showAll)</a>
        </div>
        """
    }
}
