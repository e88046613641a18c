import KeyCore

/// The matrix of a role: a row for each section, a column for each action, and a box where they meet. Plain boxes of
/// a form; scripts add the arrow keys and the boxes that switch a whole row or column.
struct RoleGrid {
    let reader: Reader
    let platform: Platform
    /// What is switched on in the form.
    let chosen: PermissionSet
    /// What the role has now, and the form shows where it differs; `nil` for a role that is still to be added.
    let saved: PermissionSet?
    /// What the reader may give; `nil` where nothing can be changed.
    let held: PermissionSet?

    private var words: Phrases.Roles { reader.phrases.roles }
    private var rights: RightsInWords { RightsInWords(reader: reader, platform: platform) }
    private var isReadOnly: Bool { held == nil }

    /// Whether some rights cannot be switched on because the reader lacks them.
    var hasLocked: Bool { platform.permissions.contains(where: isLocked) }

    var html: HTML {
        """
        <table class="grid"\(if: !isReadOnly, " data-grid")\(if: saved != nil, " data-marks")>
        <caption class="unseen">\(words.rights)</caption>
        <thead><tr>
        <th scope="col" class="section-cell">\(toggle("all", words.everything, words.section))</th>
        \(Action.allCases.map(heading))
        </tr></thead>
        <tbody>
        \(platform.sections.map(row))</tbody>
        </table>
        """
    }

    private func heading(_ action: Action) -> HTML {
        "<th scope=\"col\">\(toggle("column", words.everywhere(action), reader.phrases.rights.actionTitle(action)))</th>"
    }

    private func row(_ section: Platform.Section) -> HTML {
        let name = section.name.text(reader.language)
        return """
            <tr><th scope="row" class="section-cell">\(toggle("row", words.allOf(name), name))</th>
            \(Action.allCases.map { cell(section, $0) })</tr>

            """
    }

    /// A box that switches many; of no use without scripts, so scripts show it.
    private func toggle(_ kind: String, _ label: String, _ text: String) -> HTML {
        guard !isReadOnly else { return "<span class=\"text\">\(text)</span>" }
        return """
            <label><input type="checkbox" data-toggle="\(kind)" aria-label="\(label)" hidden>\
            <span class="text">\(text)</span></label>
            """
    }

    private func cell(_ section: Platform.Section, _ action: Action) -> HTML {
        guard let permission = platform.permission(in: section, action) else {
            return """
                <td><span class="no-action" aria-hidden="true">–</span>\
                <span class="unseen">\(words.noAction)</span></td>
                """
        }
        let isLocked = isLocked(permission)
        let reason: HTML = isLocked ? " title=\"\(words.locked)\" aria-describedby=\"locked\"" : ""
        return """
            <td\(if: isLocked, " class=\"locked\"")><label><span class="unseen">\(rights.name(permission))</span>\
            <input type="checkbox" name="right" value="\(platform.name(of: permission))"\
            \(if: chosen.contains(permission), " checked")\(if: isReadOnly || isLocked, " disabled")\
            \(if: isSaved(permission), " data-was")\(reason)></label></td>
            """
    }

    /// What is there already can be taken away and put back, whoever holds it.
    private func isLocked(_ permission: Permission) -> Bool {
        guard let held else { return false }
        return !held.contains(permission) && !isSaved(permission)
    }

    private func isSaved(_ permission: Permission) -> Bool { saved?.contains(permission) ?? false }
}
