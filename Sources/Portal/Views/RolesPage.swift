import KeyCore

/// The company's roles: how many have each, and what it opens.
struct RolesPage {
    let reader: Reader
    let platform: Platform
    let list: RoleList
    let mayAdd: Bool
    let maySeePeople: Bool
    var notice: String?

    private var words: Phrases.Roles { reader.phrases.roles }
    private var rights: RightsInWords { RightsInWords(reader: reader, platform: platform) }

    static func path(_ role: Role) -> String { "\(RoleList.path)/\(role.id)" }

    /// The people who have a role.
    static func people(_ role: Role) -> String { "\(PeopleList.path)?role=\(role.id)" }

    var content: HTML {
        """
        \(RolesPage.crumbs(reader))
        <div class="page-head">
        <div class="title">
        <h1>\(words.title)</h1>
        <p class="quiet">\(words.intro)</p>
        </div>
        <div class="actions">
        \(Parts.link(to: RoleList.path + "/matrix.xlsx", words.download))
        \(if: mayAdd, Parts.link(to: RoleList.path + "/new", words.add, "primary"))
        </div>
        </div>
        \(notice.map { Parts.note(.good, $0) } ?? "")
        <div class="section">
        \(search)
        <div class="card roles-card" data-roles>
        \(found)
        </div>
        </div>
        """
    }

    /// Where the reader is: the settings, the roles, and one of them.
    static func crumbs(_ reader: Reader, here: String? = nil) -> HTML {
        let list = Crumbs.Step(reader.phrases.roles.title, RoleList.path)
        return Crumbs(reader, [list] + [here].compactMap { $0.map { Crumbs.Step($0) } }).html
    }

    private var search: HTML {
        """
        <form class="tools" method="get" action="\(RoleList.path)" role="search" data-search>
        <div class="search">
        <button class="icon-button" aria-label="\(reader.phrases.keys.search)">\(Icon.search.html)</button>
        <input class="input" type="search" name="query" value="\(list.text)" placeholder="\(words.searchPlaceholder)" \
        aria-label="\(words.searchPlaceholder)" autocomplete="off">
        </div>
        </form>
        """
    }

    private var found: HTML {
        """
        <div data-found>
        \(list.total == 0 ? noResults : table)
        </div>
        """
    }

    private var table: HTML {
        """
        <table class="listing roles">
        <caption class="unseen">\(words.title)</caption>
        <thead><tr>
        <th scope="col">\(words.name)</th>
        <th scope="col">\(words.rights)</th>
        <th scope="col" class="count">\(words.people)</th>
        <th scope="col" class="count">\(words.keys)</th>
        </tr></thead>
        <tbody>
        \(list.shown.map(row))</tbody>
        </table>
        \(pages)
        """
    }

    private func row(_ overview: RoleOverview) -> HTML {
        let role = overview.role
        let count = reader.number(overview.people)
        let isLinked = maySeePeople && overview.people > 0
        let people: HTML = isLinked ? "<a href=\"\(RolesPage.people(role))\">\(count)</a>" : "\(count)"
        return """
            <tr>
            <th scope="row" class="name"><a href="\(RolesPage.path(role))"><bdi>\
            \(platform.roleName(role).text(reader.language))</bdi></a>\(badge(role))</th>
            <td class="what">\(rights.html(role.permissions))</td>
            <td class="count" data-label="\(words.people)">\(people)</td>
            <td class="count" data-label="\(words.keys)">\(reader.number(overview.keys))</td>
            </tr>

            """
    }

    private func badge(_ role: Role) -> HTML {
        if role.isAdministrator { return " <span class=\"badge\">\(words.fixed)</span>" }
        return role.template == nil ? "" : " <span class=\"badge\">\(words.builtIn)</span>"
    }

    private var pages: HTML {
        Pager(
            reader: reader, page: list.page, rows: RoleList.rows, shown: list.shown.count, total: list.total,
            path: list.path(page:)
        ).html
    }

    private var noResults: HTML {
        """
        <div class="empty">
        <h2>\(reader.phrases.keys.noResultsTitle)</h2>
        <p><bdi>\(words.noResultsText(list.text))</bdi></p>
        <a class="button" href="\(RoleList.path)">\(words.showAll)</a>
        </div>
        """
    }
}
