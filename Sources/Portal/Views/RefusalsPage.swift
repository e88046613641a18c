import KeyCore

/// "Why was I refused?": a key's last refusals in words, and what decides about a request that it would make.
struct RefusalsPage {
    static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]

    /// What was asked, and the answer where the question could be understood.
    struct Question {
        let method: String
        let path: String
        var answer: Explanation?
    }

    let reader: Reader
    let platform: Platform
    /// The keys that were refused, the last refused first, deleted ones included.
    let refused: [Key]
    /// The newest keys.
    let others: [Key]
    var chosen: Key?
    var refusals: [KeyRefusal] = []
    var question: Question?

    private var words: Phrases.Refusals { reader.phrases.refusals }

    static func path(of key: ID<Key>) -> String { "/settings/keys/refusals?key=\(key)" }

    var content: HTML {
        """
        \(crumbs)
        <div class="page-head"><div class="title">
        <h1>\(words.title)</h1>
        <p class="quiet">\(words.intro)</p>
        </div></div>
        \(chosen.map(about) ?? noKeys)
        """
    }

    private var crumbs: HTML {
        let keys = Crumbs.Step(reader.phrases.common.apiKeys, "/settings/keys")
        return Crumbs(reader, [keys, Crumbs.Step(words.title, "/settings/keys/refusals")]).html
    }

    private var noKeys: HTML {
        """
        <div class="card"><div class="empty">
        <h2>\(words.noKeys)</h2>
        <p>\(words.noKeysText)</p>
        \(Parts.link(to: "/settings/keys", reader.phrases.common.apiKeys))
        </div></div>
        """
    }

    private func about(_ key: Key) -> HTML {
        """
        <form class="choose-key" method="get" action="/settings/keys/refusals" data-choose>
        <div class="field"><label for="key">\(words.chooseKey)</label>
        <select class="input" id="key" name="key">\(options(chosen: key))</select></div>
        <button class="button" data-show>\(words.show)</button>
        </form>
        <section class="card" aria-labelledby="last-title">
        <header class="part list-head"><div><h2 id="last-title">\(words.last)</h2>
        <p class="quiet small" data-count>\(refusals.isEmpty ? "" : words.lastText(refusals.count))</p></div>
        <a class="button" href="\(RefusalsPage.path(of: key.id))" data-refresh>\(words.refresh)</a></header>
        <div data-list>\(refusals.isEmpty ? nothing : list)</div>
        </section>
        \(ExplanationCard(reader: reader, platform: platform, key: key, question: question).html)
        """
    }

    private func options(chosen: Key) -> [HTML] {
        let refusedIDs = Set(refused.map(\.id))
        var rest = others.filter { !refusedIDs.contains($0.id) }
        if !refusedIDs.contains(chosen.id), !rest.contains(chosen) { rest.insert(chosen, at: 0) }
        return [(words.refusedLately, refused), (words.otherKeys, rest)].compactMap { label, keys in
            guard !keys.isEmpty else { return nil }
            let items = keys.map { key -> HTML in
                """
                <option value="\(key.id.description)"\(if: key.id == chosen.id, " selected")>\(name(key)) · …\(key.last4)\
                </option>
                """
            }
            return "<optgroup label=\"\(label)\">\(items)</optgroup>"
        }
    }

    private func name(_ key: Key) -> String {
        key.deletedAt == nil ? key.name.text : words.deletedKey(key.name.text)
    }

    private var nothing: HTML {
        "<div class=\"empty\"><h3>\(words.none)</h3><p>\(words.noneText)</p></div>"
    }

    private var list: HTML {
        let heads = [words.when, words.request, words.from, words.why].map { title -> HTML in
            "<th scope=\"col\">\(title)</th>"
        }
        return """
            <table class="refusals">
            <caption class="unseen">\(words.last)</caption>
            <thead><tr>\(heads)</tr></thead>
            <tbody>
            \(refusals.map(row))</tbody>
            </table>
            """
    }

    /// A stable code, with the way to what the help says of it.
    static func stable(_ code: String) -> HTML {
        let text: HTML = "<code class=\"stable-code\">\(code)</code>"
        return RefusedCode(code) == .other ? text : "<a href=\"\(HelpArticle.folder)/api-keys#\(code)\">\(text)</a>"
    }

    private func row(_ refusal: KeyRefusal) -> HTML {
        let attempt = refusal.attempt
        let right = refusal.permission.map { RightsInWords(reader: reader, platform: platform).name($0) } ?? ""
        let reason = words.reason(RefusedCode(refusal.code), right)
        return """
            <tr>
            <td data-label="\(words.when)">\(Parts.moment(refusal.at, reader))</td>
            <td data-label="\(words.request)"><code><strong>\(attempt.method)</strong> <bdi>\(attempt.path)</bdi></code></td>
            <td data-label="\(words.from)"><code>\(attempt.address)</code></td>
            <td data-label="\(words.why)"><p>\(reason.what)</p><p class="quiet">\(reason.advice)</p>\
            \(RefusalsPage.stable(refusal.code))</td>
            </tr>

            """
    }
}
