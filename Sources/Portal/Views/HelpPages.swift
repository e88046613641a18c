import KeyCore

/// What stands on every page of the help.
struct HelpHead {
    let reader: Reader
    var question = ""
    /// The steps below the help itself.
    var steps: [(label: String, path: String)] = []

    var html: HTML {
        let words = reader.phrases.help
        return """
            <div class="help-head">
            \(if: !steps.isEmpty, crumbs)
            <form class="search" method="get" action="/help/search" role="search">
            <button class="icon-button" aria-label="\(words.search)">\(Icon.search.html)</button>
            <input class="input" type="search" name="q" value="\(question)" maxlength="\(HelpIndex.maximumLength)" \
            placeholder="\(words.searchPlaceholder)" aria-label="\(words.searchPlaceholder)" autocomplete="off">
            </form>
            </div>
            """
    }

    private var crumbs: HTML {
        let all = [(label: reader.phrases.help.title, path: HelpArticle.folder)] + steps
        let items = all.indices.map { index -> HTML in
            let current: HTML = index == all.count - 1 ? " aria-current=\"page\"" : ""
            return "<li><a href=\"\(all[index].path)\"\(current)>\(all[index].label)</a></li>"
        }
        return """
            <nav class="crumbs" aria-label="\(reader.phrases.keys.breadcrumb)"><ol>\(items)</ol></nav>
            """
    }
}

/// The first page of the help: all articles, with what they are about.
struct HelpPage {
    let reader: Reader
    let articles: [HelpArticle]

    var content: HTML {
        let words = reader.phrases.help
        return """
            <div class="help">
            <div class="intro"><h1>\(words.title)</h1><p class="quiet">\(words.intro)</p></div>
            \(HelpHead(reader: reader).html)
            \(articles.map(HelpPage.card))
            </div>
            """
    }

    static func card(_ article: HelpArticle) -> HTML {
        let parts = article.sections.filter { $0.level == 2 }.map { section -> HTML in
            "<li><a href=\"\(article.path)#\(section.anchor)\">\(section.title.text)</a></li>\n"
        }
        return """
            <section class="card"><div class="part help-card">
            <h2><a href="\(article.path)">\(article.title)</a></h2>
            <p class="quiet">\(article.lead.first?.text ?? "")</p>
            <ul>\(parts)</ul>
            </div></section>

            """
    }
}

/// An article, with its table of contents.
struct HelpArticlePage {
    let reader: Reader
    let article: HelpArticle
    /// Where the reader's programs reach the service.
    let address: String
    /// Where they find their key.
    let variable: KeyVariable
    /// What people ask about it.
    var newest: NewestTopics?

    var content: HTML {
        var view = ProseView()
        view.examples = [(HelpArticlePage.exampleAddress, address), (HelpArticlePage.exampleVariable, variable.name)]
        let sections = article.sections.map { section -> HTML in "\(heading(section, view))\(view.html(section.blocks))"
        }
        return """
            <div class="help">
            \(HelpHead(reader: reader, steps: [(article.title, article.path)]).html)
            <article class="help-body">
            <header class="prose"><h1>\(article.title)</h1>
            \(view.html(article.lead))\(film)</header>
            \(newest?.html ?? "")
            \(contents)
            <div class="prose">
            \(sections)
            </div>
            </article>
            </div>
            """
    }

    private var film: HTML {
        article.name == TutorialVideo.article ? TutorialVideo(reader: reader).html : ""
    }

    // What stands in the articles for what is the platform's own.
    private static let exampleAddress = "https://keys.example.com"
    private static let exampleVariable = "LATCHKEY_KEY"

    private var contents: HTML {
        let items = article.sections.filter { $0.level == 2 }.map { section -> HTML in
            "<li><a href=\"#\(section.anchor)\">\(section.title.text)</a></li>\n"
        }
        return """
            <nav class="contents" aria-labelledby="contents-title">
            <p id="contents-title">\(reader.phrases.help.contents)</p>
            <ul>\(items)</ul>
            </nav>
            """
    }

    private func heading(_ section: HelpArticle.Section, _ view: ProseView) -> HTML {
        let label = reader.phrases.help.linkTo(section.title.text)
        let title: HTML = """
            \(view.html(section.title))<a class="anchor" href="#\(section.anchor)" aria-label="\(label)">#</a>
            """
        return section.level == 2
            ? "<h2 id=\"\(section.anchor)\">\(title)</h2>\n" : "<h3 id=\"\(section.anchor)\">\(title)</h3>\n"
    }
}

/// What was found in the help.
struct HelpSearchPage {
    let reader: Reader
    let question: String
    let results: [HelpIndex.Result]
    /// What there is, for those who found nothing or asked for nothing.
    let articles: [HelpArticle]

    private var words: Phrases.Help { reader.phrases.help }

    /// Also the title of the page.
    var title: String { question.isEmpty ? words.searchTitle : words.resultsTitle(question) }

    var content: HTML {
        """
        <div class="help">
        \(HelpHead(reader: reader, question: question, steps: [(words.searchTitle, "/help/search")]).html)
        <div class="intro"><h1>\(title)</h1><p class="quiet" role="status">\(outcome)</p></div>
        \(if: !results.isEmpty, "<ol class=\"card results\">\(results.map(result))</ol>")
        \(if: results.isEmpty, "\(articles.map(HelpPage.card))")
        </div>
        """
    }

    private var outcome: String {
        if question.isEmpty { return words.nothingAsked }
        return results.isEmpty ? words.nothingFound : words.found(results.count)
    }

    private func result(_ result: HelpIndex.Result) -> HTML {
        """
        <li class="part"><h2><a href="\(result.path)">\(marked(result.heading))</a></h2>
        \(if: result.article != nil, "<p class=\"quiet small\">\(result.article ?? "")</p>")
        <p class="excerpt">\(marked(result.excerpt))</p></li>

        """
    }

    private func marked(_ pieces: [HelpIndex.Piece]) -> [HTML] {
        pieces.map { $0.isFound ? "<mark>\($0.text)</mark>" : .text($0.text) }
    }
}
