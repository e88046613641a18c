import KeyCore

/// The audit log: its filters, a page of it, and the ways to take it along.
struct AuditLogPage {
    let reader: Reader
    let platform: Platform
    let list: AuditList
    /// What the field for a person shows: the name behind an id.
    let person: String
    let page: AuditPage
    let names: AuditNames

    private var words: Phrases.Audit { reader.phrases.audit }

    var content: HTML {
        """
        <div class="section">
        \(Crumbs(reader, [Crumbs.Step(words.title, AuditList.path)]).html)
        <div class="page-head">
        <div class="title"><h1>\(words.title)</h1><p class="quiet">\(words.intro)</p></div>
        <div class="actions">
        \(Parts.link(to: list.exportPath(.csv), words.downloadCSV))
        \(Parts.link(to: list.exportPath(.jsonLines), words.downloadLines))
        </div>
        </div>
        \(filters)
        <div class="card">
        \(page.entries.isEmpty ? nothing : log)
        </div>
        </div>
        \(Parts.words(reader.phrases.calendar.forScripts))
        """
    }

    private var filters: HTML {
        """
        <form class="filters" method="get" action="\(AuditList.path)" role="search" aria-label="\(words.filters)">
        \(text("person", words.person, words.personPlaceholder, person))
        <div class="field"><label for="action">\(words.deed)</label>\(deeds)</div>
        \(text("target", words.subject, words.subjectPlaceholder, names[list.target] ?? list.target))
        \(day("from", words.since, list.from))
        \(day("to", words.until, list.to))
        <div class="actions"><button class="button">\(words.apply)</button>
        \(if: list.isFiltered, Parts.link(to: AuditList.path, words.clear, "plain"))</div>
        </form>
        """
    }

    private func text(_ name: String, _ label: String, _ placeholder: String, _ value: String) -> HTML {
        """
        <div class="field"><label for="\(name)">\(label)</label>
        <input class="input" id="\(name)" name="\(name)" value="\(value)" placeholder="\(placeholder)" \
        autocomplete="off" spellcheck="false" dir="auto"></div>
        """
    }

    private func day(_ name: String, _ label: String, _ day: Day?) -> HTML {
        """
        <div class="field day"><label for="\(name)">\(label)</label>
        <input class="input" id="\(name)" name="\(name)" type="date" value="\(day?.description ?? "")" \
        max="\(reader.today.description)"></div>
        """
    }

    private var deeds: HTML {
        let groups = AuditGroup.allCases.map { group -> HTML in
            let actions = group.actions.map { option($0.rawValue, words.deedName($0)) }
            // A group of one is that one.
            let whole = actions.count > 1 ? option(group.rawValue, words.wholeGroup(group)) : ""
            return "<optgroup label=\"\(words.group(group))\">\(whole)\(actions)</optgroup>"
        }
        return """
            <select class="input" id="action" name="action">\(option("", words.anyDeed))\(groups)</select>
            """
    }

    private func option(_ value: String, _ label: String) -> HTML {
        "<option value=\"\(value)\"\(if: value == list.deed, " selected")>\(label)</option>"
    }

    private var log: HTML {
        """
        \(AuditTable(reader: reader, platform: platform, list: list, entries: page.entries, names: names).html)
        \(pages)
        """
    }

    private var pages: HTML {
        guard page.older != nil || page.newer != nil else { return "" }
        return """
            <nav class="pages" aria-label="\(words.pages)"><div class="actions">
            \(turn(page.newer.map { list.turned(after: $0) }, words.newer))
            \(turn(page.older.map { list.turned(before: $0) }, words.older))
            </div></nav>
            """
    }

    private func turn(_ list: AuditList?, _ label: String) -> HTML {
        guard let list else { return "<span class=\"button\" aria-disabled=\"true\">\(label)</span>" }
        return Parts.link(to: list.path, label)
    }

    private var nothing: HTML {
        """
        <div class="empty">
        <h2>\(list.isFiltered ? words.noMatch : words.noEvents)</h2>
        <p>\(list.isFiltered ? words.noMatchText : words.noEventsText)</p>
        \(if: list.isFiltered, Parts.link(to: AuditList.path, words.clear))
        </div>
        """
    }
}
