import KeyCore

/// What is shown where a role was changed while somebody edited it: how it is now, and what was wanted.
struct RoleChangedPage {
    let reader: Reader
    let platform: Platform
    let role: Role
    let draft: RoleDraft

    private var words: Phrases.Roles { reader.phrases.roles }
    private var name: String { platform.roleName(role).text(reader.language) }

    var content: HTML {
        var draft = draft
        draft.version = platform.version(of: role)
        return """
            \(RolesPage.crumbs(reader, here: name))
            <div class="page-head"><div class="title">
            <h1>\(words.changedTitle)</h1>
            <p class="quiet" role="alert">\(words.changedText)</p>
            </div></div>
            <div class="versions">
            \(version(words.now, name, role.permissions, beside: draft.permissions))
            \(version(words.wanted, draft.name, draft.permissions, beside: role.permissions))
            </div>
            <form class="actions" method="post" action="\(RolesPage.path(role))">
            \(draft.hidden(platform))
            <a class="button primary" href="\(RolesPage.path(role))">\(words.takePresent)</a>
            <button class="button" name="step" value="edit">\(words.goOn)</button>
            </form>
            """
    }

    private func version(_ title: String, _ name: String, _ set: PermissionSet, beside other: PermissionSet) -> HTML {
        let rights = RightsInWords(reader: reader, platform: platform)
        let (entries, others) = (rights.entries(set), Set(rights.entries(other)))
        let items = entries.map { entry -> HTML in
            "<li\(if: !others.contains(entry), " class=\"differs\"")>\(entry.text)</li>"
        }
        let nothing: HTML = "<p class=\"quiet\">\(reader.phrases.rights.nothing)</p>"
        return """
            <section class="card"><div class="part">
            <h2>\(title)</h2>
            <p><strong><bdi>\(name)</bdi></strong></p>
            \(entries.isEmpty ? nothing : "<ul>\(items)</ul>")
            </div></section>
            """
    }
}
