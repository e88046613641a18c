/// What is new in the topics that somebody follows.
extension Registry {
    /// The followed topics to which others have replied since they were seen, the latest first.
    ///
    /// - Throws: `not_found` where there are no discussions; `not_signed_in` for a program.
    package func notifications(by caller: Caller) async throws(Refusal) -> [TopicNews] {
        let reader = try writer(caller)
        return try await read { transaction throws(StoreError) in
            try transaction.news(for: reader, limit: Discussions.maximumNews)
        }
    }

    /// How many those topics are, at most `Discussions.maximumNews`; none where there are no discussions, so that
    /// every page can ask.
    package func unseenCount(of caller: Caller) async throws(Refusal) -> Int {
        if platform.discussions == .off { return 0 }
        let reader = try writer(caller)
        return try await read { transaction throws(StoreError) in
            try transaction.newsCount(for: reader, limit: Discussions.maximumNews)
        }
    }

    /// What was said in a topic up to a moment was seen; nothing for those who do not follow it.
    ///
    /// - Parameter moment: the `lastAt` of the topic as it was shown, so that what was said since stays new.
    package func markSeen(_ id: ID<Topic>, upTo moment: Timestamp, by caller: Caller) async throws(Refusal) {
        _ = try writer(caller)
        try await write(by: caller) { transaction, caller throws(StoreError) in
            try transaction.setSeen(id, by: caller.account.user.id, upTo: moment)
        }
    }

    /// What was said in all the topics that somebody follows was seen.
    ///
    /// - Parameter moment: the latest that was shown, so that what was said since stays new; `nil` for all there is.
    package func markAllSeen(upTo moment: Timestamp? = nil, by caller: Caller) async throws(Refusal) {
        _ = try writer(caller)
        try await write(by: caller) { transaction, caller throws(StoreError) in
            try transaction.setAllSeen(by: caller.account.user.id, upTo: moment ?? .max)
        }
    }
}
