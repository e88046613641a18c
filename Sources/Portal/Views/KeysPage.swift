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
        <div class="section" data-keys-page="\(create.user.description)">
        \(KeysPage.crumbs(reader))
        <div class="page-head">
        <div class="title">
        <h1 id="keys-title" tabindex="-1">\(reader.phrases.common.apiKeys)</h1>
        <p class="quiet\(if: table.mayCreate && hasKeys, " lead")">\
        \(table.mayCreate ? words.intro : words.mayNotCreate)</p>
        <p class="ways"><a href="/settings/keys/refusals">\(reader.phrases.refusals.title)</a>
        <a href="\(HelpArticle.folder)/api-keys">\(reader.phrases.help.howToGetKeys)</a></p>
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
        \(KeyboardHelp(reader: reader).button)
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
                (Key.Status.active.rawValue, words.active), ("expires_soon", reader.phrases.keysPage.expiresSoon),
                ("never_used", reader.phrases.keysPage.neverUsed), (Key.Status.notCopied.rawValue, words.notCopied),
                (Key.Status.expired.rawValue, words.expired),
            ]
        let list = table.list
        return """
            <form class="tools" id="search" method="get" action="/settings/keys" role="search" data-search\
            \(if: !hasKeys, " hidden")>
            <div class="search">
            <button class="icon-button" aria-label="\(words.search)">\(Icon.search.html)</button>
            <input class="input" type="search" name="query" value="\(list.text)" \
            placeholder="\(words.searchPlaceholder)" aria-label="\(words.searchPlaceholder)" autocomplete="off">
            </div>
            <div class="filter">\(Icon.filter.html)
            \(Parts.select(
                "status", options: statuses, chosen: list.filter?.name ?? "",
                attributes: " aria-label=\"\(words.status)\""))
            </div>
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

    /// Asked before what was typed into the window that creates a key is thrown away.
    private var discard: HTML {
        let words = reader.phrases.createWindow
        return """
            <form class="sheet" method="dialog">
            <header><h2 id="discard-title">\(words.discardTitle)</h2><p class="quiet">\(words.discardText)</p></header>
            <div class="actions">
            <button class="button" value="discard">\(words.discard)</button>
            <button class="button primary" value="" autofocus>\(words.goOn)</button>
            </div>
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
        <dialog class="window narrow" id="discard-window" aria-labelledby="discard-title">\(discard)</dialog>
        \(KeyboardHelp(reader: reader).window)
        """
    }
}

extension Phrases {
    /// What scripts may have to say, by the names under which they ask.
    func forScripts(zone: String) -> [(name: String, phrase: String)] {
        let (failure, keys, create, reveal) = (self.failure, self.keys, self.create, self.reveal)
        let (delete, rights) = (self.delete, self.rights)
        let own: [(name: String, phrase: String)] = [
            ("unreachable", failure.unreachable), ("failed", failure.failedTitle), ("signed_out", failure.signedOut),
            ("another_person", failure.anotherPerson),
            ("copied", reveal.copied), ("copy_failed", reveal.copyFailed), ("copied_in_part", reveal.copiedInPart),
            ("not_seen_copied", reveal.notSeenCopied), ("waiting", reveal.waiting),
            ("first_request", reveal.firstRequest("{time}", "{address}")),
            ("first_request_at", reveal.firstRequestAt("{time}")),
            ("date_missing", create.dateMissing),
            ("works_through", create.worksThrough("{day}", zone)),
            ("selected", keys.selected("{count}")), ("deleted_one", delete.done(1)), ("deleted_many", delete.done(2)),
            ("type_the_word", delete.wrongWord(delete.word)), ("rights_choose_some", rights.chooseSome),
            ("rights_lost", rights.notYoursAnyMore("{rights}")),
        ]
        return own + self.calendar.forScripts + Refusal.Code.allCases.map { ($0.rawValue, refusal($0)) }
    }
}

extension Phrases.Calendar {
    /// What the script of a calendar says, by the names under which it asks.
    var forScripts: [(name: String, phrase: String)] {
        [
            ("choose_day", choose), ("previous_month", previousMonth), ("next_month", nextMonth),
            ("date_unclear", unclear),
        ]
    }
}
