extension Schema {
    /// Discussions: topics, replies, and who follows what.
    static let v4 = """
        -- Bodies stand last, so that what is before them is read without them.
        --
        -- The counts and the last activity are of what is not hidden. A ruling without a person is the operator's.
        CREATE TABLE topics (
            id INTEGER PRIMARY KEY,
            company_id INTEGER NOT NULL REFERENCES companies (id),
            author_id INTEGER NOT NULL REFERENCES users (id),
            title TEXT NOT NULL CONSTRAINT title_length CHECK (length(title) BETWEEN 3 AND 150),
            title_folded TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            edited_at INTEGER,
            replies INTEGER NOT NULL CONSTRAINT replies_are_counted CHECK (replies >= 0),
            last_at INTEGER NOT NULL,
            last_by INTEGER NOT NULL REFERENCES users (id),
            closed_at INTEGER,
            closed_by INTEGER REFERENCES users (id),
            hidden_at INTEGER,
            hidden_by INTEGER REFERENCES users (id),
            body TEXT NOT NULL CONSTRAINT topic_body_length CHECK (length(body) BETWEEN 1 AND 10000),
            CONSTRAINT closed_by_somebody_at_some_time CHECK (closed_by IS NULL OR closed_at IS NOT NULL),
            CONSTRAINT topic_hidden_by_somebody_at_some_time CHECK (hidden_by IS NULL OR hidden_at IS NOT NULL)
        ) STRICT;
        -- With all that the list counts and filters by, but titles.
        CREATE INDEX topics_by_activity ON topics (last_at, id, company_id, author_id, hidden_at, closed_at);
        CREATE INDEX topics_of_company ON topics (company_id, last_at, id, author_id, hidden_at, closed_at);
        CREATE INDEX topics_of_author ON topics (author_id, created_at);

        -- Each reply of a topic has a moment of its own, so that what was seen up to a moment leaves nothing out.
        CREATE TABLE replies (
            id INTEGER PRIMARY KEY,
            topic_id INTEGER NOT NULL REFERENCES topics (id),
            author_id INTEGER NOT NULL REFERENCES users (id),
            created_at INTEGER NOT NULL,
            edited_at INTEGER,
            helped_at INTEGER,
            hidden_at INTEGER,
            hidden_by INTEGER REFERENCES users (id),
            body TEXT NOT NULL CONSTRAINT reply_body_length CHECK (length(body) BETWEEN 1 AND 10000),
            CONSTRAINT reply_hidden_by_somebody_at_some_time CHECK (hidden_by IS NULL OR hidden_at IS NOT NULL),
            CONSTRAINT hidden_reply_is_no_answer CHECK (helped_at IS NULL OR hidden_at IS NULL)
        ) STRICT;
        CREATE UNIQUE INDEX replies_of_topic ON replies (topic_id, created_at);
        CREATE UNIQUE INDEX answer_of_topic ON replies (topic_id) WHERE helped_at IS NOT NULL;
        CREATE INDEX replies_of_author ON replies (author_id, created_at);

        CREATE TABLE topic_followers (
            user_id INTEGER NOT NULL REFERENCES users (id),
            topic_id INTEGER NOT NULL REFERENCES topics (id),
            seen_at INTEGER NOT NULL,
            PRIMARY KEY (user_id, topic_id)
        ) STRICT, WITHOUT ROWID;
        """
}
