import KeyCore

/// The table of a company's keys with its pages.
struct CompanyKeysTable {
    let reader: Reader
    let platform: Platform
    let list: CompanyKeyList
    let page: CompanyKeyPage
    let mayDelete: Bool

    private var words: Phrases.CompanyKeys { reader.phrases.companyKeys }
    private var common: Phrases.Keys { reader.phrases.keys }

    var html: HTML {
        """
        <table class="keys company\(if: !mayDelete, " only-seen")">
        <caption class="unseen">\(words.caption)</caption>
        <thead><tr>
        \(if: mayDelete, allBox)
        \(heading(.name, common.name))
        <th scope="col">\(words.owner)</th>
        <th scope="col">\(words.rights)</th>
        \(heading(.expires, common.expires))
        \(heading(.lastUsed, common.lastUsed))
        \(if: mayDelete, "<th scope=\"col\" class=\"bin-cell\"><span class=\"unseen\">\(common.actions)</span></th>")
        </tr></thead>
        <tbody>
        \(page.keys.map(row))</tbody>
        </table>
        \(pages)
        """
    }

    private var allBox: HTML {
        """
        <th scope="col" class="choose"><label hidden><span class="unseen">\(common.selectAll)</span>\
        <input type="checkbox" id="select-all" data-all></label></th>
        """
    }

    private func heading(_ order: KeyQuery.Order, _ title: String) -> HTML {
        let direction: HTML = list.descending ? "descending" : "ascending"
        return """
            <th scope="col"\(if: list.order == order, " aria-sort=\"\(direction)\"")>\
            <a href="\(list.sorted(by: order).path)">\(title)\(Icon.sort.html)</a></th>
            """
    }

    private func row(_ entry: CompanyKey) -> HTML {
        let (key, owner) = (entry.key, entry.owner.user)
        let used = key.lastUsedAt.map { Parts.ago($0, reader) } ?? "<span class=\"quiet\">\(common.never)</span>"
        return """
            <tr>
            \(if: mayDelete, box(entry))
            <td class="name"><div><bdi>\(key.name.text)</bdi>\(KeysTable.badge(key, reader))</div>
            <span class="code below">\(platform.keyPrefix)_••••\(key.last4)</span></td>
            <td class="fact person" data-label="\(words.owner)">\
            <a href="\(PeoplePage.path(owner.id))"><bdi>\(owner.name)</bdi></a>\
            \(if: owner.blockedAt != nil, blocked)</td>
            <td class="fact may" data-label="\(words.rights)">\(rights(entry))</td>
            <td class="fact until\(if: reader.now >= key.expiry.end, " over")" data-label="\(common.expires)">\
            <time datetime="\(key.expiry.day.description)" title="\(reader.exactly(key.expiry.end))">\
            \(reader.date(key.expiry.day))</time></td>
            <td class="fact used" data-label="\(common.lastUsed)">\(used)</td>
            \(if: mayDelete, bin(entry))
            </tr>

            """
    }

    private func box(_ entry: CompanyKey) -> HTML {
        let id = entry.key.id.description
        return """
            <td class="choose"><label>\
            <span class="unseen">\(words.select(entry.key.name.text, entry.owner.user.name))</span>\
            <input type="checkbox" id="select-\(id)" name="id" value="\(id)" form="selection"></label></td>
            """
    }

    private func bin(_ entry: CompanyKey) -> HTML {
        """
        <td class="bin-cell"><button class="icon-button bin" form="one" name="id" value="\(entry.key.id.description)" \
        aria-label="\(words.delete(entry.key.name.text, entry.owner.user.name))">\(Icon.bin.html)</button></td>
        """
    }

    private var blocked: HTML {
        "<span class=\"badge bad\" title=\"\(words.blockedHint)\">\(words.blocked)</span>"
    }

    private func rights(_ entry: CompanyKey) -> HTML {
        RightsInWords(reader: reader, platform: platform).html(entry.key.permissions(of: entry.owner.permissions))
    }

    private var pages: HTML {
        Pager(
            reader: reader, page: list.page, rows: CompanyKeyList.rows, shown: page.keys.count, total: page.total,
            path: { list.turned(to: $0).path }
        ).html
    }
}
