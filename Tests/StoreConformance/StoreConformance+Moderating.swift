import KeyCore
import Testing

/// Hiding, closing, editing, marking the answer: each has its people.
extension StoreConformance {
    static let moderating: [Guarantee] = [
        Guarantee(discussions: .signedIn, "administratorsModerateTheirOwnPeopleAndNobodyElses") { forum in
            let topic = try await forum.ask(by: forum.boris)
            let reply = try await forum.reply(to: topic, by: forum.boris)
            let foreign = try await forum.reply(to: topic, "Ours", by: forum.grace)
            let attempts: [(SignIn, TopicChange)] = [
                (forum.grace, TopicChange(isHidden: true)), (forum.grace, TopicChange(isClosed: true)),
                (forum.grace, TopicChange(answer: .reply(foreign))), (forum.grace, TopicChange(title: "Mine now")),
                (forum.ada, TopicChange(title: "Mine now")), (forum.ada, TopicChange(body: "Mine now")),
            ]
            for (number, (who, change)) in attempts.enumerated() {
                let code = await refusal { try await forum.change(topic, change, by: who) }
                #expect(code == .missingPermission, "attempt \(number)")
            }
            for (who, id) in [(forum.grace, reply), (forum.ada, foreign), (forum.boris, foreign)] {
                let hidden = await refusal { try await forum.change(id, ReplyChange(isHidden: true), by: who) }
                let edited = await refusal { try await forum.change(id, ReplyChange(body: "Mine now"), by: who) }
                #expect((hidden, edited) == (.missingPermission, .missingPermission))
            }
            try await forum.change(reply, ReplyChange(isHidden: true), by: forum.ada)
            try await forum.change(topic, TopicChange(isClosed: true, isHidden: true), by: forum.ada)
            let log = try await forum.store.actions(forum.ada).prefix(3)
            #expect(Set(log) == [.replyHidden, .topicClosed, .topicHidden])
        },
        Guarantee(discussions: .signedIn, "hiddenTopicIsThereForItsAuthorAndModeratorsAlone") { forum in
            let topic = try await forum.ask(by: forum.boris)
            try await forum.change(topic, TopicChange(isHidden: true), by: forum.boris)
            for who in [forum.boris, forum.ada] {
                #expect(try await forum.titles(for: who).count == 1)
                #expect(try await forum.thread(topic, for: who).topic.hidden == .author)
            }
            #expect(try await forum.titles(for: forum.grace).isEmpty)
            for attempt: () async throws -> Void in [
                { _ = try await forum.thread(topic, for: forum.grace) },
                { try await forum.reply(to: topic, by: forum.grace) },
            ] {
                #expect(await refusal(attempt) == .notFound)
            }
        },
        Guarantee(discussions: .signedIn, "hiddenReplyIsAPlaceholderToOthersAndNoAnswer") { forum in
            let topic = try await forum.ask(by: forum.grace)
            let reply = try await forum.reply(to: topic, by: forum.boris)
            try await forum.change(topic, TopicChange(answer: .reply(reply)), by: forum.grace)
            #expect(try await forum.thread(topic, for: forum.ada).answer?.id == reply)
            try await forum.change(reply, ReplyChange(isHidden: true), by: forum.ada)
            let thread = try await forum.thread(topic, for: forum.grace)
            #expect(thread.replies.map(\.body) == [nil])
            #expect(thread.replies.map(\.hidden) == [.moderator])
            #expect(thread.answer == nil && thread.topic.topic.activity.answer == nil)
            #expect(thread.topic.topic.activity.replies == 0 && thread.total == 1)
            for who in [forum.boris, forum.ada] {
                #expect(try await forum.thread(topic, for: who).replies.map(\.body) == ["Make a second one first."])
            }
            let marked = await refusal {
                try await forum.change(topic, TopicChange(answer: .reply(reply)), by: forum.grace)
            }
            #expect(marked == .replyUnknown)
        },
        Guarantee(discussions: .signedIn, "whatAModeratorHidOrClosedTheAuthorDoesNotUndo") { forum in
            let topic = try await forum.ask(by: forum.boris)
            let reply = try await forum.reply(to: topic, by: forum.boris)
            try await forum.change(topic, TopicChange(isClosed: true, isHidden: true), by: forum.ada)
            try await forum.change(reply, ReplyChange(isHidden: true), by: forum.ada)
            let attempts: [() async throws -> Void] = [
                { try await forum.change(topic, TopicChange(isClosed: false), by: forum.boris) },
                { try await forum.change(topic, TopicChange(isHidden: false), by: forum.boris) },
                { try await forum.change(reply, ReplyChange(isHidden: false), by: forum.boris) },
            ]
            for attempt in attempts { #expect(await refusal(attempt) == .moderated) }
            try await forum.change(topic, TopicChange(isClosed: false, isHidden: false), by: forum.ada)
            try await forum.change(reply, ReplyChange(isHidden: false), by: forum.ada)
            #expect(try await forum.thread(topic, for: forum.grace).replies.map(\.hidden) == [nil])
            let log = try await forum.store.actions(forum.ada).prefix(3)
            #expect(Set(log) == [.replyShown, .topicReopened, .topicShown])
        },
        Guarantee(discussions: .signedIn, "moderatorsMakeTheirsWhatTheAuthorDidBefore") { forum in
            let topic = try await forum.ask(by: forum.boris)
            let reply = try await forum.reply(to: topic, by: forum.boris)
            for who in [forum.boris, forum.ada] {
                try await forum.change(reply, ReplyChange(isHidden: true), by: who)
                try await forum.change(topic, TopicChange(isClosed: true, isHidden: true), by: who)
            }
            let log = try await forum.store.actions(forum.ada).prefix(6)
            #expect(log.filter { $0 == .replyHidden }.count == 2, "each decision is somebody's")
            #expect(log.filter { $0 == .topicHidden }.count == 2 && log.filter { $0 == .topicClosed }.count == 2)
            let attempts: [() async throws -> Void] = [
                { try await forum.change(topic, TopicChange(isClosed: false), by: forum.boris) },
                { try await forum.change(topic, TopicChange(isHidden: false), by: forum.boris) },
                { try await forum.change(reply, ReplyChange(isHidden: false), by: forum.boris) },
            ]
            for attempt in attempts { #expect(await refusal(attempt) == .moderated) }
        },
        Guarantee(discussions: .signedIn, "authorsTakeBackTheirWordsAndShowThemAgain") { forum in
            let topic = try await forum.ask(by: forum.boris)
            let reply = try await forum.reply(to: topic, by: forum.boris)
            for isHidden in [true, false] {
                try await forum.change(topic, TopicChange(isHidden: isHidden), by: forum.boris)
                try await forum.change(reply, ReplyChange(isHidden: isHidden), by: forum.boris)
            }
            #expect(try await forum.thread(topic, for: forum.grace).replies.map(\.hidden) == [nil])
            try await forum.change(reply, ReplyChange(isHidden: true), by: forum.boris)
            let shown = await refusal { try await forum.change(reply, ReplyChange(isHidden: false), by: forum.ada) }
            #expect(shown == .missingPermission, "what somebody took back nobody else shows")
        },
        Guarantee(discussions: .signedIn, "nothingIsWrittenOrEditedInAClosedTopic") { forum in
            let topic = try await forum.ask(by: forum.boris)
            let reply = try await forum.reply(to: topic, by: forum.grace)
            try await forum.change(topic, TopicChange(isClosed: true), by: forum.boris)
            let attempts: [() async throws -> Void] = [
                { try await forum.reply(to: topic, "More", by: forum.ada) },
                { try await forum.change(reply, ReplyChange(body: "Else"), by: forum.grace) },
                { try await forum.change(topic, TopicChange(title: "Another"), by: forum.boris) },
            ]
            for attempt in attempts { #expect(await refusal(attempt) == .topicClosed) }
            try await forum.change(reply, ReplyChange(isHidden: true), by: forum.grace)
            try await forum.change(topic, TopicChange(title: "Another", isClosed: false), by: forum.boris)
            #expect(try await forum.titles(for: forum.grace) == ["Another"])
            try await forum.reply(to: topic, "More", by: forum.ada)
        },
        Guarantee(discussions: .signedIn, "askerOrModeratorMarksOneReplyOfTheTopic") { forum in
            let (topic, other) = (try await forum.ask(by: forum.boris), try await forum.ask("Else?", by: forum.boris))
            let replies = [
                try await forum.reply(to: topic, by: forum.grace),
                try await forum.reply(to: topic, "Or so", by: forum.grace),
            ]
            let foreign = try await forum.reply(to: other, by: forum.grace)
            for (who, reply) in [(forum.boris, replies[0]), (forum.ada, replies[1])] {
                try await forum.change(topic, TopicChange(answer: .reply(reply)), by: who)
                #expect(try await forum.thread(topic, for: forum.grace).answer?.id == reply)
            }
            let code = await refusal {
                try await forum.change(topic, TopicChange(answer: .reply(foreign)), by: forum.boris)
            }
            #expect(code == .replyUnknown)
            #expect(try await forum.titles(TopicQuery(state: .answered), for: forum.grace).count == 1)
            try await forum.change(topic, TopicChange(answer: TopicChange.Answer.none), by: forum.boris)
            #expect(try await forum.titles(TopicQuery(state: .answered), for: forum.grace).isEmpty)
        },
        Guarantee(discussions: .signedIn, "markIsTakenFromTheReplyThatHadItAndFromNoOther") { forum in
            let topic = try await forum.ask(by: forum.boris)
            let (first, second) = (
                try await forum.reply(to: topic, by: forum.grace), try await forum.reply(to: topic, "So", by: forum.ada)
            )
            for reply in [first, second] {
                try await forum.change(topic, TopicChange(answer: .reply(reply)), by: forum.boris)
            }
            let code = await refusal {
                try await forum.change(topic, TopicChange(answer: .not(first)), by: forum.boris)
            }
            #expect(code == .answerChanged)
            #expect(try await forum.thread(topic, for: forum.grace).answer?.id == second)
            for attempt in 1...2 {
                try await forum.change(topic, TopicChange(answer: .not(second)), by: forum.boris)
                #expect(try await forum.thread(topic, for: forum.grace).answer == nil, "attempt \(attempt)")
            }
        },
    ]
}
