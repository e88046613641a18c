/// A question, with what became of it.
package struct Topic: Identified, Hashable, Sendable {
    package static let idPrefix = "top"

    package let id: ID<Topic>
    /// The author's.
    package let company: ID<Company>
    package let author: ID<User>
    package let authorName: String
    package var title: String
    package var body: String
    package let createdAt: Timestamp
    package var editedAt: Timestamp?
    package var closed: Discussions.Ruling?
    package var hidden: Discussions.Ruling?
    package let activity: Activity

    /// What others did with it: the store counts.
    package struct Activity: Hashable, Sendable {
        /// Replies that are not hidden.
        package let replies: Int
        /// When the last thing was said that is not hidden: the question itself where nobody replied.
        package let lastAt: Timestamp
        package let lastBy: ID<User>
        package let lastByName: String
        /// The reply that helped.
        package let answer: ID<Reply>?

        package init(
            replies: Int, lastAt: Timestamp, lastBy: ID<User>, lastByName: String, answer: ID<Reply>? = nil
        ) {
            self.replies = replies
            self.lastAt = lastAt
            self.lastBy = lastBy
            self.lastByName = lastByName
            self.answer = answer
        }
    }

    package init(
        id: ID<Topic>, company: ID<Company>, author: ID<User>, authorName: String, title: String, body: String,
        createdAt: Timestamp, editedAt: Timestamp? = nil, closed: Discussions.Ruling? = nil,
        hidden: Discussions.Ruling? = nil, activity: Activity? = nil
    ) {
        self.id = id
        self.company = company
        self.author = author
        self.authorName = authorName
        self.title = title
        self.body = body
        self.createdAt = createdAt
        self.editedAt = editedAt
        self.closed = closed
        self.hidden = hidden
        self.activity =
            activity ?? Activity(replies: 0, lastAt: createdAt, lastBy: author, lastByName: authorName)
    }

    package var foldedTitle: String { PlainText.folded(title) }
}

/// What part of the topics is asked for; those with the latest activity come first.
package struct TopicQuery: Sendable {
    package enum State: String, CaseIterable, Sendable {
        case all, open, answered, closed
        /// Asked by the reader.
        case mine
        /// Followed by the reader.
        case followed
    }

    package typealias Start = PageStart<Cursor>

    /// The place of the last topic of a page.
    package struct Cursor: Hashable, Sendable {
        package let lastAt: Timestamp
        package let id: ID<Topic>

        package init(lastAt: Timestamp, id: ID<Topic>) {
            self.lastAt = lastAt
            self.id = id
        }
    }

    package var state: State
    /// Part of a title, in any letter case. Empty for every topic.
    package var text: String
    package var limit: Int
    package var start: Start
    /// Whose view it is; the registry says.
    package var reader = Discussions.Reader()

    package init(
        state: State = .all, text: String = "", limit: Int = Discussions.pageSize, start: Start = .offset(0)
    ) {
        self.state = state
        self.text = text
        self.limit = PageLimit.nearest(to: limit)
        self.start = start
    }

    /// The form in which titles are searched.
    package var foldedText: String { PlainText.folded(text) }
}

/// One page of topics, as a store finds them.
package struct FoundTopics: Sendable {
    package let topics: [Topic]
    /// How many match in all.
    package let total: Int
    /// Where the next page starts, if there is one.
    package let next: TopicQuery.Cursor?

    package init(topics: [Topic], total: Int, next: TopicQuery.Cursor?) {
        self.topics = topics
        self.total = total
        self.next = next
    }
}

/// A followed topic to which others have replied since it was seen.
package struct TopicNews: Hashable, Sendable {
    package let topic: Topic
    /// How many of those replies there are.
    package let replies: Int
    /// The first of them.
    package let first: ID<Reply>

    package init(topic: Topic, replies: Int, first: ID<Reply>) {
        self.topic = topic
        self.replies = replies
        self.first = first
    }
}
