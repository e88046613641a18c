/// What somebody said to a topic.
package struct Reply: Identified, Hashable, Sendable {
    package static let idPrefix = "rep"

    package let id: ID<Reply>
    package let topic: ID<Topic>
    package let author: ID<User>
    /// The author's.
    package let company: ID<Company>
    package let authorName: String
    package var body: String
    /// Each reply of a topic has a moment of its own, which puts them in order.
    package let createdAt: Timestamp
    package var editedAt: Timestamp?
    package var hidden: Discussions.Ruling?

    package init(
        id: ID<Reply>, topic: ID<Topic>, author: ID<User>, company: ID<Company>, authorName: String, body: String,
        createdAt: Timestamp, editedAt: Timestamp? = nil, hidden: Discussions.Ruling? = nil
    ) {
        self.id = id
        self.topic = topic
        self.author = author
        self.company = company
        self.authorName = authorName
        self.body = body
        self.createdAt = createdAt
        self.editedAt = editedAt
        self.hidden = hidden
    }
}

/// One page of a topic's replies, hidden ones included, as a store finds them.
package struct FoundReplies: Sendable {
    package let replies: [Reply]
    /// How many the topic has.
    package let total: Int
    /// The last reply of the page, if there are more after it.
    package let next: ID<Reply>?

    package init(replies: [Reply], total: Int, next: ID<Reply>?) {
        self.replies = replies
        self.total = total
        self.next = next
    }
}
