import KeyCore
import Testing

/// The lists, what is new, and floods.
extension StoreConformance {
    static let discussions: [Guarantee] = [
        Guarantee(discussions: .signedIn, "topicIsReadAsItWasWritten") { forum in
            let id = try await forum.ask(by: forum.boris, seconds: 5)
            let topic = try await forum.thread(id, for: forum.grace).topic.topic
            let boris = forum.boris.account.user
            let written = Topic(
                id: id, company: boris.company, author: boris.id, authorName: boris.name,
                title: "How do I rotate a key?", body: "I have **one** key.",
                createdAt: Household.noon.advanced(by: .seconds(5)))
            #expect(topic == written)
        },
        Guarantee(discussions: .signedIn, "latestActivityComesFirstAndHidingTakesItBack") { forum in
            let first = try await forum.ask("First", by: forum.ada)
            try await forum.ask("Second", by: forum.ada, seconds: 1)
            #expect(try await forum.titles(for: forum.grace) == ["Second", "First"])
            let reply = try await forum.reply(to: first, by: forum.boris, seconds: 2)
            #expect(try await forum.titles(for: forum.grace) == ["First", "Second"])
            try await forum.change(reply, ReplyChange(isHidden: true), by: forum.boris)
            #expect(try await forum.titles(for: forum.grace) == ["Second", "First"])
        },
        Guarantee(discussions: .signedIn, "pagesOfTopicsHoldEachOnceBothByNumberAndByCursor") { forum in
            for number in 0..<5 { try await forum.ask("Topic \(number)", by: forum.ada, seconds: number / 2) }
            for who in [forum.ada, forum.grace] {
                let all = try await forum.titles(for: who)
                #expect(Set(all).count == 5)
                var (seen, start): ([String], TopicQuery.Start?) = ([], .offset(0))
                while let here = start {
                    let page = try await forum.registry.topics(TopicQuery(limit: 2, start: here), by: who.caller)
                    #expect(page.total == 5)
                    seen += page.topics.map(\.topic.title)
                    start = page.next.map(PageStart.after)
                }
                #expect(seen == all)
                let numbered = [0, 2, 4].map { TopicQuery(limit: 2, start: .offset($0)) }
                var again: [String] = []
                for query in numbered { again += try await forum.titles(query, for: who) }
                #expect(again == all)
            }
        },
        Guarantee(discussions: .signedIn, "topicsAreFoundByStateAndByTitleInAnyCase") { forum in
            let closed = try await forum.ask("Вопрос о КЛЮЧЕ", by: forum.boris)
            let followed = try await forum.ask("50% off_or on?", by: forum.grace, seconds: 1)
            try await forum.change(closed, TopicChange(isClosed: true), by: forum.boris)
            try await forum.change(followed, TopicChange(isFollowed: true), by: forum.boris)
            let wanted: [(TopicQuery, [String])] = [
                (TopicQuery(state: .open), ["50% off_or on?"]), (TopicQuery(state: .closed), ["Вопрос о КЛЮЧЕ"]),
                (TopicQuery(state: .mine), ["Вопрос о КЛЮЧЕ"]),
                (TopicQuery(state: .followed), ["50% off_or on?", "Вопрос о КЛЮЧЕ"]),
                (TopicQuery(text: " ключ "), ["Вопрос о КЛЮЧЕ"]), (TopicQuery(text: "%"), ["50% off_or on?"]),
                (TopicQuery(state: .mine, text: "off"), []), (TopicQuery(text: "\0"), []),
            ]
            for (query, titles) in wanted {
                #expect(try await forum.titles(query, for: forum.boris) == titles, "\(query.state) \(query.text)")
            }
        },
        Guarantee(discussions: .signedIn, "repliesOfOneMomentKeepTheOrderOfTheirCommits") { forum in
            let topic = try await forum.ask(by: forum.ada)
            var ids: [ID<Reply>] = []
            // The last ones come by a clock that is behind.
            for (number, seconds) in [5, 5, 5, 0, 0].enumerated() {
                ids.append(try await forum.reply(to: topic, "\(number)", by: forum.boris, seconds: seconds))
            }
            let registry = forum.registry
            let first = try await registry.topic(topic, limit: 2, by: forum.ada.caller)
            #expect(first.replies.map(\.id) == Array(ids[..<2]) && first.total == 5 && first.next == ids[1])
            let rest = try await registry.topic(topic, from: .after(ids[1]), by: forum.ada.caller)
            #expect(rest.replies.map(\.id) == Array(ids[2...]) && rest.next == nil)
            let last = try await registry.topic(topic, from: .offset(4), limit: 2, by: forum.ada.caller)
            #expect(last.replies.map(\.id) == [ids[4]])
            #expect(try await forum.place(of: ids[3], in: topic) == 3)
        },
        Guarantee(discussions: .signedIn, "newsAreRepliesOfOthersSinceTheTopicWasSeen") { forum in
            let topic = try await forum.ask(by: forum.ada)
            let registry = forum.registry
            #expect(try await forum.unseen(by: forum.ada) == 0)
            let replies = [
                try await forum.reply(to: topic, "One", by: forum.boris),
                try await forum.reply(to: topic, "Two", by: forum.grace),
            ]
            let news = try await registry.notifications(by: forum.ada.caller)
            #expect(news.map(\.replies) == [2] && news.map(\.first) == [replies[0]])
            #expect(try await forum.news(for: forum.boris).map(\.first) == [replies[1]])
            #expect(try await forum.unseen(by: forum.grace) == 0, "her own reply is no news")
            let thread = try await forum.thread(topic, for: forum.ada)
            #expect(thread.isFollowed && thread.hasNews)
            try await registry.markSeen(topic, upTo: thread.topic.topic.activity.lastAt, by: forum.ada.caller)
            #expect(try await forum.unseen(by: forum.ada) == 0)
            try await forum.reply(to: topic, "Three, at the same moment", by: forum.grace)
            #expect(try await forum.unseen(by: forum.ada) == 1)
            try await registry.markAllSeen(by: forum.ada.caller)
            #expect(try await forum.unseen(by: forum.ada) == 0)
            #expect(try await forum.unseen(by: forum.boris) == 1, "only hers were seen")
            try await forum.change(topic, TopicChange(isFollowed: false), by: forum.boris)
            #expect(try await forum.unseen(by: forum.boris) == 0)
        },
        Guarantee(discussions: .signedIn, "whatCameAfterTheNewsWereShownStaysNew") { forum in
            let topics = [try await forum.ask(by: forum.ada), try await forum.ask("Else?", by: forum.ada)]
            for topic in topics { try await forum.reply(to: topic, "Shown", by: forum.boris, seconds: 5) }
            let shown = try await forum.news(for: forum.ada).map(\.topic.activity.lastAt).max()
            let since = try await forum.reply(to: topics[0], "Since then", by: forum.grace, seconds: 9)
            try await forum.registry.markAllSeen(upTo: shown, by: forum.ada.caller)
            let news = try await forum.news(for: forum.ada)
            #expect(news.map(\.first) == [since] && news.map(\.replies) == [1])
            try await forum.registry.markAllSeen(upTo: Household.noon, by: forum.ada.caller)
            #expect(try await forum.news(for: forum.ada) == news, "a moment that is over takes nothing back")
            let future = Timestamp(milliseconds: .max)
            try await forum.registry.markAllSeen(upTo: future, by: forum.ada.caller)
            #expect(try await forum.unseen(by: forum.ada) == 0)
            try await forum.reply(to: topics[1], "Later", by: forum.grace, seconds: 12)
            #expect(try await forum.unseen(by: forum.ada) == 1, "nobody has seen what is yet to come")
        },
        Guarantee(discussions: .signedIn, "hiddenWordsAreNoNews") { forum in
            let (kept, gone) = (try await forum.ask(by: forum.ada), try await forum.ask("Else?", by: forum.grace))
            try await forum.change(gone, TopicChange(isFollowed: true), by: forum.ada)
            let reply = try await forum.reply(to: kept, by: forum.grace)
            try await forum.reply(to: gone, by: forum.boris)
            #expect(try await forum.unseen(by: forum.ada) == 2)
            try await forum.change(reply, ReplyChange(isHidden: true), by: forum.grace)
            try await forum.change(gone, TopicChange(isHidden: true), by: forum.grace)
            #expect(try await forum.unseen(by: forum.ada) == 0)
        },
        Guarantee(discussions: .signedIn, "floodsAreHeldUpUntilTheFirstOfThemIsOldEnough") { forum in
            for number in 0..<5 { try await forum.ask("Topic \(number)", by: forum.ada, seconds: number) }
            #expect(await wait { try await forum.ask("Sixth", by: forum.ada, seconds: 3_000) } == .seconds(600))
            try await forum.ask("Another's", by: forum.boris, seconds: 3_000)
            let topic = try await forum.ask("Sixth", by: forum.ada, seconds: 3_600)
            for number in 0..<10 { try await forum.reply(to: topic, "\(number)", by: forum.boris, seconds: 4_000) }
            let minute = await wait { try await forum.reply(to: topic, "11", by: forum.boris, seconds: 4_020) }
            #expect(minute.map { (.seconds(39)...(.seconds(40))).contains($0) } == true)
            for number in 0..<20 {
                try await forum.reply(to: topic, "\(number)", by: forum.boris, seconds: 4_100 + number * 10)
            }
            let hour = await wait { try await forum.reply(to: topic, "31", by: forum.boris, seconds: 4_400) }
            #expect(hour.map { (.seconds(3_199)...(.seconds(3_201))).contains($0) } == true)
            try await forum.reply(to: topic, "31", by: forum.boris, seconds: 7_601)
        },
        Guarantee(discussions: .signedIn, "floodsOfEditsAreHeldUpWhateverIsEditedAndDecisionsAreNot") { forum in
            let topic = try await forum.ask(by: forum.boris)
            let reply = try await forum.reply(to: topic, by: forum.boris)
            let registry = forum.registry
            @Sendable func edit(_ words: String, at seconds: Int, by who: SignIn) async throws {
                _ = try await registry.changeReply(reply, ReplyChange(body: words), by: who.caller(after: seconds))
            }
            for second in 0..<29 { try await edit("\(second)", at: second, by: forum.boris) }
            let title = TopicChange(title: "Another title")
            _ = try await registry.changeTopic(topic, title, by: forum.boris.caller(after: 29))
            #expect(await wait { try await edit("More", at: 120, by: forum.boris) } == .seconds(480))
            let body = TopicChange(body: "More")
            let again = await wait {
                try await registry.changeTopic(topic, body, by: forum.boris.caller(after: 600)).topic.isOwn
            }
            #expect(again == nil, "the first of them is ten minutes old")
            #expect(await wait { try await edit("More", at: 600, by: forum.boris) } == .seconds(1))
            let another = await refusal { try await edit("Mine", at: 600, by: forum.ada) }
            #expect(another == .missingPermission, "another's pace is their own")
            try await forum.change(topic, TopicChange(isClosed: true, isHidden: true), by: forum.boris)
            #expect(try await forum.thread(topic, for: forum.boris).replies.map(\.body) == ["28"])
        },
    ]
}

/// How long somebody who writes too often is told to wait.
private func wait(_ body: () async throws -> some Sendable) async -> Duration? {
    do {
        _ = try await body()
        return nil
    } catch {
        guard let refusal = error as? Refusal, refusal.code == .rateLimited, case .later(let wait) = refusal.kind
        else { return nil }
        return wait
    }
}
