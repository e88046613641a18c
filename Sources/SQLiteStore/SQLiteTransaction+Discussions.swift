import GRDB
import KeyCore

extension SQLiteTransaction {
    func topic(_ id: ID<Topic>, among company: ID<Company>?) throws(StoreError) -> Topic? {
        try row("\(SQLiteTransaction.topics(among: company)) WHERE topics.id = \(id)").map(topic)
    }

    func topics(_ query: TopicQuery) throws(StoreError) -> FoundTopics {
        let company = query.reader.only
        let filter = SQLiteTransaction.filter(query)
        let total = try number("SELECT count(*) FROM topics WHERE \(filter)")
        // The inner query goes along the index, so that texts are read for one page only. One row more than the page
        // holds tells whether there is a next page.
        let found = try rows(
            """
            \(SQLiteTransaction.topics(among: company)) WHERE topics.id IN (
                SELECT id FROM \(SQLiteTransaction.activity(among: company)) AS topics
                WHERE \(filter) AND \(SQLiteTransaction.start(query))
                ORDER BY last_at DESC, id DESC LIMIT \(query.limit + 1) OFFSET \(query.offset)
            )
            ORDER BY topics.last_at DESC, topics.id DESC
            """
        ).map(topic)
        let page = Array(found.prefix(query.limit))
        return FoundTopics(
            topics: page, total: Int(total),
            next: found.count > page.count ? page.last.map(TopicQuery.Cursor.init) : nil)
    }

    func lastTopics(of author: ID<User>, limit: Int) throws(StoreError) -> [Topic] {
        try rows(
            """
            \(SQLiteTransaction.topics(among: nil)) WHERE topics.author_id = \(author)
            ORDER BY topics.created_at DESC, topics.id DESC LIMIT \(limit)
            """
        ).map(topic)
    }

    func insert(_ topic: Topic) throws(StoreError) {
        try execute(
            """
            INSERT INTO topics (id, company_id, author_id, title, title_folded, body, created_at, edited_at, replies,
                last_at, last_by, closed_at, closed_by, hidden_at, hidden_by)
            VALUES (\(topic.id), \(topic.company), \(topic.author), \(topic.title), \(topic.foldedTitle),
                \(topic.body), \(topic.createdAt), \(topic.editedAt), 0, \(topic.createdAt), \(topic.author),
                \(topic.closed?.at), \(topic.closed?.by), \(topic.hidden?.at), \(topic.hidden?.by))
            """)
    }

    func update(_ topic: Topic) throws(StoreError) {
        try execute(
            """
            UPDATE topics
            SET title = \(topic.title), title_folded = \(topic.foldedTitle), body = \(topic.body),
                edited_at = \(topic.editedAt), closed_at = \(topic.closed?.at), closed_by = \(topic.closed?.by),
                hidden_at = \(topic.hidden?.at), hidden_by = \(topic.hidden?.by)
            WHERE id = \(topic.id)
            """)
    }

    func recount(_ topic: ID<Topic>) throws(StoreError) {
        try execute(
            """
            UPDATE topics
            SET replies = (SELECT count(*) FROM replies WHERE topic_id = topics.id AND hidden_at IS NULL),
                last_at = coalesce(
                    (SELECT max(created_at) FROM replies WHERE topic_id = topics.id AND hidden_at IS NULL),
                    created_at),
                last_by = coalesce(
                    (SELECT author_id FROM replies WHERE topic_id = topics.id AND hidden_at IS NULL
                        ORDER BY created_at DESC LIMIT 1),
                    author_id)
            WHERE id = \(topic)
            """)
    }

    func setAnswer(_ reply: ID<Reply>?, to topic: ID<Topic>, at now: Timestamp) throws(StoreError) {
        try execute("UPDATE replies SET helped_at = NULL WHERE topic_id = \(topic) AND helped_at IS NOT NULL")
        if let reply {
            try execute("UPDATE replies SET helped_at = \(now) WHERE id = \(reply) AND topic_id = \(topic)")
        }
    }
}

extension SQLiteTransaction {
    static func topics(among company: ID<Company>?) -> SQL {
        """
        SELECT topics.*, authors.name AS author_name, others.name AS last_by_name, answers.id AS answer_id
        FROM \(activity(among: company)) AS topics
        JOIN users AS authors ON authors.id = topics.author_id
        JOIN users AS others ON others.id = topics.last_by
        LEFT JOIN replies AS answers ON answers.topic_id = topics.id AND answers.helped_at IS NOT NULL
            AND \(isWritten(by: company, "answers"))
        """
    }

