/// What the operator does at the command line with anybody's words. What they hid nobody else shows.
extension Registry {
    /// Hides a topic from all but its author and their moderators, or shows it again, whoever hid it.
    ///
    /// - Throws: `not_found`.
    package func setHidden(_ isHidden: Bool, topic id: ID<Topic>, on occasion: Occasion) async throws(Refusal) {
        try await write { transaction throws(StoreError) in
            guard var topic = try transaction.topic(id) else { throw .refused(.notFound) }
            topic.hidden = isHidden ? Discussions.Ruling(by: nil, at: occasion.at) : nil
            try transaction.update(topic)
            try transaction.append(
                AuditEvent(
                    isHidden ? .topicHidden : .topicShown, on: occasion, company: topic.company, actor: nil,
                    target: id.description))
        }
    }

    /// The same for a reply.
    ///
    /// - Throws: `not_found`.
    package func setHidden(_ isHidden: Bool, reply id: ID<Reply>, on occasion: Occasion) async throws(Refusal) {
        try await write { transaction throws(StoreError) in
            guard let before = try transaction.reply(id), let topic = try transaction.topic(before.topic) else {
                throw .refused(.notFound)
            }
            var after = before
            after.hidden = isHidden ? Discussions.Ruling(by: nil, at: occasion.at) : nil
            try transaction.write(after, of: topic, at: occasion.at)
            try transaction.append(
                AuditEvent(
                    isHidden ? .replyHidden : .replyShown, on: occasion, company: before.company, actor: nil,
                    target: id.description))
        }
    }
}

extension WriteTransaction {
    /// Writes a reply that was hidden, shown or edited. One that is hidden is no answer any more.
    func write(_ reply: Reply, of topic: Topic, at now: Timestamp) throws(StoreError) {
        if reply.hidden != nil, topic.activity.answer == reply.id { try setAnswer(nil, to: topic.id, at: now) }
        try update(reply)
        try recount(topic.id)
    }
}
