import KeyCore
import Testing

/// Who reads, who writes, and who decides about whose words.
extension StoreConformance {
    static let discussionUseCases: [Guarantee] = [
        Guarantee(discussions: .signedIn, "everybodyWithAnAccountDiscussesAndStrangersSeeNothing") { forum in
            let topic = try await forum.ask(by: forum.ada)
            try await forum.reply(to: topic, by: forum.grace)
            for who in forum.everybody {
                #expect(try await forum.titles(for: who).count == 1)
                #expect(try await forum.thread(topic, for: who).replies.map(\.body) == ["Make a second one first."])
            }
            let list = await refusal { _ = try await forum.titles(for: nil) }
            let thread = await refusal { _ = try await forum.thread(topic, for: nil) }
            #expect((list, thread) == (.notSignedIn, .notSignedIn))
        },
        Guarantee(discussions: .company, "companiesSeeNothingOfEachOtherWhereEachHasItsOwn") { forum in
            let topic = try await forum.ask(by: forum.boris)
            let reply = try await forum.reply(to: topic, by: forum.ada)
            let registry = forum.registry
            #expect(try await forum.titles(for: forum.ada).count == 1)
            #expect(try await forum.titles(for: forum.grace).isEmpty)
            let grace = forum.grace.caller
            let attempts: [() async throws -> Void] = [
                { _ = try await forum.thread(topic, for: forum.grace) },
                { _ = try await registry.place(of: reply, in: topic, by: grace) },
                { try await forum.reply(to: topic, by: forum.grace) },
                { try await forum.change(topic, TopicChange(isClosed: true), by: forum.grace) },
                { try await forum.change(topic, TopicChange(isFollowed: true), by: forum.grace) },
                { try await forum.change(reply, ReplyChange(isHidden: true), by: forum.grace) },
            ]
            for (number, attempt) in attempts.enumerated() {
                #expect(await refusal(attempt) == .notFound, "attempt \(number)")
            }
            let stranger = await refusal { _ = try await forum.titles(for: nil) }
            #expect(stranger == .notSignedIn)
        },
        Guarantee(discussions: .public, "strangersReadWhatIsPublicAndNothingThatIsHidden") { forum in
            let (topic, secret) = (try await forum.ask(by: forum.ada), try await forum.ask("Hidden", by: forum.ada))
            let reply = try await forum.reply(to: topic, "A secret", by: forum.boris)
            try await forum.change(secret, TopicChange(isHidden: true), by: forum.ada)
            try await forum.change(reply, ReplyChange(isHidden: true), by: forum.boris)
            #expect(try await forum.titles(for: nil) == ["How do I rotate a key?"])
            let thread = try await forum.thread(topic, for: nil)
            #expect(thread.topic.rights == TopicRights())
            #expect(thread.replies.map(\.body) == [nil])
            #expect(thread.replies.map(\.hidden) == [.author])
            #expect(thread.replies.map(\.rights) == [ReplyRights()])
            for state in [TopicQuery.State.mine, .followed] {
                #expect(try await forum.titles(TopicQuery(state: state), for: nil).isEmpty)
            }
            let hidden = await refusal { _ = try await forum.thread(secret, for: nil) }
            #expect(hidden == .notFound)
        },
        Guarantee(discussions: .off, "whereThereAreNoDiscussionsNothingIsFound") { forum in
            let attempts: [() async throws -> Void] = [
                { _ = try await forum.titles(for: nil) },
                { _ = try await forum.titles(for: forum.ada) },
                { try await forum.ask(by: forum.ada) },
                { _ = try await forum.registry.notifications(by: forum.ada.caller) },
            ]
            for attempt in attempts { #expect(await refusal(attempt) == .notFound) }
            let unseen = try await forum.unseen(by: forum.ada)
            #expect(unseen == 0, "every page may ask")
        },
        Guarantee(discussions: .public, "keysNeitherReadNorWrite") { forum in
            let topic = try await forum.ask(by: forum.ada)
            let key = try await forum.registry.createKey(KeyForm(name: "Lobby"), by: forum.ada.caller).key.id
            let program = Caller(account: forum.ada.account, means: .key(key, subset: nil), occasion: .noon)
            let registry = forum.registry
            let attempts: [() async throws -> Void] = [
                { _ = try await registry.topics(TopicQuery(), by: program) },
                { _ = try await registry.topic(topic, by: program) },
                { _ = try await registry.ask(title: "May I?", body: "No.", by: program) },
                { _ = try await registry.reply(to: topic, body: "No.", by: program) },
                { _ = try await registry.changeTopic(topic, TopicChange(isClosed: true), by: program) },
                { _ = try await registry.notifications(by: program) },
                { try await registry.markAllSeen(by: program) },
            ]
            for attempt in attempts { #expect(await refusal(attempt) == .notSignedIn) }
        },
        Guarantee(discussions: .signedIn, "whoWasBlockedMeanwhileWritesNothing") { forum in
            let topic = try await forum.ask(by: forum.ada)
            let boris = forum.boris.account.user.id
            _ = try await forum.registry.changePerson(boris, PersonChange(isBlocked: true), by: forum.ada.caller)
            let code = await refusal { try await forum.reply(to: topic, by: forum.boris) }
            #expect(code == .notSignedIn)
            #expect(try await forum.thread(topic, for: forum.ada).total == 0)
        },
        Guarantee(discussions: .signedIn, "wordsOfSomebodyWhoWasRemovedStayWithTheirName") { forum in
            let topic = try await forum.ask(by: forum.boris)
            _ = try await forum.registry.removePerson(forum.boris.account.user.id, by: forum.ada.caller)
            #expect(try await forum.thread(topic, for: forum.grace).topic.topic.authorName == "Boris")
        },
        Guarantee(discussions: .signedIn, "sameWordsWithinAMinuteAreOneTopicAndOneReply") { forum in
            let first = try await forum.ask(by: forum.ada)
            let (again, later) = (
                try await forum.ask(by: forum.ada, seconds: 59), try await forum.ask(by: forum.ada, seconds: 60)
            )
            #expect(again == first && later != first)
            let reply = try await forum.reply(to: first, by: forum.ada)
            #expect(try await forum.reply(to: first, by: forum.ada, seconds: 59) == reply)
            #expect(try await forum.reply(to: later, by: forum.ada, seconds: 59) != reply, "another topic")
            #expect(try await forum.reply(to: first, by: forum.boris, seconds: 59) != reply, "another person")
            #expect(try await forum.thread(first, for: forum.ada).total == 2)
        },
    ]
}

extension Guarantee {
    /// A promise about discussions with an audience.
    init(
        discussions audience: Discussions.Audience, _ name: String,
        check: @escaping @Sendable (Forum) async throws -> Void
    ) {
        self.init(name) { store in
            var platform = Platform.smartPlayer
            platform.discussions = audience
            let registry = Registry.quick(on: store, platform: platform, propagation: SettledRevisions())
            try await check(try await Forum.opened(registry, store))
        }
    }
}