    /// The topics; those of a company with what its own people alone replied, which is counted when it is asked for:
    /// the counts that are kept are of everybody.
    static func activity(among company: ID<Company>?) -> SQL {
        guard let company else { return "topics" }
        let isCounted: SQL =
            "replies.topic_id = topics.id AND replies.hidden_at IS NULL AND \(isWritten(by: company))"
        return """
            (SELECT topics.id, topics.company_id, topics.author_id, topics.title, topics.title_folded,
                topics.created_at, topics.edited_at, (SELECT count(*) FROM replies WHERE \(isCounted)) AS replies,
                coalesce(lasts.created_at, topics.created_at) AS last_at,
                coalesce(lasts.author_id, topics.author_id) AS last_by,
                topics.closed_at, topics.closed_by, topics.hidden_at, topics.hidden_by, topics.body
            FROM topics
            LEFT JOIN replies AS lasts ON lasts.id = (
                SELECT replies.id FROM replies WHERE \(isCounted) ORDER BY replies.created_at DESC LIMIT 1)
            WHERE topics.company_id = \(company))
            """
    }

    func topic(_ row: Row) -> Topic {
        Topic(
            id: row.id("id"), company: row.id("company_id"), author: row.id("author_id"),
            authorName: row["author_name"], title: row["title"], body: row["body"],
            createdAt: row.moment("created_at"), editedAt: row.momentIfAny("edited_at"),
            closed: row.ruling("closed"), hidden: row.ruling("hidden"),
            activity: Topic.Activity(
                replies: row["replies"], lastAt: row.moment("last_at"), lastBy: row.id("last_by"),
                lastByName: row["last_by_name"], answer: (row["answer_id"] as Int64?).map(ID.init(rawValue:))))
    }

    /// The topics that a reader may know of: hidden ones are their author's and moderators'.
    static func isSeen(by reader: Discussions.Reader) -> SQL {
        var conditions: [SQL] = ["topics.hidden_at IS NULL"]
        if let person = reader.person { conditions.append("topics.author_id = \(person)") }
        if let moderated = reader.moderated { conditions.append("topics.company_id = \(moderated)") }
        let open: SQL = "(\(conditions.joined(separator: " OR ")))"
        return reader.only.map { "topics.company_id = \($0) AND \(open)" } ?? open
    }

    private static func filter(_ query: TopicQuery) -> SQL {
        var conditions = [isSeen(by: query.reader)]
        switch query.state {
        case .all: break
        case .open: conditions.append("closed_at IS NULL")
        case .closed: conditions.append("closed_at IS NOT NULL")
        case .answered:
            let isSeen = isWritten(by: query.reader.only)
            conditions.append("id IN (SELECT topic_id FROM replies WHERE helped_at IS NOT NULL AND \(isSeen))")
        case .mine: conditions.append("author_id = \(query.reader.person)")
        case .followed:
            conditions.append("id IN (SELECT topic_id FROM topic_followers WHERE user_id = \(query.reader.person))")
        }
        let text = query.foldedText
        if !text.isEmpty { conditions.append("instr(title_folded, \(text)) > 0") }
        return conditions.joined(separator: " AND ")
    }

    private static func start(_ query: TopicQuery) -> SQL {
        guard case .after(let cursor) = query.start else { return "TRUE" }
        return "(last_at, id) < (\(cursor.lastAt), \(cursor.id))"
    }
}

extension TopicQuery {
    fileprivate var offset: Int {
        if case .offset(let count) = start { max(count, 0) } else { 0 }
    }
}

extension TopicQuery.Cursor {
    fileprivate init(_ topic: Topic) {
        self.init(lastAt: topic.activity.lastAt, id: topic.id)
    }
}

extension Row {
    /// When and by whom something was decided, from the columns `…_at` and `…_by`.
    func ruling(_ what: String) -> Discussions.Ruling? {
        momentIfAny(what + "_at").map {
            Discussions.Ruling(by: (self[what + "_by"] as Int64?).map(ID.init(rawValue:)), at: $0)
        }
    }
}
