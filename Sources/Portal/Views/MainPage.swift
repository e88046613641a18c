import KeyCore
import Web

/// The first page of the account: what needs attention, how much the keys are used, the newest of them, and further
/// down the Settings.
struct MainPage {
    /// Opens the window that creates a key on the API keys page; without scripts, shows the button that does.
    static let createPath = "/settings/keys#create"

    let reader: Reader
    let platform: Platform
    let account: Account
    let keys: KeyOverview
    let mayCreate: Bool

    private var phrases: Phrases { reader.phrases }

    /// The list of keys, down to those that are called like this one.
    static func path(to key: Key) -> String {
        FormFields.address("/settings/keys", [("query", key.name.text)])
    }

    var content: HTML {
        """
        <div class="page-head">
        <div class="title">
        <h1>\(greeting)</h1>
        <p class="quiet">\(hasKeys ? phrases.settings.liveKeys(keys.counts.active) : phrases.main.noKeys)</p>
        </div>
        \(if: mayCreate && hasKeys, create)
        </div>
        \(AttentionCard(reader: reader, platform: platform, keys: keys, mayCreate: mayCreate).html)
        \(hasKeys ? uses : steps)
        \(if: hasKeys, newestKeys)
        <section class="section lower" id="settings" aria-labelledby="settings-title">
        <div class="intro">
        <h2 id="settings-title">\(phrases.common.settings)</h2>
        <p class="quiet">\(phrases.main.settingsText)</p>
        </div>
        \(settings)
        </section>
        """
    }

    private var hasKeys: Bool { keys.counts.total > 0 }

    /// By the first name; a name of one word is that word.
    private var greeting: String {
        let name = account.user.name.split(separator: " ").first.map(String.init) ?? account.user.name
        return switch reader.hour {
        case 5..<12: phrases.main.morning(name)
        case 12..<18: phrases.main.afternoon(name)
        default: phrases.main.evening(name)
        }
    }

    private var create: HTML {
        "<a class=\"button primary\" href=\"\(MainPage.createPath)\">\(Icon.plus.html)\(phrases.keys.createKey)</a>"
    }

    private var uses: HTML {
        """
        <section class="section overview" aria-labelledby="uses-title">
        <h2 id="uses-title">\(phrases.main.uses)</h2>
        <div class="card"><div class="part">\(UsesChart(reader: reader, uses: keys.uses).html)</div></div>
        </section>
        """
    }

    private var newestKeys: HTML {
        let items = keys.newest.map { key -> HTML in
            let used = key.lastUsedAt.map { phrases.main.used(Parts.ago($0, reader)) } ?? "\(phrases.main.unused)"
            return """
                <li><a class="row" href="\(MainPage.path(to: key))"><span class="grow">\
                <strong class="key-name"><bdi>\(key.name.text)</bdi></strong>
                <span class="quiet small"><span class="code">\(platform.keyPrefix)_••••\(key.last4)</span> · \(used)</span>\
                </span>\(KeysTable.badge(key, reader))</a></li>

                """
        }
        return """
            <section class="section overview" aria-labelledby="newest-title">
            <h2 id="newest-title">\(phrases.main.newestKeys)</h2>
            <div class="card"><ul class="rows newest">\(items)
            <li><a class="row more" href="/settings/keys"><span class="grow">\(phrases.main.allKeys) \
            <span class="quiet figures">\(reader.number(keys.counts.total))</span></span>\(Icon.arrow.html)</a></li>
            </ul></div>
            </section>
            """
    }

    /// What a new account sees instead.
    private var steps: HTML {
        """
        <section class="section overview" aria-labelledby="steps-title">
        <h2 id="steps-title">\(phrases.main.stepsTitle)</h2>
        <div class="card"><ol class="steps">
        <li><div><div><strong>\(phrases.main.stepCreate)</strong>
        <p class="quiet">\(phrases.main.stepCreateText)</p></div>
        \(mayCreate ? create : Parts.link(to: "/settings/keys", phrases.main.toKeys))</div></li>
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
            <li>\(ForDevelopers(phrases: phrases, liveKeys: keys.counts.active).html)</li>
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
