import KeyCore

/// A role's page: its name and its matrix in a form, or to look at. Also the page that adds one.
struct RoleEditor {
    /// What the page is about.
    enum Subject {
        case new
        case existing(RoleOverview)
    }

    let reader: Reader
    let platform: Platform
    let subject: Subject
    let draft: RoleDraft
    /// What the reader may give to a role; `nil` where they may only look.
    let held: PermissionSet?
    var mayClone = false
    var mayDelete = false
    var maySeePeople = false
    var refusal: Refusal?
    var notice: (kind: Parts.NoteKind, text: String)?
    /// What a copy had to leave out, since the reader does not hold it.
    var leftOut = PermissionSet()

    private var words: Phrases.Roles { reader.phrases.roles }
    private var role: Role? { if case .existing(let overview) = subject { overview.role } else { nil } }
    private var isFixed: Bool { role?.isAdministrator ?? false }
    private var isReadOnly: Bool { held == nil || isFixed }

    var title: String {
        role.map { platform.roleName($0).text(reader.language) } ?? words.newTitle
    }

    var content: HTML {
        """
        \(RolesPage.crumbs(reader, here: title))
        <div class="page-head">
        <div class="title">
        <h1><bdi>\(title)</bdi></h1>
        \(about)
        </div>
        \(actions)
        </div>
        \(notice.map { Parts.note($0.kind, $0.text) } ?? "")
        \(isReadOnly ? looking : form)
        """
    }

    private var about: HTML {
        guard case .existing(let overview) = subject else { return "<p class=\"quiet\">\(words.newText)</p>" }
        let people = words.haveIt(overview.people, overview.keys)
        return """
            <p class="quiet">\(people)\(if: maySeePeople && overview.people > 0, """
             <a href="\(RolesPage.people(overview.role))">\(words.showPeople)</a>
            """)</p>
            """
    }

    private var actions: HTML {
        guard let role else { return "" }
        let path = RolesPage.path(role)
        return """
            <div class="actions">
            \(if: mayDelete && !isFixed, Parts.link(to: path + "/delete", words.delete, "quiet-danger"))
            \(if: mayClone, Parts.link(to: "\(RoleList.path)/new?from=\(role.id)", words.clone))
            </div>
            """
    }

    private var looking: HTML {
        """
        <div class="note">\(Icon.shield.html)<div>\(isFixed ? words.fixedReason : words.readOnlyReason)</div></div>
        <div class="card grid-card">\(grid.html)</div>
        """
    }

    private var form: HTML {
        let grid = grid
        let path = role.map(RolesPage.path) ?? RoleList.path
        return """
            <form class="section" method="post" action="\(path)" autocomplete="off" data-role-form>
            <input type="hidden" name="version" value="\(draft.version)">
            \(general)
            \(if: !leftOut.isEmpty, Parts.note(.warning, words.leftOut(rights.names(leftOut))))
            \(nameField)
            <div class="card grid-card">\(grid.html)</div>
            <p class="hint" data-grid-hint hidden>\(words.gridHint)</p>
            \(if: grid.hasLocked, "<p class=\"hint\" id=\"locked\">\(words.locked)</p>")
            <div class="actions foot">
            <button class="button primary">\(role == nil ? words.add : words.preview)</button>
            <a class="button plain" href="\(RoleList.path)">\(reader.phrases.common.cancel)</a>
            </div>
            </form>
            """
    }

    private var general: HTML {
        guard let refusal, refusal.problems.isEmpty else { return "" }
        let sentence = words.sentence(refusal.code, reader.phrases)
        return "<div class=\"note bad\" role=\"alert\" tabindex=\"-1\" autofocus>\(sentence)</div>"
    }

    private var nameField: HTML {
        let fault = refusal?.problems.first { $0.field == "name" }.map { words.sentence($0.code, reader.phrases) }
        return """
            <div class="field role-name">
            <label for="name">\(words.nameLabel)</label>
            <input class="input" id="name" name="name" value="\(draft.name)" autocomplete="off" dir="auto" required \
            spellcheck="false" aria-describedby="name-fault"\(if: fault != nil, " aria-invalid=\"true\" autofocus")>
            \(Parts.fault("name", fault))
            </div>
            """
    }

    private var grid: RoleGrid {
        RoleGrid(
            reader: reader, platform: platform, chosen: draft.permissions, saved: role?.permissions,
            held: isReadOnly ? nil : held)
    }

    private var rights: RightsInWords { RightsInWords(reader: reader, platform: platform) }
}

extension Phrases.Roles {
    /// A refusal as it sounds where roles are edited.
    func sentence(_ code: Refusal.Code, _ phrases: Phrases) -> String {
        switch code {
        case .nameTaken: nameTaken
        case .permissionNotHeld: notHeld
        default: phrases.refusal(code)
        }
    }
}
