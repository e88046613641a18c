import KeyCore

/// What is asked before a role is deleted, or why it cannot be.
struct RoleDeletePage {
    let reader: Reader
    let platform: Platform
    let overview: RoleOverview
    let maySeePeople: Bool
    var refusal: Refusal?

    private var words: Phrases.Roles { reader.phrases.roles }

    var content: HTML {
        let name = platform.roleName(overview.role).text(reader.language)
        return """
            \(RolesPage.crumbs(reader, here: name))
            <div class="card role-deletion">
            <form class="sheet" method="post" action="\(RolesPage.path(overview.role))/delete">
            <header><h1 class="heading">\(words.deleteTitle("<bdi>\(name)</bdi>"))</h1></header>
            \(overview.people == 0 ? question : inUse)
            </form></div>
            """
    }

    private var question: HTML {
        """
        \(refusal.map { Parts.note(.bad, words.sentence($0.code, reader.phrases)) } ?? "<p>\(words.deleteText)</p>")
        <div class="actions">
        \(Parts.link(to: RolesPage.path(overview.role), reader.phrases.common.cancel))
        <button class="button danger">\(words.delete)</button>
        </div>
        """
    }

    private var inUse: HTML {
        """
        \(Parts.note(.warning, words.inUse(overview.people)))
        <div class="actions">
        \(Parts.link(to: RolesPage.path(overview.role), words.backToRole))
        \(if: maySeePeople, Parts.link(to: RolesPage.people(overview.role), words.showPeople, "primary"))
        </div>
        """
    }
}
