import KeyCore

/// Who wrote something, as others see them: by name alone.
struct AuthorJSON: Encodable {
    let name: String
    /// Whether it is the caller.
    let you: Bool
}

/// A topic as the API shows it.
struct TopicJSON: Encodable {
    let topic: ShownTopic

    init(_ topic: ShownTopic) {
        self.topic = topic
    }

    private enum Member: String, CodingKey {
        case id, title, body, author, replies, closed, hidden, may
        case createdAt = "created_at"
        case editedAt = "edited_at"
        case lastAt = "last_at"
        case lastBy = "last_by"
        case answerID = "answer_id"
    }

    /// Members without a value are there as null.
    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        let (shown, topic) = (topic, topic.topic)
        try members.encode("\(topic.id)", forKey: .id)
        try members.encode(topic.title, forKey: .title)
        try members.encode(topic.body, forKey: .body)
        try members.encode(AuthorJSON(name: topic.authorName, you: shown.isOwn), forKey: .author)
        try members.encode(topic.createdAt.rfc3339, forKey: .createdAt)
        try members.encode(topic.editedAt?.rfc3339, forKey: .editedAt)
        try members.encode(topic.activity.lastAt.rfc3339, forKey: .lastAt)
        try members.encode(topic.activity.lastByName, forKey: .lastBy)
        try members.encode(topic.activity.replies, forKey: .replies)
        try members.encode(topic.activity.answer?.description, forKey: .answerID)
        try members.encode(topic.closed != nil, forKey: .closed)
        try members.encode(shown.hidden?.rawValue, forKey: .hidden)
        try members.encode(shown.rights.names, forKey: .may)
    }
}

/// A reply as the API shows it.
struct ReplyJSON: Encodable {
    let reply: ShownReply

    init(_ reply: ShownReply) {
        self.reply = reply
    }

    private enum Member: String, CodingKey {
        case id, body, author, hidden, answer, may
        case topicID = "topic_id"
        case createdAt = "created_at"
        case editedAt = "edited_at"
    }

    /// Members without a value are there as null.
    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode("\(reply.id)", forKey: .id)
        try members.encode("\(reply.topic)", forKey: .topicID)
        try members.encode(reply.body, forKey: .body)
        try members.encode(AuthorJSON(name: reply.authorName, you: reply.isOwn), forKey: .author)
        try members.encode(reply.createdAt.rfc3339, forKey: .createdAt)
        try members.encode(reply.editedAt?.rfc3339, forKey: .editedAt)
        try members.encode(reply.isAnswer, forKey: .answer)
        try members.encode(reply.hidden?.rawValue, forKey: .hidden)
        try members.encode(reply.rights.names, forKey: .may)
    }
}

/// A page of topics.
struct TopicListJSON: Encodable {
    let topics: [TopicJSON]
    let total: Int
    let nextCursor: String?

    private enum Member: String, CodingKey {
        case topics, total
        case nextCursor = "next_cursor"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(topics, forKey: .topics)
        try members.encode(total, forKey: .total)
        try members.encode(nextCursor, forKey: .nextCursor)
    }
}

/// A topic with a page of its replies.
struct TopicThreadJSON: Encodable {
    let thread: TopicThread

    init(_ thread: TopicThread) {
        self.thread = thread
    }

    private enum Member: String, CodingKey {
        case topic, answer, followed, replies, total
        case nextCursor = "next_cursor"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(TopicJSON(thread.topic), forKey: .topic)
        try members.encode(thread.answer.map(ReplyJSON.init), forKey: .answer)
        try members.encode(thread.isFollowed, forKey: .followed)
        try members.encode(thread.replies.map(ReplyJSON.init), forKey: .replies)
        try members.encode(thread.total, forKey: .total)
        try members.encode(thread.next?.description, forKey: .nextCursor)
    }
}

/// A followed topic with something new.
struct NotificationJSON: Encodable {
    let topicID: String
    let title: String
    let newReplies: Int
    let firstReplyID: String
    let lastAt: String
    let lastBy: String

    init(_ news: TopicNews) {
        topicID = "\(news.topic.id)"
        title = news.topic.title
        newReplies = news.replies
        firstReplyID = "\(news.first)"
        lastAt = news.topic.activity.lastAt.rfc3339
        lastBy = news.topic.activity.lastByName
    }

    enum CodingKeys: String, CodingKey {
        case title
        case topicID = "topic_id"
        case newReplies = "new_replies"
        case firstReplyID = "first_reply_id"
        case lastAt = "last_at"
        case lastBy = "last_by"
    }
}

extension TopicRights {
    fileprivate var names: [String] {
        let all = [
            ("reply", mayReply), ("edit", mayEdit), ("answer", mayAnswer), ("close", mayClose), ("reopen", mayReopen),
            ("hide", mayHide), ("show", mayShow), ("follow", mayFollow),
        ]
        return all.filter(\.1).map(\.0)
    }
}

extension ReplyRights {
    fileprivate var names: [String] {
        [("edit", mayEdit), ("hide", mayHide), ("show", mayShow)].filter(\.1).map(\.0)
    }
}
