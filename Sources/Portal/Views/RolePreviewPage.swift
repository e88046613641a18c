import KeyCore

/// What a change of a role will do, before it is done: whom it touches, and how many of their keys.
struct RolePreviewPage {
    let reader: Reader
    let platform: Platform
    let preview: RolePreview
    let draft: RoleDraft
    /// Whether it is the role of the one who changes it.
    let isOwn: Bool

    private var words: Phrases.Roles { reader.phrases.roles }
    private var reach: RoleReach { preview.reach }

    var content: HTML {
        """
        \(RolesPage.crumbs(reader, here: name))
        <div class="page-head"><div class="title">
        <h1>\(words.previewTitle)</h1>
        <p class="quiet"><bdi>\(name)</bdi></p>
        </div></div>
        <form class="section" method="post" action="\(RolesPage.path(preview.before))">
        \(draft.hidden(platform))
        <div class="card changes">
        \(if: preview.before.name != preview.after.name, rename)
        \(change("takes", preview.takes, words.takes(count(preview.takes), reach.people, preview.keysLosing)))
        \(change("gives", preview.gives, words.gives(count(preview.gives), reach.people, preview.keysGaining)))
        \(who)
        </div>
        \(if: isOwn && !preview.takes.isEmpty, Parts.note(.warning, words.ownRole))
        <div class="actions foot">
        <button class="button primary" name="step" value="apply">\(words.apply)</button>
        <button class="button" name="step" value="edit">\(words.back)</button>
        </div>
        </form>
        """
    }

    private var name: String { platform.roleName(preview.before).text(reader.language) }

    private var rename: HTML {
        "<div class=\"part\"><p>\(words.renames("<bdi>\(name)</bdi>", "<bdi>\(preview.after.name)</bdi>"))</p></div>"
    }

    /// One right by its name, several by their number with the names below.
    private func count(_ set: PermissionSet) -> String {
        set.count == 1 ? words.oneRight(entries(set).joined()) : words.rightsCounted(set.count)
    }

    private func change(_ kind: String, _ set: PermissionSet, _ sentence: String) -> HTML {
        guard !set.isEmpty else { return "" }
        let items = entries(set).map { entry -> HTML in "<li>\(entry)</li>" }
        return """
            <div class="part \(kind)"><p>\(sentence)</p>\(if: set.count > 1, "<ul>\(items)</ul>")</div>
            """
    }

    /// Section by section, each right by its name.
    private func entries(_ set: PermissionSet) -> [String] {
        let rights = RightsInWords(reader: reader, platform: platform)
        return platform.sections.compactMap { section in
            let all = PermissionSet(Action.allCases.compactMap { platform.permission(in: section, $0) })
            let part = set.intersection(all)
            return part.isEmpty ? nil : rights.names(part)
        }
    }

    private var who: HTML {
        guard reach.people > 0 else { return "<div class=\"part\"><p class=\"quiet\">\(words.nobody)</p></div>" }
        guard preview.showsNames else { return "" }
        let items = reach.names.map { name -> HTML in "<li><bdi>\(name)</bdi></li>" }
        return """
            <div class="part"><h2>\(words.whoHasIt)</h2>
            <ul class="who">\(items)\(more)</ul></div>
            """
    }

    private var more: HTML {
        let rest = reach.people - reach.names.count
        guard rest > 0 else { return "" }
        return "<li class=\"quiet\">\(reader.phrases.delete.andMore(rest))</li>"
    }
}
