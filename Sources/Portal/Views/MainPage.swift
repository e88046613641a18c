import KeyCore

/// The first page of the account: what needs attention, the newest keys, and further down the Settings.
struct MainPage {
    /// How soon an expiring key is worth a word, in days.
    static let soon = 30
    static let newestShown = 5

    let reader: Reader
    let account: Account
    let roleName: String
    let summary: KeySummary
    /// Active keys that expire within `soon` days, the first to expire first.
    let expiring: [Key]
    let notCopied: Int
    let newest: [Key]

    private var phrases: Phrases { reader.phrases }

    var content: HTML {
        """
        <div class="page-head">
        <div class="title">
        <h1>\(greeting)</h1>
        \(if: summary.total > 0, "<p class=\"quiet\">\(phrases.main.intro)</p>")
        </div>
        </div>
        \(attention)
        \(summary.total == 0 ? steps : newestKeys)
        <section class="section lower" id="settings" aria-labelledby="settings-title">
        <div class="intro">
        <h2 id="settings-title">\(phrases.common.settings)</h2>
        <p class="quiet">\(phrases.main.settingsText)</p>
        </div>
        \(settings)
        </section>
        """
    }

    private var greeting: String {
        let name = account.user.name
        return switch reader.hour {
        case 5..<12: phrases.main.morning(name)
        case 12..<18: phrases.main.afternoon(name)
        default: phrases.main.evening(name)
        }
    }

    private var attention: HTML {
        var items = expiring.map { key -> HTML in
            let name: HTML = "<bdi>\(key.name.text)</bdi>"
            return "<li>\(phrases.main.expiring(name, reader.distance(to: key.expiry.day)))</li>"
        }
        if notCopied > 0 { items.append("<li>\(phrases.main.notCopied(notCopied))</li>") }
        guard !items.isEmpty else { return "" }
        return """
            <section class="section" aria-labelledby="attention-title">
            <h2 id="attention-title">\(phrases.main.attention)</h2>
            <div class="note warning">\(Icon.warning.html)<ul>\(items)
            <li><a href="/settings/keys">\(phrases.main.toKeys)</a></li></ul></div>
            </section>
            """
    }

    private var newestKeys: HTML {
        let items = newest.map { key -> HTML in
            let used = key.lastUsedAt.map { Parts.ago($0, reader) } ?? "\(phrases.keys.never)"
            return """
                <li><div class="row"><div class="grow"><strong><bdi>\(key.name.text)</bdi></strong>
                <span class="quiet small">\(phrases.keys.lastUsed): \(used)</span></div>
                \(KeysTable.badge(key, reader))</div></li>
                """
        }
        return """
            <section class="section" aria-labelledby="newest-title">
            <h2 id="newest-title">\(phrases.main.newestKeys)</h2>
            <div class="card"><ul class="rows">\(items)
            <li><a class="row" href="/settings/keys"><span class="grow">\(phrases.main.allKeys) \
            <span class="quiet figures">\(reader.number(summary.total))</span></span>\(Icon.arrow.html)</a></li>
            </ul></div>
            </section>
            """
    }

    /// What a new account sees instead.
    private var steps: HTML {
        """
        <section class="section" aria-labelledby="steps-title">
        <h2 id="steps-title">\(phrases.main.stepsTitle)</h2>
        <div class="card"><ol class="steps">
        <li><div><div><strong>\(phrases.main.stepCreate)</strong>
        <p class="quiet">\(phrases.main.stepCreateText)</p></div>
        \(Parts.link(to: "/settings/keys", phrases.main.toKeys, "primary"))</div></li>
        <li><div><div><strong>\(phrases.main.stepCall)</strong>
        <p class="quiet">\(phrases.main.stepCallText)</p></div></div></li>
        <li><div><div><strong>\(phrases.main.stepSee)</strong>
        <p class="quiet">\(phrases.main.stepSeeText)</p></div></div></li>
        </ol></div>
        </section>
        """
    }

    private var settings: HTML {
        let words = phrases.settings
        let categories: [(id: String, icon: Icon, title: String, text: String)] = [
            ("profile", .person, words.profile, words.profileText),
            ("security", .shield, words.security, words.securityText),
            ("preferences", .globe, words.languageAndZone, words.languageAndZoneText),
            ("company", .company, words.company, words.companyText),
        ]
        let rows = categories.map { category -> HTML in
            """
            <li><a class="row" href="/settings#\(category.id)">\(category.icon.html)
            <span class="grow"><strong>\(category.title)</strong>
            <span class="quiet small">\(category.text)</span></span>\(Icon.arrow.html)</a></li>
            """
        }
        return """
            <div class="card"><ul class="rows">\(rows)
            <li>\(ForDevelopers(phrases: phrases, liveKeys: summary.active).html)</li>
            </ul></div>
            """
    }
}

/// The category that unfolds and leads to the API keys page.
struct ForDevelopers {
    let phrases: Phrases
    let liveKeys: Int

    var html: HTML {
        let words = phrases.settings
        return """
            <details id="developers">
            <summary class="row">\(Icon.code.html)
            <span class="grow"><strong>\(words.forDevelopers)</strong>
            <span class="quiet small">\(words.forDevelopersText)</span></span>\(Icon.arrow.html(class: "arrow"))
            </summary>
            <div class="unfolded">
            <form method="get" action="/settings/keys"><button class="button">\(words.open)</button></form>
            <p class="quiet">\(words.openText) \(words.liveKeys(liveKeys))</p>
            </div>
            </details>
            """
    }
}
