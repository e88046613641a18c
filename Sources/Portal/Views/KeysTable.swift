import KeyCore

/// The table of keys with its pages, or what stands in its place. Also sent alone, to refresh a page that is open.
struct KeysTable {
    let reader: Reader
    let platform: Platform
    /// What the reader may do now: no key of theirs may do more.
    let owner: PermissionSet
    let list: KeyList
    let page: KeyPage
    /// How often its keys were used of late; those that were not are not in it.
    let uses: [ID<Key>: DailyUses]
    /// How often keys were refused of late; those that never were are not in it.
    let refused: [ID<Key>: Int]
    /// How many keys the reader has, whatever the list shows.
    let owned: Int
    let mayCreate: Bool

    private var words: Phrases.Keys { reader.phrases.keys }
    private var more: Phrases.KeysPage { reader.phrases.keysPage }

    var html: HTML {
        """
        <div data-content data-owned="\(owned)">
        \(if: owned > 0, order)
        \(owned == 0 ? empty : page.total == 0 ? noResults : table)
        </div>
        """
    }

    private var table: HTML {
        """
        <table class="keys own">
        <caption class="unseen">\(words.caption)</caption>
        <thead><tr>
        <th scope="col" class="choose"><label hidden><span class="unseen">\(words.selectAll)</span>\
        <input type="checkbox" id="select-all" data-all></label></th>
        \(columns.map(heading))
        <th scope="col" class="bin-cell"><span class="unseen">\(words.actions)</span></th>
        </tr></thead>
        <tbody>
        \(page.keys.map(row))</tbody>
        </table>
        \(pages)
        """
    }

    private var columns: [(order: KeyQuery.Order, title: String)] {
        [
            (.name, words.name), (.key, words.key), (.created, words.created), (.expires, words.expires),
            (.lastUsed, words.lastUsed),
        ]
    }

    private func heading(_ order: KeyQuery.Order, _ title: String) -> HTML {
        let direction: HTML = list.descending ? "descending" : "ascending"
        return """
            <th scope="col"\(if: list.order == order, " aria-sort=\"\(direction)\"")>\
            <a id="sort-\(order.rawValue)" href="\(list.sorted(by: order).path)" data-refreshes>\
            \(title)\(Icon.sort.html)</a></th>
            """
    }

    /// On a phone, which has no room for headings to sort by. Part of the search's form, wherever it stands.
    private var order: HTML {
        let orders: [KeyQuery.Order] = [.created, .name, .expires, .lastUsed, .key]
        let options = orders.flatMap { order in
            [(order, true), (order, false)].map { order, descending in
                ((descending ? "-" : "") + order.rawValue, more.sorted(order, descending))
            }
        }
        return Parts.select(
            "sort", options: options, chosen: list.sort,
            attributes: " form=\"search\" aria-label=\"\(more.sort)\" data-order")
    }

    private func row(_ key: Key) -> HTML {
        let (id, name) = (key.id.description, key.name.text)
        return """
            <tr>
            <td class="choose"><label><span class="unseen">\(words.select(name))</span>\
            <input type="checkbox" id="select-\(id)" name="id" value="\(id)" form="selection"></label></td>
            <td class="name"><div><bdi>\(name)</bdi>\(KeysTable.badge(key, reader))</div>\(rights(of: key))</td>
            <td class="fact key"><span class="code">\(platform.keyPrefix)_••••\(key.last4)</span></td>
            <td class="fact created">\(Parts.date(key.createdAt, reader))</td>
            \(expiry(key))
            <td class="fact used">\(used(key))</td>
            <td class="bin-cell"><button class="icon-button bin" id="bin-\(id)" form="one" name="id" value="\(id)" \
            aria-label="\(words.delete(name))">\(Icon.bin.html)</button></td>
            </tr>

            """
    }

    private func expiry(_ key: Key) -> HTML {
        let day = key.expiry.day
        let isOver = reader.now >= key.expiry.end
        let isSoon = !isOver && reader.daysUntil(day) <= Expiry.soonDays
        // The badge says how soon; what is far off is told by the date alone.
        let isNear = isOver || !isSoon && reader.daysUntil(day) <= KeysTable.nearDays
        return """
            <td class="fact expires\(if: isOver, " over")\(if: isSoon, " soon")">\
            <time datetime="\(day.description)" title="\(reader.exactly(key.expiry.end))">\(reader.date(day))</time>\
            \(if: isNear, "<span class=\"below\">\(reader.distance(to: day))</span>")</td>
            """
    }

