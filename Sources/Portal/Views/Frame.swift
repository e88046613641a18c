import KeyCore

/// What stands around the content of every page.
struct Frame {
    let reader: Reader
    let look: PlatformLook
    /// The places for some only that this reader may enter.
    var open: Set<Place> = []
    /// How many questions that this reader follows have new replies.
    var news = 0

    private var phrases: Phrases { reader.phrases }
    private var platform: String { look.name }

    /// One column for those whom we do not know yet.
    ///
    /// - Parameter path: where choosing another language leads back to.
    func signedOut(title: String, path: String, isForReading: Bool = false, _ content: HTML) -> HTML {
        document(
            title: title, bodyClass: isForReading ? "signed-out for-reading" : "signed-out", modules: ["account.js"],
            """
            <header>\(brand)</header>
            <main id="content">
            \(content)
            </main>
            <footer>\(languages(path))<a class="to-help" href="\(HelpArticle.folder)">\(phrases.help.title)</a></footer>
            """)
    }

    /// A page that needs nothing from the service but how it looks: it may be the only one that can be had.
    func alone(title: String, _ content: HTML) -> HTML {
        document(
            title: title, bodyClass: "signed-out", modules: [],
            """
            <header>\(brand)</header>
            <main id="content">
            \(content)
            </main>
            """)
    }

    /// A place in the account that the bar leads to.
    enum Place {
        case main, notifications, keys, companyKeys, users, roles, audit, settings, help, none
    }

    /// The bar and a page.
    ///
    /// - Parameter modules: the page's own script, with all that it imports in one file (`ScriptLinker`).
    func signedIn(
        _ account: Account, at place: Place, title: String, isWide: Bool = false, modules: [String] = [],
        _ content: HTML
    ) -> HTML {
        document(
            title: title, bodyClass: "signed-in", modules: ["account.js"] + modules,
            """
            <a class="skip unseen" href="#content">\(phrases.common.skipToContent)</a>
            <header class="top-bar">
            \(brand)
            \(if: news > 0, bell)
            <button class="icon-button" type="button" popovertarget="side-bar" aria-label="\(phrases.common.menu)">
            \(Icon.menu.html)</button>
            </header>
            <nav class="side-bar" id="side-bar" popover aria-label="\(phrases.common.navigation)">
            \(brand)
            \(places(here: place))
            \(foot(account))
            </nav>
            <main id="content" class="page\(if: isWide, " for-table")">
            \(content)
            </main>
            """)
    }

    private func places(here: Place) -> HTML {
        let common = phrases.common
        let entries: [(place: Place, path: String, icon: Icon, label: String)] = [
            (.main, "/", .home, common.mainPage),
            (.notifications, NotificationsPage.path, .bell, phrases.notifications.title),
            (.keys, "/settings/keys", .key, common.apiKeys),
            (.companyKeys, CompanyKeyList.path, .keys, phrases.companyKeys.title),
            (.users, PeopleList.path, .users, phrases.people.title),
            (.roles, RoleList.path, .roles, phrases.roles.title),
            (.audit, AuditList.path, .audit, phrases.audit.title),
            (.settings, "/settings", .settings, common.settings),
            (.help, HelpArticle.folder, .help, phrases.help.title),
        ]
        let forSome: Set<Place> = [.notifications, .companyKeys, .users, .roles, .audit]
        let shown = entries.filter { !forSome.contains($0.place) || open.contains($0.place) }
        let items = shown.map { entry -> HTML in
            """
            <li><a href="\(entry.path)"\(if: entry.place == here, " aria-current=\"page\"")>\
            \(entry.icon.html)\(entry.label)\(if: entry.place == .notifications, newCount)</a></li>
            """
        }
        return "<ul>\(items)</ul>"
    }

    private var newCount: HTML {
        guard news > 0 else { return "" }
        return """
            <span class="new-count" aria-hidden="true">\(reader.number(news))</span>\
            <span class="unseen">, \(phrases.notifications.new(news))</span>
            """
    }

    /// On a phone, where the bar is away: there is something new.
    private var bell: HTML {
        let label = "\(phrases.notifications.title), \(phrases.notifications.new(news))"
        return """
            <a class="icon-button bell" href="\(NotificationsPage.path)" aria-label="\(label)">\(Icon.bell.html)</a>
            """
    }

    private func foot(_ account: Account) -> HTML {
        """
        <div>
        <p class="person"><strong><bdi>\(account.user.name)</bdi></strong>
        <span class="quiet"><bdi>\(account.company.name)</bdi></span></p>
        <form method="post" action="/logout">
        <button class="log-out">\(Icon.logOut.html)\(phrases.common.logOut)</button>
        </form>
        </div>
        """
    }

    private var brand: HTML {
        "<a class=\"brand\" href=\"/\">\(sign)\(platform)</a>"
    }

    private var sign: HTML {
        guard let logo = look.logoPath else { return "<span class=\"mark\">\(Icon.key.html)</span>" }
        return "<img class=\"logo\" src=\"\(logo)\" alt=\"\" width=\"32\" height=\"32\">"
    }

    /// Where scripts say what has been done (`announce` of page.js). It is there from the beginning and never hidden:
    /// screen readers hear only what changes in a place that they know.
    private var announcements: HTML {
        """
        <div class="announcements" aria-live="polite">
        <p class="unseen" data-told></p>
        <div class="note good toast" data-toast hidden>\(Icon.tick.html)\(Icon.warning.html)<div data-text></div></div>
        </div>
        """
    }

    private func languages(_ path: String) -> HTML {
        let buttons = Language.allCases.map { language -> HTML in
            """
            <button name="language" value="\(language.rawValue)" lang="\(language.rawValue)" \
            aria-pressed="\(language == reader.language ? "true" : "false")">\
            \(Phrases.of(language).common.languageName)</button>
            """
        }
        return """
            <form class="languages" method="post" action="/language" aria-label="\(phrases.common.language)">
            <input type="hidden" name="next" value="\(path)">\(buttons)</form>
            """
    }

    private func document(title: String, bodyClass: String, modules: [String], _ body: HTML) -> HTML {
        let fonts = ["inter-400.woff2", "inter-500.woff2", "inter-600.woff2"].map { name -> HTML in
            "<link rel=\"preload\" href=\"\(Asset.path(name))\" as=\"font\" type=\"font/woff2\" crossorigin>\n"
        }
        // The platform's own comes last, over the values of app.css.
        let sheets = [Asset.path(StyleSheet.name), look.stylePath].compactMap(\.self).map { path -> HTML in
            "<link rel=\"stylesheet\" href=\"\(path)\">\n"
        }
        let scripts = modules.map { name -> HTML in "<script type=\"module\" src=\"\(Asset.path(name))\"></script>\n" }
        return """
            <!DOCTYPE html>
            <html lang="\(reader.language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title) · \(platform)</title>
            <link rel="icon" href="\(look.iconPath)" type="image/svg+xml">
            \(fonts)\(sheets)\(scripts)</head>
            <body class="\(bodyClass)">
            \(body)
            \(announcements)
            </body>
            </html>

            """
    }
}
