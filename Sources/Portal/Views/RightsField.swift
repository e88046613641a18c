import KeyCore

/// The part of the form that chooses a key's rights: all of its owner's, or some from the matrix of what they have.
struct RightsField {
    let reader: Reader
    let platform: Platform
    let roleName: String
    /// What the owner may do now.
    var held: PermissionSet
    var choice = RightsChoice.everything
    var fault: RightsChoice.Fault?

    private var words: Phrases.Rights { reader.phrases.rights }
    private var create: Phrases.Create { reader.phrases.create }
    private var inWords: RightsInWords { RightsInWords(reader: reader, platform: platform) }

    var html: HTML {
        """
        <fieldset class="rights-field" data-rights aria-describedby="permissions-fault"\
        \(if: fault != nil, " data-invalid")>
        <legend>\(create.permissions)</legend>
        \(option("all", isChosen: choice.isEverything, create.everything(roleName), create.everythingText))
        <div class="some">
        \(option("some", isChosen: !choice.isEverything, words.onlySome, nil))
        <div class="chips" role="group" aria-label="\(words.presets)" data-presets hidden>\(presets)</div>
        </div>
        \(matrix)
        \(Parts.fault("permissions", fault.map(sentence)))
        </fieldset>
        """
    }

    private func option(_ value: String, isChosen: Bool, _ label: String, _ hint: String?) -> HTML {
        """
        <label class="option"><input type="radio" name="rights" value="\(value)"\(if: isChosen, " checked")\
        \(if: fault != nil && isChosen, " autofocus")>\
        <span>\(label)\(if: hint != nil, "<span class=\"hint\">\(hint ?? "")</span>")</span></label>
        """
    }

    /// Of no use without scripts, so scripts show them.
    private var presets: [HTML] {
        [("read", words.readOnly), ("all", words.tickAll), ("none", words.tickNone)].map { value, label in
            "<button class=\"chip\" type=\"button\" data-preset=\"\(value)\">\(label)</button>"
        }
    }

    private var matrix: HTML {
        let heads = Action.allCases.map { action -> HTML in
            "<th scope=\"col\">\(words.actionTitle(action))</th>"
        }
        return """
            <div class="matrix" role="group" tabindex="0" aria-label="\(words.matrix)" data-matrix>
            <table>
            <thead><tr><th scope="col"><span class="section-head">\(words.section)</span></th>\(heads)</tr></thead>
            <tbody>
            \(platform.sections.map(row))</tbody>
            </table>
            </div>
            """
    }

    /// A section, where its owner has any right in it.
    private func row(_ section: Platform.Section) -> HTML {
        guard Action.allCases.contains(where: { isHeld(section, $0) }) else { return "" }
        return """
            <tr><th scope="row">\(inWords.name(of: section))</th>\
            \(Action.allCases.map { cell(section, $0) })</tr>

            """
    }

    private func cell(_ section: Platform.Section, _ action: Action) -> HTML {
        guard isHeld(section, action), let permission = platform.permission(in: section, action) else {
            return """
                <td><span class="none" aria-hidden="true">–</span><span class="unseen">\(words.notYours)</span></td>
                """
        }
        let name = platform.name(of: permission)
        let isTicked = choice == .everything || choice.ticked.contains(name)
        return """
            <td><label><input type="checkbox" name="permissions" value="\(name)" data-action="\(action.rawValue)" \
            aria-label="\(inWords.name(permission))"\(if: isTicked, " checked")></label></td>
            """
    }

    private func isHeld(_ section: Platform.Section, _ action: Action) -> Bool {
        platform.permission(in: section, action).map(held.contains) ?? false
    }

    private func sentence(_ fault: RightsChoice.Fault) -> String {
        switch fault {
        case .nothing: return words.chooseSome
        case .contradiction: return words.contradiction
        case .lost(let names):
            let known = PermissionSet(names.compactMap { platform.permission($0) })
            let listed = known.isEmpty ? names.joined(separator: ", ") : inWords.names(known)
            return words.notYoursAnyMore(listed)
        }
    }
}
