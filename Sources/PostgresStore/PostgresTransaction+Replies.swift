import KeyCore

extension PostgresTransaction {
    func reply(_ id: ID<Reply>) throws(StoreError) -> Reply? {
        try row("\(PostgresTransaction.replies) WHERE replies.id = \(id)").map(reply)
    }

    func replies(
        to topic: ID<Topic>, from start: PageStart<ID<Reply>>, limit: Int, among company: ID<Company>?
    ) throws(StoreError) -> FoundReplies {
        let filter: SQL = "topic_id = \(topic) AND \(PostgresTransaction.isWritten(by: company))"
        let total = try number("SELECT count(*) FROM replies WHERE \(filter)")
        let (beginning, offset): (SQL, Int) =
            switch start {
            case .offset(let count): ("TRUE", max(count, 0))
            case .after(let reply):
                ("replies.created_at > (SELECT created_at FROM replies WHERE id = \(reply))", 0)
            }
        // One row more than the page holds tells whether there is a next page.
        let found = try rows(
            """
            \(PostgresTransaction.replies) WHERE \(filter) AND \(beginning)
            ORDER BY replies.created_at LIMIT \(limit + 1) OFFSET \(offset)
            """
        ).map(reply)
        let page = Array(found.prefix(limit))
        return FoundReplies(replies: page, total: Int(total), next: found.count > page.count ? page.last?.id : nil)
    }

    func place(of reply: ID<Reply>, among company: ID<Company>?) throws(StoreError) -> Int {
        Int(
            try number(
                """
                SELECT count(*) FROM replies JOIN replies AS one ON one.topic_id = replies.topic_id
                WHERE one.id = \(reply) AND replies.created_at < one.created_at
                    AND \(PostgresTransaction.isWritten(by: company))
                """))
    }

    func lastReply(to topic: ID<Topic>) throws(StoreError) -> Timestamp? {
        try row("SELECT max(created_at) AS at FROM replies WHERE topic_id = \(topic)")?.momentIfAny("at")
    }

    func lastReplies(of author: ID<User>, limit: Int) throws(StoreError) -> [Reply] {
        try rows(
            """
            \(PostgresTransaction.replies) WHERE author_id = \(author)
            ORDER BY replies.created_at DESC, replies.id DESC LIMIT \(limit)
            """
        ).map(reply)
    }

    func insert(_ reply: Reply) throws(StoreError) {
        try execute(
            """
            INSERT INTO replies (id, topic_id, author_id, body, created_at, edited_at, hidden_at, hidden_by)
            VALUES (\(reply.id), \(reply.topic), \(reply.author), \(reply.body), \(reply.createdAt),
                \(reply.editedAt), \(reply.hidden?.at), \(reply.hidden?.by))
            """)
    }

    func update(_ reply: Reply) throws(StoreError) {
        try execute(
            """
            UPDATE replies
            SET body = \(reply.body), edited_at = \(reply.editedAt), hidden_at = \(reply.hidden?.at),
                hidden_by = \(reply.hidden?.by)
            WHERE id = \(reply.id)
            """)
    }

    /// Whether a reply is of somebody of a company; every reply is where there is no company.
    static func isWritten(by company: ID<Company>?, _ reply: SQL = "replies") -> SQL {
        guard let company else { return "TRUE" }
        return "(SELECT company_id FROM users WHERE users.id = \(reply).author_id) = \(company)"
    }

    private static let replies: SQL = """
        SELECT replies.*, users.name AS author_name, users.company_id
        FROM replies JOIN users ON users.id = replies.author_id
        """

    private func reply(_ row: Row) -> Reply {
        Reply(
            id: row.id("id"), topic: row.id("topic_id"), author: row.id("author_id"), company: row.id("company_id"),
            authorName: row["author_name"], body: row["body"], createdAt: row.moment("created_at"),
            editedAt: row.momentIfAny("edited_at"), hidden: row.ruling("hidden"))
    }
}

/// Following topics.
extension PostgresTransaction {
    func seen(_ topic: ID<Topic>, by user: ID<User>) throws(StoreError) -> Timestamp? {
        try row("SELECT seen_at FROM topic_followers WHERE user_id = \(user) AND topic_id = \(topic)")?
            .momentIfAny("seen_at")
    }

    func follow(_ topic: ID<Topic>, by user: ID<User>, seen: Timestamp) throws(StoreError) {
        try execute(
            """
            INSERT INTO topic_followers (user_id, topic_id, seen_at) VALUES (\(user), \(topic), \(seen))
            ON CONFLICT DO NOTHING
            """)
    }

    func unfollow(_ topic: ID<Topic>, by user: ID<User>) throws(StoreError) {
        try execute("DELETE FROM topic_followers WHERE user_id = \(user) AND topic_id = \(topic)")
    }

    func setSeen(_ topic: ID<Topic>, by user: ID<User>, upTo moment: Timestamp) throws(StoreError) {
        try execute(
            """
            UPDATE topic_followers SET seen_at = \(moment)
            WHERE user_id = \(user) AND topic_id = \(topic) AND seen_at < \(moment)
            """)
    }

    func setAllSeen(by user: ID<User>, upTo moment: Timestamp) throws(StoreError) {
        try execute(
            """
            UPDATE topic_followers SET seen_at = least(last_at, \(moment)) FROM topics
            WHERE topics.id = topic_id AND user_id = \(user) AND seen_at < least(last_at, \(moment))
            """)
    }

    func news(for reader: Discussions.Reader, limit: Int) throws(StoreError) -> [TopicNews] {
        let rows = try rows(
            """
            SELECT found.*, news.replies AS new_replies, firsts.id AS first_id
            FROM (\(PostgresTransaction.topics(among: reader.only))) AS found
            JOIN (\(PostgresTransaction.news(for: reader))) AS news ON news.topic_id = found.id
            JOIN replies AS firsts ON firsts.topic_id = found.id AND firsts.created_at = news.first_at
            ORDER BY found.last_at DESC, found.id DESC LIMIT \(limit)
            """)
        return rows.map { TopicNews(topic: topic($0), replies: $0["new_replies"], first: $0.id("first_id")) }
    }

    func newsCount(for reader: Discussions.Reader, limit: Int) throws(StoreError) -> Int {
        Int(try number("SELECT count(*) FROM (\(PostgresTransaction.news(for: reader)) LIMIT \(limit)) AS news"))
    }

    /// What others replied in the topics that somebody follows and sees, since they looked. That something was said at
    /// all the topic itself tells, so that replies are looked for in those few only.
    private static func news(for reader: Discussions.Reader) -> SQL {
        """
        SELECT replies.topic_id, count(*) AS replies, min(replies.created_at) AS first_at
        FROM topic_followers
        JOIN topics ON topics.id = topic_followers.topic_id AND topics.last_at > seen_at
        JOIN replies ON replies.topic_id = topics.id AND replies.created_at > seen_at
        WHERE user_id = \(reader.person) AND replies.author_id <> \(reader.person) AND replies.hidden_at IS NULL
            AND \(isSeen(by: reader)) AND \(isWritten(by: reader.only))
        GROUP BY replies.topic_id
        """
    }
}
