import KeyCore

/// A question with a page of its replies.
struct ThreadPage {
    /// Which post is being changed in its place.
    enum Editing: Equatable {
        case question
        case reply(ID<Reply>)
    }

    let reader: Reader
    let platform: Platform
    let read: Prose.Reader
    let article: String
    let thread: TopicThread
    /// From 1.
    let page: Int
    /// `nil` for a stranger.
    let person: ID<User>?
    var editing: Editing?
    /// What was typed into the one form that is open.
    var typed: TypedWords?
    var notice: String?
    /// Drafts that were sent.
    var forgets: String?
    /// What could not be done by one of the buttons.
    var refused: Refusal.Code?

    private var words: Phrases.Discussions { reader.phrases.discussions }
    private var shown: ShownTopic { thread.topic }
    private var topic: Topic { thread.topic.topic }
    private var path: TopicPath { TopicPath(topic.id) }

    var content: HTML {
        """
        <div class="discussions">
        \(DiscussionParts.crumbs(reader, article))
        \(head)
        \(notice.map { Parts.note(.good, $0) } ?? "")
        \(if: forgets != nil, "<p hidden data-forgets=\"\(forgets ?? "")\"></p>")
        \(refused.map { Parts.note(.bad, reader.phrases.refusal($0)) } ?? "")
        \(hiddenNote)
        \(if: page == 1, "\(question)\(solution)")
        \(if: thread.total > 0, replies)
        \(foot)
        </div>
        """
    }

    private var head: HTML {
        """
        <div class="thread-head">
        <h1><bdi>\(topic.title)</bdi></h1>
        <div class="facts-line"><p>\(DiscussionParts.badges(shown, words))\
        <span>\(words.replies(topic.activity.replies))</span></p>
        \(if: shown.rights.mayFollow, follow)</div>
        </div>
        """
    }

    private var follow: HTML {
        let label = thread.isFollowed ? words.thread.unfollow : words.thread.follow
        return """
            <form class="follow" method="post" action="\(path.deed(thread.isFollowed ? .unfollow : .follow))">
            <button class="button">\(Icon.bell.html)\(label)</button></form>
            """
    }

    private var hiddenNote: HTML {
        switch shown.hidden {
        case .author: Parts.note(.warning, words.thread.questionTakenBack)
        case .moderator: Parts.note(.warning, words.thread.questionHidden)
        case nil: ""
        }
    }

    // MARK: - The posts

    private var question: HTML {
        if editing == .question, let person {
            let form = WordsForm(
                reader: reader, path: path.edit, draft: Draft.edit("\(topic.id)", of: person),
                label: words.writing.body, verb: reader.phrases.common.save,
                typed: typed ?? TypedWords(title: topic.title, body: topic.body), hasTitle: true, back: path.text,
                isFocused: true)
            return "<div class=\"card post writing\" id=\"\(TopicPath.question)\">\(form.html)</div>"
        }
        var card = PostCard(shown, reader: reader, read: read)
        card.actions = "\(actionsOnQuestion)"
        return card.html
    }

    private var actionsOnQuestion: [HTML] {
        let (rights, words) = (shown.rights, words.thread)
        let hide = shown.isOwn ? words.takeBack : words.hide
        return [
            rights.mayEdit ? Parts.link(to: "\(path.text)?edit=\(TopicPath.question)", words.edit, "plain") : "",
            rights.mayClose ? button(path.deed(.close), words.close) : "",
            rights.mayReopen ? button(path.deed(.reopen), words.reopen) : "",
            rights.mayHide ? button(path.deed(.hide), hide) : "",
            rights.mayShow ? button(path.deed(.show), words.showAgain) : "",
        ]
    }

    /// The answer once more above all replies, unless it is the first of them anyway.
    private var solution: HTML {
        guard let answer = thread.answer, answer.hidden == nil, answer.id != thread.replies.first?.id else { return "" }
        return """
            <section class="posts solution" aria-labelledby="solution-title">
            <div class="which"><h2 id="solution-title">\(Icon.tick.html)\(words.thread.helpedTitle)</h2>
            <a href="\(path.reply(answer.id))">\(words.thread.goToReply)</a></div>
            \(PostCard(answer, reader: reader, read: read).html)
            </section>
            """
    }

