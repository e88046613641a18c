/// The way from page to page below a table; nothing where one page holds everything.
struct Pager {
    let reader: Reader
    /// From 1.
    let page: Int
    /// How many rows a full page has, how many this one shows, and how many there are on all pages.
    let rows: Int
    let shown: Int
    let total: Int
    /// Whether a script fetches the other page into this one, and finds by its name the button that was pressed.
    var refreshes = false
    let path: (Int) -> String

    private var words: Phrases.Keys { reader.phrases.keys }

    var html: HTML {
        guard total > rows || page > 1 else { return "" }
        let first = (page - 1) * rows + 1
        let last = first + shown - 1
        return """
            <nav class="pages" aria-label="\(words.pages)">
            <span class="figures">\(words.range(reader.number(first), reader.number(last), reader.number(total)))</span>
            <div class="actions">
            \(turn(to: page - 1, isThere: page > 1, "page-previous", words.previous))
            \(turn(to: page + 1, isThere: last < total, "page-next", words.next))
            </div>
            </nav>
            """
    }

    private func turn(to page: Int, isThere: Bool, _ id: HTML, _ label: String) -> HTML {
        guard isThere else { return "<span class=\"button\" aria-disabled=\"true\">\(label)</span>" }
        return """
            <a class="button" href="\(path(page))"\(if: refreshes, " id=\"\(id)\" data-refreshes")>\(label)</a>
            """
    }
}
