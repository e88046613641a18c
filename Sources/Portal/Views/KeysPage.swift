import KeyCore

/// The API keys page: the table, its tools, and the windows that open from it.
struct KeysPage {
    let reader: Reader
    let table: KeysTable
    let create: CreateKeyForm
    let reveal: RevealSheet
    var notice: String?

    private var words: Phrases.Keys { reader.phrases.keys }
    private var hasKeys: Bool { table.owned > 0 }

    var content: HTML {
        """
        <div class="section" data-keys-page>
        \(KeysPage.crumbs(reader))
        <div class="page-head">
        <div class="title">
        <h1>\(reader.phrases.common.apiKeys)</h1>
        <p class="quiet">\(table.mayCreate ? words.intro : words.mayNotCreate)</p>
        <p class="small"><a href="/settings/keys/refusals">\(reader.phrases.refusals.title)</a></p>
        </div>
        \(actions)
        </div>
        \(notice.map { Parts.note(.good, $0) } ?? "")
        <div class="tool-line">
        \(tools)
        \(bulkBar)
        </div>
        <div class="card keys-card" data-table>
        \(table.html)
        </div>
        </div>
        <form id="one" method="get" action="/settings/keys/delete" data-opens-delete></form>
        \(KeysPage.wayBack)
        \(windows)
        \(Parts.words(reader.phrases.forScripts(zone: reader.zoneName)))
        """
    }

    /// Where a button leads that gives up: named by its id from forms elsewhere on the page.
    static let wayBack: HTML = "<form id=\"back-to-keys\" method=\"get\" action=\"/settings/keys\"></form>"

    static func crumbs(_ reader: Reader) -> HTML {
        let phrases = reader.phrases
        let developers = Crumbs.Step(phrases.settings.forDevelopers, "/settings#developers")
        return Crumbs(reader, [developers, Crumbs.Step(phrases.common.apiKeys, "/settings/keys")]).html
    }

    private var actions: HTML {
        """
        <div class="actions">
        <form method="get" action="/settings/keys/delete" data-opens-delete>
        <input type="hidden" name="all" value="true">
        <button class="button quiet-danger" data-delete-all\(if: !hasKeys, " disabled")>\(words.deleteAllKeys)</button>
        </form>
        <form id="create" method="get" action="/settings/keys/new" data-opens-create>
        <button class="button primary"\(if: !table.mayCreate, " disabled")>\(words.createKey)</button>
        </form>
        </div>
        """
    }

    private var tools: HTML {
        let statuses =
            [("", words.anyStatus)] + [
                (Key.Status.active.rawValue, words.active), (Key.Status.notCopied.rawValue, words.notCopied),
                (Key.Status.expired.rawValue, words.expired),
            ]
        let list = table.list
        return """
            <form class="tools" method="get" action="/settings/keys" role="search" data-search\(if: !hasKeys, " hidden")>
            <div class="search">
            <button class="icon-button" aria-label="\(words.search)">\(Icon.search.html)</button>
            <input class="input" type="search" name="query" value="\(list.text)" \
            placeholder="\(words.searchPlaceholder)" aria-label="\(words.searchPlaceholder)" autocomplete="off">
            </div>
            <div class="filter">
            \(Parts.select(
                "status", options: statuses, chosen: list.status?.rawValue ?? "",
                attributes: " aria-label=\"\(words.status)\""))
            </div>
            <input type="hidden" name="sort" value="\(list.sort)">
            <noscript><button class="button quiet-danger" form="selection">\(words.deleteSelected)</button></noscript>
            </form>
            """
    }

    private var bulkBar: HTML {
        """
        <form class="bulk" id="selection" method="get" action="/settings/keys/delete" data-opens-delete data-bulk hidden>
        <p role="status" data-count></p>
        <button class="button quiet-danger" aria-label="\(words.deleteSelected)">\(Icon.bin.html)\
        \(words.deleteShort)</button>
        <button class="button plain" type="button" data-clear>\(words.clear)</button>
        </form>
        """
    }

    private var windows: HTML {
        """
        <dialog class="window" id="create-window">
        <div class="two-steps">
        \(create.html)
        \(reveal.html)
        </div>
        </dialog>
        <dialog class="window" id="delete-window"></dialog>
        <div class="note good toast" id="toast" role="status" hidden>\(Icon.tick.html)<div data-text></div></div>
        """
    }
}

extension Phrases {
    /// What scripts may have to say, by the names under which they ask.
    func forScripts(zone: String) -> [(name: String, phrase: String)] {
        let own: [(name: String, phrase: String)] = [
            ("unreachable", failure.unreachable), ("failed", failure.failedTitle), ("signed_out", failure.signedOut),
            ("copied", reveal.copied), ("copy_failed", reveal.copyFailed), ("copied_in_part", reveal.copiedInPart),
            ("not_seen_copied", reveal.notSeenCopied), ("starts_when_confirmed", reveal.startsWhenConfirmed),
            ("waiting", reveal.waiting), ("first_request", reveal.firstRequest),
            ("date_missing", create.dateMissing), ("works_through", create.worksThrough("{day}", zone)),
            ("selected", keys.selected("{count}")), ("deleted_one", delete.done(1)), ("deleted_many", delete.done(2)),
            ("type_the_word", delete.wrongWord(delete.word)), ("rights_choose_some", rights.chooseSome),
            ("rights_lost", rights.notYoursAnyMore("{rights}")),
        ]
        return own + Refusal.Code.allCases.map { ($0.rawValue, refusal($0)) }
    }
}
