/// Reading the discussions. For persons only: a program has nothing to discuss.
extension Registry {
    /// A page of topics.
    ///
    /// - Parameter caller: `nil` for a stranger, who reads where the platform's discussions are public.
    /// - Throws: `not_found` where there are no discussions; `not_signed_in` for a program, and for a stranger who may
    ///   not read.
    package func topics(
        _ query: TopicQuery, by caller: Caller?
    ) async throws(Refusal) -> (topics: [ShownTopic], total: Int, next: TopicQuery.Cursor?) {
        let reader = try reader(caller)
        var query = query
        query.reader = reader
        let found = try await read { [query] transaction throws(StoreError) in try transaction.topics(query) }
        return (found.topics.map(reader.shown), found.total, found.next)
    }

    /// A topic with a page of its replies.
    ///
    /// - Throws: as `topics`; `not_found` also for a topic that is hidden from the caller.
    package func topic(
        _ id: ID<Topic>, from start: PageStart<ID<Reply>> = .offset(0), limit: Int = Discussions.pageSize,
        by caller: Caller?
    ) async throws(Refusal) -> TopicThread {
        let reader = try reader(caller)
        let limit = PageLimit.nearest(to: limit)
        return try await read { transaction throws(StoreError) in
            let topic = try transaction.topic(id, for: reader)
            if case .after(let last) = start, try transaction.reply(last, to: topic, for: reader) == nil {
                throw .refused(.field("cursor", .cursorInvalid))
            }
            return try transaction.thread(topic, from: start, limit: limit, for: reader)
        }
    }

    /// How many replies of its topic came before one, so that the page can be found on which it stands.
    ///
    /// - Throws: as `topic`.
    package func place(of reply: ID<Reply>, in topic: ID<Topic>, by caller: Caller?) async throws(Refusal) -> Int {
        let reader = try reader(caller)
        return try await read { transaction throws(StoreError) in
            let topic = try transaction.topic(topic, for: reader)
            guard let reply = try transaction.reply(reply, to: topic, for: reader) else { throw .refused(.notFound) }
            return try transaction.place(of: reply.id, among: reader.only)
        }
    }
}

extension Registry {
    /// Who looks; a stranger only where the discussions are public.
    func reader(_ caller: Caller?) throws(Refusal) -> Discussions.Reader {
        guard platform.discussions != .off else { throw .notFound }
        guard let caller else {
            guard platform.discussions == .public else { throw .notSignedIn }
            return Discussions.Reader()
        }
        return try writer(caller)
    }

    /// Who writes. People of a company are moderated by those who may block its people.
    ///
    /// - Throws: `not_found` where there are no discussions; `not_signed_in` for a program.
    func writer(_ caller: Caller) throws(Refusal) -> Discussions.Reader {
        guard platform.discussions != .off else { throw .notFound }
        _ = try caller.requireSession()
        let company = caller.account.company.id
        return Discussions.Reader(
            person: caller.account.user.id, only: platform.discussions == .company ? company : nil,
            moderated: caller.permissions.contains(platform.right(.users, .update)) ? company : nil)
    }
}

extension ReadTransaction {
    /// - Throws: `not_found` for one that is hidden from the reader too.
    func topic(_ id: ID<Topic>, for reader: Discussions.Reader) throws(StoreError) -> Topic {
        guard let topic = try topic(id, among: reader.only), reader.sees(topic) else { throw .refused(.notFound) }
        return topic
    }

    /// A topic with what everybody did with it.
    func topic(_ id: ID<Topic>) throws(StoreError) -> Topic? { try topic(id, among: nil) }

    /// - Returns: `nil` also for one of another topic, or of somebody whose words are not there for the reader.
    func reply(_ id: ID<Reply>, to topic: Topic, for reader: Discussions.Reader) throws(StoreError) -> Reply? {
        try reply(id).flatMap { $0.topic == topic.id && reader.sees($0) ? $0 : nil }
    }

    func thread(
        _ topic: Topic, from start: PageStart<ID<Reply>> = .offset(0), limit: Int = Discussions.pageSize,
        for reader: Discussions.Reader
    ) throws(StoreError) -> TopicThread {
        let found = try replies(to: topic.id, from: start, limit: limit, among: reader.only)
        let answer = try topic.activity.answer.flatMap { (id) throws(StoreError) in try reply(id) }
        let seen = try reader.person.flatMap { (user) throws(StoreError) in try self.seen(topic.id, by: user) }
        return TopicThread(
            topic: reader.shown(topic), replies: found.replies.map { reader.shown($0, of: topic) },
            total: found.total, next: found.next, answer: answer.map { reader.shown($0, of: topic) },
            isFollowed: seen != nil, hasNews: seen.map { $0 < topic.activity.lastAt } ?? false)
    }
}
