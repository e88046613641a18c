/// Asking and replying.
extension Registry {
    /// Asks a question, which its author follows from then on. The same one again within a minute is the first, sent
    /// twice.
    ///
    /// - Throws: `not_found` where there are no discussions; `not_signed_in` for a program; what `TopicText` throws;
    ///   `rate_limited`.
    package func ask(title: String, body: String, by caller: Caller) async throws(Refusal) -> ShownTopic {
        let reader = try writer(caller)
        var checks = FieldChecks()
        let title = checks.check { () throws(Refusal) in try TopicText.title(title) }
        let body = checks.check { () throws(Refusal) in try TopicText.body(body, reading: prose) }
        try checks.finish()
        guard let title, let body else { preconditionFailure("Each field was checked or its fault was thrown.") }
        let now = caller.occasion.at
        return try await write(by: caller) { transaction, caller throws(StoreError) in
            let user = caller.account.user
            let before = try transaction.lastTopics(of: user.id, limit: Discussions.Pace.asking.most)
            if let last = before.first, (last.title, last.body) == (title, body),
                now.since(last.createdAt) < Discussions.echo
            {
                return reader.shown(try transaction.topic(last.id, for: reader))
            }
            try refusing { () throws(Refusal) in
                try Discussions.Pace.asking.require(after: before.map(\.createdAt), at: now)
            }
            let topic = Topic(
                id: .random(), company: user.company, author: user.id, authorName: user.name, title: title,
                body: body, createdAt: now)
            try transaction.insert(topic)
            try transaction.follow(topic.id, by: user.id, seen: now)
            try transaction.append(AuditEvent(.topicCreated, topic.id, by: caller, after: title))
            return reader.shown(topic)
        }
    }

    /// Replies to a topic, which the author of the reply follows from then on. The same reply again within a minute is
    /// the first, sent twice.
    ///
    /// - Returns: the reply, and how many came before it.
    /// - Throws: `not_found`, `not_signed_in`; what `TopicText` throws; `topic_closed`; `rate_limited`.
    package func reply(
        to id: ID<Topic>, body: String, by caller: Caller
    ) async throws(Refusal) -> (reply: ShownReply, place: Int) {
        _ = try writer(caller)
        let body = try TopicText.body(body, reading: prose)
        return try await write(by: caller) { [self] transaction, caller throws(StoreError) in
            let reader = try refusing { () throws(Refusal) in try writer(caller) }
            let topic = try transaction.topic(id, for: reader)
            let reply = try Registry.reply(to: topic, body: body, by: caller, in: transaction)
            return (reader.shown(reply, of: topic), try transaction.place(of: reply.id, among: reader.only))
        }
    }

    private static func reply(
        to topic: Topic, body: String, by caller: Caller, in transaction: any WriteTransaction
    ) throws(StoreError) -> Reply {
        let (user, now) = (caller.account.user, caller.occasion.at)
        let before = try transaction.lastReplies(of: user.id, limit: Discussions.Pace.replying.most)
        if let last = before.first, last.topic == topic.id, last.body == body,
            now.since(last.createdAt) < Discussions.echo
        {
            return last
        }
        guard topic.closed == nil else { throw .refused(Refusal(.conflict, .topicClosed)) }
        try refusing { () throws(Refusal) in
            try Discussions.Pace.replying.require(after: before.map(\.createdAt), at: now)
        }
        // After all that was said before, whatever the clocks of the nodes and the order of the commits: what somebody
        // has seen up to a moment leaves nothing out.
        let last = try transaction.lastReply(to: topic.id) ?? topic.createdAt
        let reply = Reply(
            id: .random(), topic: topic.id, author: user.id, company: user.company, authorName: user.name,
            body: body, createdAt: max(now, last.advanced(by: .milliseconds(1))))
        try transaction.insert(reply)
        try transaction.recount(topic.id)
        try transaction.follow(topic.id, by: user.id, seen: reply.createdAt)
        return reply
    }
}
