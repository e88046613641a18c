import KeyCore

/// The followed questions to which others have replied since the reader looked.
struct NotificationsPage {
    static let path = "/notifications"

    let reader: Reader
    let news: [TopicNews]
    var notice: String?

    private var words: Phrases.Notifications { reader.phrases.notifications }

    var content: HTML {
        """
        <div class="page-head">
        <div class="title">
        <h1>\(words.title)</h1>
        <p class="quiet">\(words.intro)</p>
        </div>
        \(latest.map(form) ?? "")
        </div>
        \(notice.map { Parts.note(.good, $0) } ?? "")
        <div class="card">\(news.isEmpty ? empty : "<ol class=\"topics\">\n\(news.map(row))</ol>")</div>
        """
    }

    /// When the last of the news came.
    private var latest: Timestamp? { news.map(\.topic.activity.lastAt).max() }

    private func form(_ latest: Timestamp) -> HTML {
        """
        <form class="actions" method="post" action="\(NotificationsPage.path)">
        <input type="hidden" name="shown" value="\(latest.milliseconds.description)">
        <button class="button">\(Icon.tick.html)\(words.markAllRead)</button></form>
        """
    }

    private func row(_ news: TopicNews) -> HTML {
        let topic = news.topic
        let last = words.by("<bdi>\(topic.activity.lastByName)</bdi>", Parts.ago(topic.activity.lastAt, reader))
        return """
            <li><article class="topic">
            \(DiscussionParts.initials(topic.activity.lastByName))
            <div><h2><a href="\(TopicPath(topic.id).reply(news.first))"><bdi>\(topic.title)</bdi></a></h2>
            <p class="below">\(words.newReplies(news.replies)), \(last)</p></div>
            </article></li>

            """
    }

    private var empty: HTML {
        """
        <div class="empty">
        <svg class="drawing" viewBox="0 0 120 80" aria-hidden="true" focusable="false">
        <path d="M60 8a18 18 0 0 1 18 18c0 18 8 22 8 30H34c0-8 8-12 8-30A18 18 0 0 1 60 8z"/>
        <path class="lit" d="M53 64a7 7 0 0 0 14 0"/>
        <path stroke-dasharray="3 4" d="M24 22a34 34 0 0 0-6 18M96 22a34 34 0 0 1 6 18"/>
        </svg>
        <h2>\(words.emptyTitle)</h2>
        <p>\(words.emptyText)</p>
        <a class="button" href="\(TopicList.path)">\(words.toDiscussions)</a>
        </div>
        """
    }
}