    private static let nearDays = 90

    private func used(_ key: Key) -> HTML {
        guard let last = key.lastUsedAt else {
            return "<span class=\"quiet\">\(words.never)</span>\(whyRefused(key))"
        }
        let chart = Sparkline(reader: reader, uses: uses[key.id] ?? DailyUses(at: reader.now))
        return "\(Parts.ago(last, reader))\(chart.html)\(whyRefused(key))"
    }

    /// What the key may do now, and what it can do no more since its owner's role lost it.
    private func rights(of key: Key) -> HTML {
        let inWords = RightsInWords(reader: reader, platform: platform)
        let lost = key.lost(of: owner)
        let rights: HTML =
            key.subset == nil
            ? "<span class=\"rights\">\(reader.phrases.rights.allOfMine)</span>"
            : inWords.html(key.permissions(of: owner))
        guard !lost.isEmpty else { return rights }
        return """
            \(rights)<details class="lost"><summary><span class="badge warning">\(reader.phrases.rights.fewer)</span>\
            </summary><p>\(reader.phrases.rights.lost(inWords.names(lost)))</p></details>
            """
    }

    /// Only where there is something to explain.
    private func whyRefused(_ key: Key) -> HTML {
        guard let count = refused[key.id] else { return "" }
        return """
            <a class="below" href="\(RefusalsPage.path(of: key.id))">\(reader.phrases.refusals.link(count))\
            <span class="unseen">: \(key.name.text)</span></a>
            """
    }

    /// A key's state in a word: quiet where it works, louder where somebody should look.
    static func badge(_ key: Key, _ reader: Reader) -> HTML {
        let words = reader.phrases.keys
        let days = reader.daysUntil(key.expiry.day)
        return switch key.status(at: reader.now) {
        case .deleted: ""
        case .active where days <= Expiry.soonDays:
            "<span class=\"badge warning\">\(reader.phrases.keysPage.expiresIn(max(days, 0)))</span>"
        case .active: "<span class=\"badge works\">\(words.active)</span>"
        case .notCopied: "<span class=\"badge warning\" title=\"\(words.notCopiedHint)\">\(words.notCopied)</span>"
        case .expired: "<span class=\"badge bad\">\(words.expired)</span>"
        }
    }

    private var pages: HTML {
        Pager(
            reader: reader, page: list.page, rows: KeyList.rows, shown: page.keys.count, total: page.total,
            refreshes: true, path: { list.turned(to: $0).path }
        ).html
    }

    private var empty: HTML {
        """
        <div class="empty">
        \(KeysTable.drawing)
        <h2>\(words.emptyTitle)</h2>
        <p>\(mayCreate ? words.emptyText : words.mayNotCreate)</p>
        \(if: mayCreate, """
            <button class="button" form="create">\(words.createFirst)</button>
            """)
        </div>
        """
    }

    private var noResults: HTML {
        """
        <div class="empty">
        <h2>\(words.noResultsTitle)</h2>
        <p><bdi>\(list.text.isEmpty ? words.noResultsForStatus : words.noResultsText(list.text))</bdi></p>
        <a class="button" href="/settings/keys" id="clear-filters" data-refreshes data-clears>\(words.clearFilters)</a>
        </div>
        """
    }

    /// A ring without keys, and the one that is to come.
    private static let drawing: HTML = """
        <svg class="drawing" viewBox="0 0 120 80" aria-hidden="true" focusable="false">
        <circle cx="60" cy="24" r="16"/><circle cx="60" cy="24" r="12.5"/>
        <g stroke-dasharray="3 4"><circle cx="32" cy="48" r="7"/><path d="M27 53 15 65M19 61l4 4"/></g>
        <g class="lit"><circle cx="60" cy="48" r="7"/><path d="M60 55v18M60 66h6M60 71h5"/></g>
        <g stroke-dasharray="3 4"><circle cx="88" cy="48" r="7"/><path d="M93 53l12 12M101 61l-4 4"/></g>
        </svg>
        """
}
