import KeyCore
import Testing

/// Discussions that were everybody's, and became each company's own: what others wrote meanwhile is as if it were not.
extension StoreConformance {
    static let narrowedDiscussions: [Guarantee] = [
        Guarantee(discussions: .signedIn, "narrowedTopicHoldsTheWordsOfItsOwnCompanyAlone") { forum in
            let topic = try await forum.ask(by: forum.ada)
            let foreign = try await forum.reply(to: topic, "Ours", by: forum.grace, seconds: 1)
            let own = try await forum.reply(to: topic, "One", by: forum.boris, seconds: 2)
            let last = try await forum.reply(to: topic, "Two", by: forum.ada, seconds: 3)
            let end = try await forum.reply(to: topic, "Ours too", by: forum.grace, seconds: 4)
            try await forum.change(topic, TopicChange(answer: .reply(foreign)), by: forum.ada)
            let narrow = forum.narrowed
            let thread = try await narrow.thread(topic, for: forum.ada)
            #expect(thread.replies.map(\.body) == ["One", "Two"] && thread.total == 2 && thread.answer == nil)
            let written = Topic.Activity(
                replies: 2, lastAt: Household.noon.advanced(by: .seconds(3)), lastBy: forum.ada.account.user.id,
                lastByName: forum.ada.account.user.name)
            #expect(thread.topic.topic.activity == written)
            #expect(try await narrow.titles(TopicQuery(state: .answered), for: forum.boris).isEmpty)
            #expect(try await narrow.place(of: last, in: topic) == 1)
            let page = try await narrow.registry.topic(topic, limit: 1, by: forum.ada.caller)
            #expect(page.replies.map(\.id) == [own] && page.next == own)
            let rest = try await narrow.registry.topic(topic, from: .after(own), limit: 1, by: forum.ada.caller)
            #expect(rest.replies.map(\.id) == [last] && rest.next == nil)
            let everything = try await forum.thread(topic, for: forum.ada)
            #expect(everything.replies.map(\.id) == [foreign, own, last, end], "nothing is lost")
        },
        Guarantee(discussions: .signedIn, "repliesOfOtherCompaniesAreNotFoundOnceEachHasItsOwn") { forum in
            let topic = try await forum.ask(by: forum.ada)
            let foreign = try await forum.reply(to: topic, "Ours", by: forum.grace)
            let narrow = forum.narrowed
            let (registry, ada, grace) = (narrow.registry, forum.ada.caller, forum.grace.caller)
            let attempts: [(Refusal.Code, () async throws -> Void)] = [
                (.notFound, { _ = try await registry.place(of: foreign, in: topic, by: ada) }),
                (.notFound, { try await narrow.change(foreign, ReplyChange(isHidden: true), by: forum.ada) }),
                (.notFound, { _ = try await registry.topic(topic, by: grace) }),
                (.notFound, { try await narrow.change(foreign, ReplyChange(isHidden: true), by: forum.grace) }),
                (.cursorInvalid, { _ = try await registry.topic(topic, from: .after(foreign), by: ada) }),
                (
                    .replyUnknown,
                    { try await narrow.change(topic, TopicChange(answer: .reply(foreign)), by: forum.ada) }
                ),
            ]
            for (number, (code, attempt)) in attempts.enumerated() {
                #expect(await refusal(attempt) == code, "attempt \(number)")
            }
        },
        Guarantee(discussions: .signedIn, "wordsOfOtherCompaniesAreNoNewsAndMoveNoTopicOnceEachHasItsOwn") { forum in
            let old = try await forum.ask("Old", by: forum.ada)
            try await forum.ask("New", by: forum.ada, seconds: 1)
            try await forum.reply(to: old, by: forum.grace, seconds: 2)
            let narrow = forum.narrowed
            #expect(try await forum.titles(for: forum.ada) == ["Old", "New"])
            #expect(try await narrow.titles(for: forum.ada) == ["New", "Old"])
            let first = try await narrow.registry.topics(TopicQuery(limit: 1), by: forum.ada.caller)
            let start = try #require(first.next)
            #expect(try await narrow.titles(TopicQuery(start: .after(start)), for: forum.ada) == ["Old"])
            #expect(try await narrow.unseen(by: forum.ada) == 0)
            #expect(try await narrow.news(for: forum.ada).isEmpty)
            #expect(try await narrow.thread(old, for: forum.ada).hasNews == false)
            let reply = try await narrow.reply(to: old, by: forum.boris, seconds: 3)
            let news = try await narrow.news(for: forum.ada)
            #expect(news.map(\.first) == [reply] && news.map(\.replies) == [1])
            #expect(news.map(\.topic.activity.replies) == [1])
            #expect(try await narrow.unseen(by: forum.ada) == 1)
            #expect(try await narrow.unseen(by: forum.grace) == 0)
            #expect(try await narrow.titles(for: forum.ada) == ["Old", "New"])
        },
        Guarantee(discussions: .signedIn, "auditLogNamesNoTopicOfAnotherCompanyOnceEachHasItsOwn") { forum in
            let topic = try await forum.ask("Grace's own", by: forum.grace)
            let reply = try await forum.reply(to: topic, by: forum.boris)
            try await forum.change(reply, ReplyChange(isHidden: true), by: forum.ada)
            for (registry, name) in [(forum.registry, "Grace's own"), (forum.narrowed.registry, nil)] {
                let log = AuditQuery(company: forum.ada.account.company.id)
                let names = try await registry.namedAuditLog(log, by: forum.ada.caller).names
                #expect(names[reply.description] == name)
            }
        },
        Guarantee(discussions: .signedIn, "auditLogNamesNoTopicThatAnotherCompanyHid") { forum in
            let topic = try await forum.ask("Grace's own", by: forum.grace)
            let reply = try await forum.reply(to: topic, by: forum.boris)
            try await forum.change(reply, ReplyChange(isHidden: true), by: forum.ada)
            for (isHidden, name) in [(true, nil), (false, "Grace's own")] {
                try await forum.change(topic, TopicChange(isHidden: isHidden), by: forum.grace)
                let log = AuditQuery(company: forum.ada.account.company.id)
                let names = try await forum.registry.namedAuditLog(log, by: forum.ada.caller).names
                #expect(names[reply.description] == name)
            }
        },
    ]
}

extension Forum {
    /// The same people and words, after the operator gave each company its own discussions.
    fileprivate var narrowed: Forum {
        var platform = registry.platform
        platform.discussions = .company
        let narrow = Registry.quick(on: store, platform: platform, propagation: SettledRevisions())
        return Forum(registry: narrow, store: store, ada: ada, boris: boris, grace: grace)
    }
}