    private var replies: HTML {
        let pager = Pager(
            reader: reader, page: page, rows: Discussions.pageSize, shown: thread.replies.count, total: thread.total,
            path: path.page)
        return """
            <section class="posts" aria-labelledby="replies-title">
            <h2 id="replies-title">\(words.replies(topic.activity.replies))</h2>
            \(thread.replies.map(card))
            \(pager.html)
            </section>
            """
    }

    private func card(_ reply: ShownReply) -> HTML {
        if editing == .reply(reply.id), let person {
            let form = WordsForm(
                reader: reader, path: "\(path.reply(reply.id))/edit", draft: Draft.edit("\(reply.id)", of: person),
                label: words.writing.reply, verb: reader.phrases.common.save,
                typed: typed ?? TypedWords(body: reply.body ?? ""), back: path.page(page), isFocused: true)
            return "<div class=\"card post writing\" id=\"\(TopicPath.anchor(reply.id))\">\(form.html)</div>\n"
        }
        var card = PostCard(reply, reader: reader, read: read)
        card.anchor = TopicPath.anchor(reply.id)
        card.path = path.reply(reply.id)
        card.actions = "\(actions(on: reply))"
        return card.html
    }

    private func actions(on reply: ShownReply) -> [HTML] {
        let (rights, words) = (reply.rights, words.thread)
        let which = words.replyBy(reply.authorName)
        let hide = reply.isOwn ? words.takeBack : words.hide
        let own = path.reply(reply.id)
        let edit = "\(path.text)?page=\(page)&edit=\(reply.id)"
        return [
            shown.rights.mayAnswer && reply.hidden == nil ? mark(reply, which) : "",
            rights.mayEdit ? link(edit, words.edit, which) : "",
            rights.mayHide ? button("\(own)/hide", hide, which) : "",
            rights.mayShow ? button("\(own)/show", words.showAgain, which) : "",
        ]
    }

    private func mark(_ reply: ShownReply, _ which: String) -> HTML {
        let label = reply.isAnswer ? words.thread.unmark : words.thread.markHelped
        return """
            <form method="post" action="\(path.deed(.answer))">\
            <input type="hidden" name="\(reply.isAnswer ? "unmark" : "reply")" value="\(reply.id.description)">\
            <button class="button plain">\(if: !reply.isAnswer, Icon.tick.html)\(label)\
            <span class="unseen">, \(which)</span></button></form>
            """
    }

    private func link(_ path: String, _ label: String, _ which: String) -> HTML {
        "<a class=\"button plain\" href=\"\(path)\">\(label)<span class=\"unseen\">, \(which)</span></a>"
    }

    private func button(_ path: String, _ label: String, _ which: String = "") -> HTML {
        """
        <form method="post" action="\(path)"><button class="button plain">\(label)\
        \(if: !which.isEmpty, "<span class=\"unseen\">, \(which)</span>")</button></form>
        """
    }

    // MARK: - What comes after the last reply

    private var foot: HTML {
        guard let person else {
            return "<p>\(Parts.link(to: path.logIn, words.thread.logInToReply))</p>"
        }
        let isTyped = typed != nil && editing == nil
        let closed: HTML = topic.closed == nil ? "" : "<div class=\"note\"><div>\(words.thread.closedNote)</div></div>"
        // Somebody's words stay when the question was closed while they wrote.
        guard editing == nil, shown.rights.mayReply || isTyped else { return closed }
        let form = WordsForm(
            reader: reader, path: path.replies, draft: Draft.reply(to: topic.id, of: person),
            label: words.writing.reply, verb: words.writing.sendReply, typed: typed ?? TypedWords(),
            readers: words.writing.replyReaders(platform.discussions, platform.name), page: page)
        return "\(closed)<div class=\"card\"><div class=\"part\">\(form.html)</div></div>"
    }
}
