import KeyCore

/// Questions one below the other, each with what became of it.
struct TopicRows {
    let reader: Reader
    let topics: [ShownTopic]
    /// 2 on a page of their own, 3 in a part of another page.
    var level = 2

    private var words: Phrases.Discussions { reader.phrases.discussions }

    var html: HTML {
        "<ol class=\"topics\">\n\(topics.map(row))</ol>"
    }

    private func row(_ shown: ShownTopic) -> HTML {
        let topic = shown.topic
        let title: HTML = "<a href=\"\(TopicPath(topic.id).text)\"><bdi>\(topic.title)</bdi></a>"
        let replies = words.replies(topic.activity.replies)
        return """
            <li><article class="topic">
            \(DiscussionParts.initials(topic.authorName))
            <div>\(if: level == 2, "<h2>\(title)</h2>")\(if: level != 2, "<h3>\(title)</h3>")
            \(DiscussionParts.badges(shown, words))
            <p class="below"><bdi>\(topic.authorName)</bdi>, \(Parts.ago(topic.createdAt, reader))\
            \(if: topic.activity.replies > 0, " · \(lastReply(topic))")</p></div>
            <p class="count" title="\(replies)">\(Icon.bubble.html)\
            <span aria-hidden="true">\(reader.number(topic.activity.replies))</span>\
            <span class="unseen">\(replies)</span></p>
            </article></li>

            """
    }

    private func lastReply(_ topic: Topic) -> HTML {
        words.lastReply(
            Parts.ago(topic.activity.lastAt, reader), "<bdi>\(topic.activity.lastByName)</bdi>")
    }
}

/// The newest questions on top of an article, and the way to ask.
struct NewestTopics {
    static let count = 5

    let reader: Reader
    let topics: [ShownTopic]
    let total: Int
    /// Strangers read at most.
    let mayAsk: Bool

    private var words: Phrases.Discussions { reader.phrases.discussions }

    var html: HTML {
        """
        <section class="card newest-topics" aria-labelledby="discussions-title">
        <header><h2 id="discussions-title">\(words.title)</h2>
        \(if: mayAsk, Parts.link(to: TopicList.askPath, words.ask))</header>
        \(topics.isEmpty
            ? "<p class=\"quiet small\">\(words.emptyTitle).\(if: mayAsk, " \(words.emptyText)")</p>"
            : TopicRows(reader: reader, topics: topics, level: 3).html)
        \(if: total > 0, "<p class=\"all\"><a href=\"\(TopicList.path)\">\(words.seeAll)</a></p>")
        </section>
        """
    }
}
