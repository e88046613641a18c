import KeyCore

/// Small pieces that the pages of the discussions share.
enum DiscussionParts {
    /// From the help down to the discussions, and to a page below them.
    static func crumbs(_ reader: Reader, _ article: String, here: String? = nil) -> HTML {
        var steps = [
            (reader.phrases.help.title, HelpArticle.folder), (article, HelpArticle.discussed),
            (reader.phrases.discussions.title, TopicList.path),
        ]
        if let here { steps.append((here, TopicList.askPath)) }
        let items = steps.indices.map { index -> HTML in
            "<li><a href=\"\(steps[index].1)\">\(steps[index].0)</a></li>"
        }
        return """
            <nav class="crumbs" aria-label="\(reader.phrases.keys.breadcrumb)"><ol>\(items)</ol></nav>
            """
    }

    /// The first letters of a name, for the eye: the name itself stands beside them.
    static func initials(_ name: String) -> HTML {
        let words = name.split(whereSeparator: \.isWhitespace).compactMap { word in word.first(where: \.isLetter) }
        let letters = ([words.first] + [words.count > 1 ? words.last : nil]).compactMap(\.self)
        let shown: HTML = letters.isEmpty ? Icon.person.html : .text(letters.map { $0.uppercased() }.joined())
        return "<span class=\"initials\" aria-hidden=\"true\">\(shown)</span>"
    }

    /// What became of a question, in words.
    static func badges(_ topic: ShownTopic, _ words: Phrases.Discussions) -> HTML {
        """
        \(if: topic.topic.activity.answer != nil, "<span class=\"badge good\">\(words.answeredBadge)</span> ")\
        \(if: topic.topic.closed != nil, "<span class=\"badge\">\(words.closedBadge)</span> ")\
        \(if: topic.hidden != nil, "<span class=\"badge warning\">\(words.thread.hiddenBadge)</span> ")
        """
    }

    /// Two bubbles of speech, the second still to be said.
    static let drawing: HTML = """
        <svg class="drawing" viewBox="0 0 120 80" aria-hidden="true" focusable="false">
        <path d="M18 8h48a6 6 0 0 1 6 6v20a6 6 0 0 1-6 6H36L24 50V40h-6a6 6 0 0 1-6-6V14a6 6 0 0 1 6-6zM26 19h32M26 28h20"/>
        <g class="lit"><path stroke-dasharray="3 4" d="M80 30h22a6 6 0 0 1 6 6v20a6 6 0 0 1-6 6h-6v10L84 62H60a6 6 0 0 1-6-6v-6"/>\
        <path d="M76 49v.01M84 49v.01M92 49v.01"/></g>
        </svg>
        """
}
