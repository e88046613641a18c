import KeyCore

/// All keys of a company: the filters, the table and what is done with the selected rows.
struct CompanyKeysPage {
    let reader: Reader
    let platform: Platform
    let list: CompanyKeyList
    /// What the field for a person shows: the name behind an id.
    let person: String
    let page: CompanyKeyPage
    let mayDelete: Bool
    var notice: String?

    private var phrases: Phrases { reader.phrases }
    private var words: Phrases.CompanyKeys { reader.phrases.companyKeys }

    var content: HTML {
        """
        <div class="section" data-company-keys>
        \(Crumbs(reader, [Crumbs.Step(words.title, CompanyKeyList.path)]).html)
        <div class="page-head">
        <div class="title"><h1>\(words.title)</h1><p class="quiet">\(words.intro)</p></div>
        </div>
        \(notice.map { Parts.note(.good, $0) } ?? "")
        \(filters)
        \(if: mayDelete && page.total > 0, bulkBar)
        <div class="card keys-card">
        \(page.total == 0 ? nothing : table.html)
        </div>
        </div>
        <form id="one" method="get" action="\(CompanyKeyList.path)/delete" data-opens-delete>\(back)</form>
        <dialog class="window" id="delete-window"></dialog>
        \(Parts.words([("selected", phrases.keys.selected("{count}"))]))
        """
    }

    private var table: CompanyKeysTable {
        CompanyKeysTable(
            reader: reader, platform: platform, list: list, page: page, mayDelete: mayDelete)
    }

    /// Where deleting leads back to.
    private var back: HTML { "<input type=\"hidden\" name=\"back\" value=\"\(list.path)\">" }

    private var filters: HTML {
        """
        <form class="filters" method="get" action="\(CompanyKeyList.path)" role="search" \
        aria-label="\(words.filters)">
        \(text("query", words.key, phrases.keys.searchPlaceholder, list.text))
        \(text("user", words.owner, words.ownerPlaceholder, person))
        <div class="field"><label for="right">\(words.right)</label>\(rights)</div>
        <div class="field"><label for="status">\(phrases.keys.status)</label>
        \(Parts.select("status", options: statuses, chosen: list.status?.rawValue ?? ""))
        </div>
        \(if: list.sort != CompanyKeyList().sort, "<input type=\"hidden\" name=\"sort\" value=\"\(list.sort)\">")
        <div class="actions"><button class="button">\(phrases.audit.apply)</button>
        \(if: list.isFiltered, Parts.link(to: CompanyKeyList.path, phrases.keys.clearFilters, "plain"))</div>
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

    private var statuses: [(value: String, label: String)] {
        [
            ("", phrases.keys.anyStatus), (Key.Status.active.rawValue, phrases.keys.active),
            (Key.Status.notCopied.rawValue, phrases.keys.notCopied),
            (Key.Status.expired.rawValue, phrases.keys.expired),
        ]
    }

    private var rights: HTML {
        let inWords = RightsInWords(reader: reader, platform: platform)
        let sections = platform.sections.map { section -> HTML in
            let options = section.actions.compactMap { platform.permission(in: section, $0) }.map { permission in
                option(platform.name(of: permission), inWords.name(permission))
            }
            return "<optgroup label=\"\(inWords.name(of: section))\">\(options)</optgroup>"
        }
        return """
            <select class="input" id="right" name="right">\(option("", words.anyRight))\(sections)</select>
            """
    }

    private func option(_ value: String, _ label: String) -> HTML {
        "<option value=\"\(value)\"\(if: value == list.right, " selected")>\(label)</option>"
    }

    /// Without scripts always there; scripts show it for as long as rows are selected.
    private var bulkBar: HTML {
        """
        <form class="bulk" id="selection" method="get" action="\(CompanyKeyList.path)/delete" data-opens-delete \
        data-bulk>\(back)
        <p role="status" data-count></p>
        <button class="button quiet-danger" aria-label="\(phrases.keys.deleteSelected)">\(Icon.bin.html)\
        \(phrases.keys.deleteShort)</button>
        <button class="button plain" type="button" data-clear hidden>\(phrases.keys.clear)</button>
        </form>
        """
    }

    private var nothing: HTML {
        """
        <div class="empty">
        <h2>\(list.isFiltered ? words.noMatch : words.noKeys)</h2>
        <p>\(list.isFiltered ? words.noMatchText : words.noKeysText)</p>
        \(if: list.isFiltered, Parts.link(to: CompanyKeyList.path, phrases.keys.clearFilters))
        </div>
        """
    }
}
