/// What is to change about a topic; what is `nil` stays.
package struct TopicChange: Sendable {
    package enum Answer: Hashable, Sendable {
        case reply(ID<Reply>)
        /// This one has not helped after all.
        case not(ID<Reply>)
        /// No reply has helped after all, whichever was marked.
        case none
    }

    package var title: String?
    package var body: String?
    package var isClosed: Bool?
    package var isHidden: Bool?
    package var answer: Answer?
    package var isFollowed: Bool?

    package init(
        title: String? = nil, body: String? = nil, isClosed: Bool? = nil, isHidden: Bool? = nil,
        answer: Answer? = nil, isFollowed: Bool? = nil
    ) {
        self.title = title
        self.body = body
        self.isClosed = isClosed
        self.isHidden = isHidden
        self.answer = answer
        self.isFollowed = isFollowed
    }
}

/// What is to change about a reply; what is `nil` stays.
package struct ReplyChange: Sendable {
    package var body: String?
    package var isHidden: Bool?

    package init(body: String? = nil, isHidden: Bool? = nil) {
        self.body = body
        self.isHidden = isHidden
    }
}

extension Registry {
    /// Changes a topic: its author the words, the author and moderators whether it is closed, hidden and answered, and
    /// everybody whether they follow it. A change that finds things as it wants them is none.
    ///
    /// - Throws: `not_found`, `not_signed_in`; what `TopicText` throws; `missing_permission` for what the caller may
    ///   not do; `moderated` for what only a moderator may undo; `topic_closed` and `rate_limited` for words;
    ///   `reply_unknown`; `answer_changed` where another reply is marked than the one whose mark is to go.
    package func changeTopic(
        _ id: ID<Topic>, _ change: TopicChange, by caller: Caller
    ) async throws(Refusal) -> TopicThread {
        _ = try writer(caller)
        if change.title != nil || change.body != nil { try countEdit(by: caller) }
        var change = change
        var checks = FieldChecks()
        change.title = change.title.flatMap { title in
            checks.check { () throws(Refusal) in try TopicText.title(title) }
        }
        change.body = change.body.flatMap { body in
            checks.check { () throws(Refusal) in try TopicText.body(body, reading: prose) }
        }
        try checks.finish()
        return try await write(by: caller) { [self, change] transaction, caller throws(StoreError) in
            let reader = try refusing { () throws(Refusal) in try writer(caller) }
            let before = try transaction.topic(id, for: reader)
            var changing = TopicChanging(before, reader: reader, caller: caller)
            try refusing { () throws(Refusal) in try changing.apply(change) }
            try changing.write(to: transaction, change)
            return try transaction.thread(try transaction.topic(id, for: reader), for: reader)
        }
    }

    /// Changes a reply: its author the words, the author and moderators whether it is hidden. One that is hidden is no
    /// answer any more.
    ///
    /// - Throws: as `changeTopic`.
    package func changeReply(
        _ id: ID<Reply>, _ change: ReplyChange, by caller: Caller
    ) async throws(Refusal) -> ShownReply {
        _ = try writer(caller)
        if change.body != nil { try countEdit(by: caller) }
        var change = change
        change.body = try change.body.map { (body) throws(Refusal) in try TopicText.body(body, reading: prose) }
        return try await write(by: caller) { [self, change] transaction, caller throws(StoreError) in
            let reader = try refusing { () throws(Refusal) in try writer(caller) }
            guard let before = try transaction.reply(id), reader.sees(before) else { throw .refused(.notFound) }
            let topic = try transaction.topic(before.topic, for: reader)
            let after = try refusing { () throws(Refusal) in
                try before.changed(change, in: topic, by: caller, reader)
            }
            if after != before { try transaction.write(after, of: topic, at: caller.occasion.at) }
            if before.hidden != after.hidden {
                try transaction.append(AuditEvent(after.hidden == nil ? .replyShown : .replyHidden, id, by: caller))
            }
            return reader.shown(after, of: try transaction.topic(before.topic, for: reader))
        }
    }
}

extension Registry {
    /// Before what is written is looked at: an edit that comes to nothing took as much work.
    private func countEdit(by caller: Caller) throws(Refusal) {
        let (person, now) = (caller.account.user.id, caller.occasion.at)
        try edits.withLock { edits throws(Refusal) in try edits.count(by: person, at: now) }
    }
}

/// A change of a topic under way: what it becomes, and what the log says of it.
private struct TopicChanging {
    private let before: Topic
    private var after: Topic
    private let reader: Discussions.Reader
    private let caller: Caller

    init(_ topic: Topic, reader: Discussions.Reader, caller: Caller) {
        (before, after) = (topic, topic)
        self.reader = reader
        self.caller = caller
    }

    private var rights: TopicRights { reader.rights(over: after) }

