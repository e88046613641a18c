import KeyCore

/// What a person should look at: each key by its name, what is wrong with it, and what to do, a row each.
struct AttentionCard {
    let reader: Reader
    let platform: Platform
    let keys: KeyOverview
    let mayCreate: Bool

    private var words: Phrases.Main { reader.phrases.main }

    var html: HTML {
        let rows = expiring + refused + notCopied + unused
        guard !rows.isEmpty else { return "" }
        return """
            <section class="section overview" aria-labelledby="attention-title">
            <h2 id="attention-title">\(words.attention)</h2>
            <div class="card"><ul class="rows attention">\(rows)</ul></div>
            </section>
            """
    }

    private var expiring: [HTML] {
        let rows = keys.expiring.prefix(KeyOverview.shown).map { key in
            row(
                .clock, "amber", name: key.name.text, path: MainPage.path(to: key),
                "\(words.expires(reader.distance(to: key.expiry.day), reader.date(key.expiry.day)))",
                verb: mayCreate
                    ? verb(words.createAnother, words.createAnotherFor(key.name.text), MainPage.createPath) : "")
        }
        return rows + more(keys.expiring, words.moreExpiring, "/settings/keys?status=expires_soon&sort=expires")
    }

    private var refused: [HTML] {
        let rows = keys.refused.map { key, refusal in
            let right = refusal.permission.map { RightsInWords(reader: reader, platform: platform).name($0) } ?? ""
            let reason = reader.phrases.refusals.reason(RefusedCode(refusal.code), right).what
            let name = key.deletedAt == nil ? key.name.text : words.deletedKey(key.name.text)
            let path = RefusalsPage.path(of: key.id)
            return row(
                .shield, "red", name: name, path: path, words.refused(Parts.ago(refusal.at, reader), reason),
                verb: verb(words.seeWhy, words.seeWhyFor(key.name.text), path))
        }
        return rows + (rows.count == KeyOverview.shown ? [link(words.moreRefused, "/settings/keys/refusals")] : [])
    }

    private var notCopied: [HTML] {
        let rows = keys.notCopied.prefix(KeyOverview.shown).map { key in
            row(
                .copy, "amber", name: key.name.text, path: MainPage.path(to: key), "\(words.notCopied)",
                verb: delete(key))
        }
        return rows + more(keys.notCopied, words.moreNotCopied, "/settings/keys?status=not_copied")
    }

    private var unused: [HTML] {
        let rows = keys.unused.prefix(KeyOverview.shown).map { key in
            row(
                .key, "", name: key.name.text, path: MainPage.path(to: key),
                "\(words.neverUsed(reader.ago(key.createdAt)))", verb: delete(key))
        }
        return rows + more(keys.unused, words.moreUnused, "/settings/keys?status=never_used&sort=created")
    }

    private func delete(_ key: Key) -> HTML {
        verb(
            words.delete, reader.phrases.keys.delete(key.name.text), "/settings/keys/delete?id=\(key.id)")
    }

    private func verb(_ label: String, _ name: String, _ path: String) -> HTML {
        "<a class=\"button\" href=\"\(path)\" aria-label=\"\(name)\">\(label)</a>"
    }

    private func row(
        _ icon: Icon, _ tone: String, name: String, path: String, _ text: HTML, verb: HTML
    ) -> HTML {
        """
        <li><div class="row"><span class="sign \(tone)">\(icon.html)</span>
        <div class="grow"><a class="key-name" href="\(path)"><bdi>\(name)</bdi></a>
        <p class="quiet small">\(text)</p></div>
        \(verb)</div></li>

        """
    }

    private func more(_ keys: [Key], _ label: String, _ path: String) -> [HTML] {
        keys.count > KeyOverview.shown ? [link(label, path)] : []
    }

    private func link(_ label: String, _ path: String) -> HTML {
        "<li><a class=\"row more\" href=\"\(path)\"><span class=\"grow\">\(label)</span>\(Icon.arrow.html)</a></li>"
    }
}
