import KeyCore

/// Three people who discuss: an Administrator, a colleague of theirs, and the Administrator of another company.
struct Forum: Sendable {
    let registry: Registry
    let store: any Store
    let ada: SignIn
    let boris: SignIn
    let grace: SignIn

    static func opened(_ registry: Registry, _ store: any Store) async throws -> Forum {
        let ada = try await registry.register(.ada, on: .noon)
        let viewer = try await registry.role("Viewer", by: ada.caller)
        let person = PersonForm.boris(viewer.id)
        _ = try await registry.addPerson(person, by: ada.caller)
        return Forum(
            registry: registry, store: store, ada: ada,
            boris: try await registry.logIn(email: person.email, password: person.password, on: .noon),
            grace: try await registry.register(.ada(email: "grace@compiler.example"), on: .noon))
    }

    var everybody: [SignIn] { [ada, boris, grace] }

    @discardableResult
    func ask(_ title: String = "How do I rotate a key?", by who: SignIn, seconds: Int = 0) async throws -> ID<Topic> {
        try await registry.ask(title: title, body: "I have **one** key.", by: who.caller(after: seconds)).topic.id
    }

    @discardableResult
    func reply(
        to topic: ID<Topic>, _ body: String = "Make a second one first.", by who: SignIn, seconds: Int = 0
    ) async throws -> ID<Reply> {
        try await registry.reply(to: topic, body: body, by: who.caller(after: seconds)).reply.id
    }

    func thread(_ topic: ID<Topic>, for who: SignIn?) async throws -> TopicThread {
        try await registry.topic(topic, by: who?.caller)
    }

    func titles(_ query: TopicQuery = TopicQuery(), for who: SignIn?) async throws -> [String] {
        try await registry.topics(query, by: who?.caller).topics.map(\.topic.title)
    }

    func unseen(by who: SignIn) async throws -> Int { try await registry.unseenCount(of: who.caller) }

    func news(for who: SignIn) async throws -> [TopicNews] { try await registry.notifications(by: who.caller) }

    func place(of reply: ID<Reply>, in topic: ID<Topic>) async throws -> Int {
        try await registry.place(of: reply, in: topic, by: ada.caller)
    }

    func change(_ topic: ID<Topic>, _ change: TopicChange, by who: SignIn) async throws {
        _ = try await registry.changeTopic(topic, change, by: who.caller)
    }

    func change(_ reply: ID<Reply>, _ change: ReplyChange, by who: SignIn) async throws {
        _ = try await registry.changeReply(reply, change, by: who.caller)
    }
}

extension SignIn {
    /// The caller so many seconds after noon.
    func caller(after seconds: Int) -> Caller {
        let at = Household.noon.advanced(by: .seconds(seconds))
        return Caller(account: account, means: .session(token.digest), occasion: Occasion(at: at, address: "192.0.2.1"))
    }
}

/// Why something is refused, if it is.
func refusal(_ body: () async throws -> Void) async -> Refusal.Code? {
    do {
        try await body()
        return nil
    } catch {
        return (error as? Refusal)?.code ?? .unavailable
    }
}
