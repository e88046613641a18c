import KeyCore

/// The questions, the latest talked about first.
struct DiscussionsPage {
    let reader: Reader
    let platform: Platform
    /// The article that the discussions belong to.
    let article: String
    let list: TopicList
    let topics: [ShownTopic]
    let total: Int
    /// Strangers have no questions of their own, and ask none.
    let isMember: Bool

    private var words: Phrases.Discussions { reader.phrases.discussions }

    var content: HTML {
        """
        <div class="discussions">
        \(DiscussionParts.crumbs(reader, article))
        <div class="page-head">
        <div class="title">
        <h1>\(words.title)</h1>
        <p class="quiet">\(words.intro) \(words.readers(platform.discussions, platform.name))</p>
        </div>
        \(if: isMember, """
            <div class="actions">\(Parts.link(to: TopicList.askPath, words.ask, "primary"))</div>
            """)
        </div>
        \(if: list.isFiltered || total > 0, tools)
        <div class="card">
        \(topics.isEmpty ? empty : TopicRows(reader: reader, topics: topics).html)
        \(pages)
        </div>
        </div>
        """
    }

    private var tools: HTML {
        """
        <div class="topic-tools">
        \(states)
        <form class="search" method="get" action="\(TopicList.path)" role="search">
        \(if: list.state != .all, "<input type=\"hidden\" name=\"state\" value=\"\(list.state.rawValue)\">")
        <button class="icon-button" aria-label="\(reader.phrases.keys.search)">\(Icon.search.html)</button>
        <input class="input" type="search" name="q" value="\(list.text)" placeholder="\(words.searchPlaceholder)" \
        aria-label="\(words.searchPlaceholder)" autocomplete="off">
        </form>
        </div>
        """
    }

    private var states: HTML {
        let items = TopicQuery.State.allCases.filter { isMember || !$0.isPersonal }.map { state -> HTML in
            """
            <li><a href="\(list.path(of: state))"\(if: state == list.state, " aria-current=\"true\"")>\
            \(name(of: state))</a></li>
            """
        }
        return "<nav class=\"topic-states\" aria-label=\"\(words.filter)\"><ul>\(items)</ul></nav>"
    }

    private func name(of state: TopicQuery.State) -> String {
        switch state {
        case .all: words.all
        case .open: words.open
        case .answered: words.answered
        case .closed: words.closed
        case .mine: words.mine
        case .followed: words.followed
        }
    }

    private var pages: HTML {
        Pager(
            reader: reader, page: list.page, rows: Discussions.pageSize, shown: topics.count, total: total,
            path: list.path(page:)
        ).html
    }

    private var empty: HTML {
        if list.isFiltered {
            return """
                <div class="empty">
                <h2>\(words.nothingTitle)</h2>
                <p>\(words.nothingText)</p>
                <a class="button" href="\(TopicList.path)">\(words.showAll)</a>
                </div>
                """
        }
        return """
            <div class="empty">
            \(DiscussionParts.drawing)
            <h2>\(words.emptyTitle)</h2>
            \(if: isMember, "<p>\(words.emptyText)</p>")
            </div>
            """
    }
}

extension TopicQuery.State {
    /// Whether it asks for something of the reader's own.
    fileprivate var isPersonal: Bool { self == .mine || self == .followed }
}
