/// What a reader may do with a topic.
package struct TopicRights: Hashable, Sendable {
    package var mayReply = false
    package var mayEdit = false
    package var mayClose = false
    package var mayReopen = false
    package var mayHide = false
    package var mayShow = false
    /// Whether they say which reply helped.
    package var mayAnswer = false
    package var mayFollow = false

    package init() {}
}

/// What a reader may do with a reply.
package struct ReplyRights: Hashable, Sendable {
    package var mayEdit = false
    package var mayHide = false
    package var mayShow = false

    package init() {}
}

/// A topic as one reader sees it.
package struct ShownTopic: Sendable {
    package let topic: Topic
    package let isOwn: Bool
    package let hidden: Discussions.Hiding?
    package let rights: TopicRights
}

/// A reply as one reader sees it.
package struct ShownReply: Sendable {
    package let id: ID<Reply>
    package let topic: ID<Topic>
    package let authorName: String
    package let isOwn: Bool
    /// `nil` where it is hidden from the reader.
    package let body: String?
    package let createdAt: Timestamp
    package let editedAt: Timestamp?
    package let hidden: Discussions.Hiding?
    /// Whether it is the one that helped.
    package let isAnswer: Bool
    package let rights: ReplyRights
}

/// A topic with a page of its replies, the oldest first.
package struct TopicThread: Sendable {
    package let topic: ShownTopic
    package let replies: [ShownReply]
    /// How many replies there are, hidden ones included.
    package let total: Int
    /// After which reply the next page starts, if there is one.
    package let next: ID<Reply>?
    /// The reply that helped, on whatever page it stands.
    package let answer: ShownReply?
    package let isFollowed: Bool
    /// Whether the reader follows it and something was said since they saw it: time for `markSeen`.
    package let hasNews: Bool
}

extension Discussions.Reader {
    func rights(over topic: Topic) -> TopicRights {
        var rights = TopicRights()
        guard person != nil else { return rights }
        let (isAuthor, isModerator) = (isAuthor(topic.author), moderates(topic.company))
        rights.mayFollow = true
        rights.mayReply = topic.closed == nil
        rights.mayEdit = isAuthor && topic.closed == nil
        rights.mayAnswer = isAuthor || isModerator
        rights.mayClose = topic.closed == nil && (isAuthor || isModerator)
        rights.mayReopen =
            topic.closed?.mayBeUndone(own: isAuthor || isModerator, other: isModerator, author: topic.author) ?? false
        rights.mayHide =
            topic.hidden == nil
            ? isAuthor || isModerator : mayTakeOver(topic.hidden, author: topic.author, of: topic.company)
        rights.mayShow = topic.hidden?.mayBeUndone(own: isAuthor, other: isModerator, author: topic.author) ?? false
        return rights
    }

    /// Whether a moderator may make theirs what an author did, who could otherwise undo it.
    func mayTakeOver(_ ruling: Discussions.Ruling?, author: ID<User>, of company: ID<Company>) -> Bool {
        ruling?.by == author && !isAuthor(author) && moderates(company)
    }

    func rights(over reply: Reply, of topic: Topic) -> ReplyRights {
        var rights = ReplyRights()
        guard person != nil else { return rights }
        let (isAuthor, isModerator) = (isAuthor(reply.author), moderates(reply.company))
        rights.mayEdit = isAuthor && topic.closed == nil
        rights.mayHide =
            reply.hidden == nil
            ? isAuthor || isModerator : mayTakeOver(reply.hidden, author: reply.author, of: reply.company)
        rights.mayShow = reply.hidden?.mayBeUndone(own: isAuthor, other: isModerator, author: reply.author) ?? false
        return rights
    }

    func shown(_ topic: Topic) -> ShownTopic {
        ShownTopic(
            topic: topic, isOwn: isAuthor(topic.author), hidden: topic.hidden?.hiding(of: topic.author),
            rights: rights(over: topic))
    }

    func shown(_ reply: Reply, of topic: Topic) -> ShownReply {
        let isOpen = reply.hidden == nil || isAuthor(reply.author) || moderates(reply.company)
        return ShownReply(
            id: reply.id, topic: topic.id, authorName: reply.authorName, isOwn: isAuthor(reply.author),
            body: isOpen ? reply.body : nil, createdAt: reply.createdAt, editedAt: reply.editedAt,
            hidden: reply.hidden?.hiding(of: reply.author), isAnswer: topic.activity.answer == reply.id,
            rights: rights(over: reply, of: topic))
    }
}