    /// Reopens first and closes last, so that one change may do so and edit.
    mutating func apply(_ change: TopicChange) throws(Refusal) {
        if change.isClosed == false, let closed = after.closed {
            try closed.require(rights.mayReopen, author: after.author, reader)
            after.closed = nil
        }
        try edit(title: change.title ?? after.title, body: change.body ?? after.body)
        if change.answer != nil, !rights.mayAnswer { throw .mayNot }
        if let isHidden = change.isHidden { try setHidden(isHidden) }
        if change.isClosed == true { try close() }
    }

    private mutating func close() throws(Refusal) {
        if after.closed == nil {
            if !rights.mayClose { throw .mayNot }
        } else if !reader.mayTakeOver(after.closed, author: after.author, of: after.company) {
            return
        }
        after.closed = Discussions.Ruling(by: caller.actor, at: caller.occasion.at)
    }

    private mutating func edit(title: String, body: String) throws(Refusal) {
        guard (title, body) != (after.title, after.body) else { return }
        if !reader.isAuthor(after.author) { throw .mayNot }
        if !rights.mayEdit { throw Refusal(.conflict, .topicClosed) }
        (after.title, after.body) = (title, body)
        after.editedAt = caller.occasion.at
    }

    private mutating func setHidden(_ isHidden: Bool) throws(Refusal) {
        switch (isHidden, after.hidden) {
        case (true, let hidden) where hidden == nil || rights.mayHide:
            if !rights.mayHide { throw .mayNot }
            after.hidden = Discussions.Ruling(by: caller.actor, at: caller.occasion.at)
        case (false, let hidden?):
            try hidden.require(rights.mayShow, author: after.author, reader)
            after.hidden = nil
        default: break
        }
    }

    func write(to transaction: any WriteTransaction, _ change: TopicChange) throws(StoreError) {
        if after != before { try transaction.update(after) }
        if let answer = change.answer { try write(answer, to: transaction) }
        switch change.isFollowed {
        case true?: try transaction.follow(after.id, by: caller.account.user.id, seen: after.activity.lastAt)
        case false?: try transaction.unfollow(after.id, by: caller.account.user.id)
        case nil: break
        }
        try transaction.append(events)
    }

    private func write(_ answer: TopicChange.Answer, to transaction: any WriteTransaction) throws(StoreError) {
        if case .not(let id) = answer {
            guard let marked = after.activity.answer else { return }
            if marked != id { throw .refused(Refusal(.conflict, .answerChanged)) }
        }
        guard case .reply(let id) = answer else {
            return try transaction.setAnswer(nil, to: after.id, at: caller.occasion.at)
        }
        guard let reply = try transaction.reply(id, to: after, for: reader), reply.hidden == nil else {
            throw .refused(.field("answer_id", .replyUnknown))
        }
        try transaction.setAnswer(id, to: after.id, at: caller.occasion.at)
    }

    private var events: [AuditEvent] {
        var actions: [AuditEvent.Action] = []
        if before.closed != after.closed {
            actions.append(after.closed == nil ? .topicReopened : .topicClosed)
        }
        if before.hidden != after.hidden {
            actions.append(after.hidden == nil ? .topicShown : .topicHidden)
        }
        return actions.map { AuditEvent($0, after.id, by: caller) }
    }
}

extension Reply {
    fileprivate func changed(
        _ change: ReplyChange, in topic: Topic, by caller: Caller, _ reader: Discussions.Reader
    ) throws(Refusal) -> Reply {
        let rights = reader.rights(over: self, of: topic)
        var reply = self
        if let body = change.body, body != self.body {
            if !reader.isAuthor(author) { throw .mayNot }
            if !rights.mayEdit { throw Refusal(.conflict, .topicClosed) }
            (reply.body, reply.editedAt) = (body, caller.occasion.at)
        }
        switch (change.isHidden, hidden) {
        case (true?, let hidden) where hidden == nil || rights.mayHide:
            if !rights.mayHide { throw .mayNot }
            reply.hidden = Discussions.Ruling(by: caller.actor, at: caller.occasion.at)
        case (false?, let hidden?):
            try hidden.require(rights.mayShow, author: author, reader)
            reply.hidden = nil
        default: break
        }
        return reply
    }
}

extension Discussions.Ruling {
    /// - Throws: `moderated` to the author, whose own undoing a moderator stands against; `missing_permission`.
    fileprivate func require(
        _ mayUndo: Bool, author: ID<User>, _ reader: Discussions.Reader
    ) throws(Refusal) {
        if mayUndo { return }
        throw reader.isAuthor(author) ? Refusal(.forbidden, .moderated) : .mayNot
    }
}

extension Refusal {
    fileprivate static let mayNot = Refusal(.forbidden, .missingPermission)
}
