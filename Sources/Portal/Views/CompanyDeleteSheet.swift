import KeyCore

/// What is asked before keys of others are deleted: whose they are, and whether anything still uses them.
struct CompanyDeleteSheet {
    let reader: Reader
    /// At least one.
    let keys: [CompanyKey]
    /// Where the list is that one came from.
    let back: String

    /// How many lines are seen at once; a longer list scrolls, by the keyboard too.
    private static let shown = 4

    private var scrolls: HTML { " tabindex=\"0\" aria-label=\"\(words.caption)\"" }

    private var words: Phrases.CompanyKeys { reader.phrases.companyKeys }
    private var deleting: Phrases.Delete { reader.phrases.delete }

    var html: HTML {
        """
        <form class="sheet" method="post" action="\(CompanyKeyList.path)/delete" data-sheet>
        <header><h2 id="delete-title">\(title)</h2>
        <p class="quiet">\(keys.count == 1 ? deleting.oneText : deleting.manyText) \(words.isLogged)</p></header>
        <ul class="doomed"\(if: keys.count > CompanyDeleteSheet.shown, scrolls)>\(keys.map(line))</ul>
        <input type="hidden" name="back" value="\(back)">
        <div class="actions">
        <a class="button" href="\(back)" data-closes>\(reader.phrases.common.cancel)</a>
        <button class="button danger" type="submit">\
        \(keys.count == 1 ? deleting.oneButton : deleting.manyButton(keys.count))</button>
        </div>
        </form>
        """
    }

    private var title: HTML {
        if keys.count == 1 {
            let entry = keys[0]
            return words.oneQuestion("<bdi>\(entry.key.name.text)</bdi>", "<bdi>\(entry.owner.user.name)</bdi>")
        }
        return "\(words.someQuestion(keys.count, Set(keys.map(\.owner.user.id)).count))"
    }

    private func line(_ entry: CompanyKey) -> HTML {
        let used = entry.key.lastUsedAt
        let isRecent = used.map { reader.now.since($0) < KeySummary.recentUse } ?? false
        return """
            <li><input type="hidden" name="id" value="\(entry.key.id.description)">
            <strong><bdi>\(entry.key.name.text)</bdi></strong>
            <span class="quiet"><bdi>\(entry.owner.user.name)</bdi> ·\
            </span> <span class="\(isRecent ? "recent" : "quiet")">\
            \(used.map { words.lastUsed(Parts.ago($0, reader)) } ?? "\(words.neverUsed)")</span></li>
            """
    }
}
