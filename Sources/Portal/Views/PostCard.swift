import KeyCore

/// What one person wrote in a discussion, and what the reader may do with it.
struct PostCard {
    let reader: Reader
    let read: Prose.Reader
    let authorName: String
    /// `nil` where the reader may not see it.
    let body: String?
    let createdAt: Timestamp
    let editedAt: Timestamp?
    let hidden: Discussions.Hiding?
    let isAnswer: Bool
    /// The level of the heading that names the author.
    let level: Int
    /// What links lead to; `nil` for a post that is shown a second time.
    var anchor: String?
    /// The address that leads to it from anywhere.
    var path: String?
    var actions: HTML = ""

    private var words: Phrases.Thread { reader.phrases.discussions.thread }

    init(_ shown: ShownTopic, reader: Reader, read: @escaping Prose.Reader) {
        let topic = shown.topic
        (self.reader, self.read) = (reader, read)
        (authorName, body, createdAt, editedAt) = (topic.authorName, topic.body, topic.createdAt, topic.editedAt)
        (hidden, isAnswer, level) = (nil, false, 2)
        anchor = TopicPath.question
    }

    init(_ reply: ShownReply, reader: Reader, read: @escaping Prose.Reader) {
        (self.reader, self.read) = (reader, read)
        (authorName, body, createdAt, editedAt) = (reply.authorName, reply.body, reply.createdAt, reply.editedAt)
        (hidden, isAnswer, level) = (reply.hidden, reply.isAnswer, 3)
    }

    var html: HTML {
        """
        <article class="card post\(if: isAnswer, " helped")"\(place)>
        \(header)
        \(gone)
        \(prose)
        \(if: !actions.source.isEmpty, "<footer>\(actions)</footer>")
        </article>

        """
    }

    /// Who comes here by a link goes on from here by keyboard.
    private var place: HTML {
        anchor.map { " id=\"\($0)\" tabindex=\"-1\"" } ?? ""
    }

    private var header: HTML {
        let time = Parts.ago(createdAt, reader)
        let name: HTML = "<bdi>\(authorName)</bdi>"
        return """
            <header>\(DiscussionParts.initials(authorName))
            <div>\(if: level == 2, "<h2 class=\"author\">\(name)</h2>")\(if: level == 3, "<h3 class=\"author\">\(name)</h3>")
            <p class="quiet small">\(path.map { "<a href=\"\($0)\">\(time)</a>" } ?? time)\(edited)</p></div>
            \(if: isAnswer, "<p class=\"badge good\">\(words.helped)</p>")</header>
            """
    }

    private var edited: HTML {
        guard let editedAt else { return "" }
        return " · <span title=\"\(words.editedAt(reader.exactly(editedAt)))\">\(words.edited)</span>"
    }

    private var gone: HTML {
        guard let hidden else { return "" }
        let what = hidden == .author ? words.replyTakenBack : words.replyHidden
        return "<p class=\"gone\">\(what)\(if: body != nil, " \(words.onlyAuthorAndModeratorsSee)")</p>"
    }

    private var prose: HTML {
        guard let body else { return "" }
        let view = ProseView(ofPeopleUnder: level)
        // What could not be read was refused when it was written; should that rule ever change, it stays readable.
        let blocks = (try? read(body).blocks) ?? [.paragraph([.text(body)])]
        return "<div class=\"prose\">\n\(view.html(blocks))</div>"
    }
}
