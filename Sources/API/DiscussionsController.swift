import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// `/v1/topics`, `/v1/replies`: questions and answers.
struct DiscussionsController: Sendable {
    let authentication: Authentication

    private var registry: Registry { authentication.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/topics", [.get: list, .post: ask])
        router.resource("v1/topics/{id}", [.get: show, .patch: change, .delete: hide])
        router.resource("v1/topics/{id}/replies", [.post: reply])
        router.resource("v1/replies/{id}", [.patch: changeReply, .delete: hideReply])
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await reader(request, context)
        let page = try await registry.topics(try TopicListQuery(request).query, by: caller)
        return .json(
            TopicListJSON(
                topics: page.topics.map(TopicJSON.init), total: page.total, nextCursor: page.next.map(\.text)))
    }

    @Sendable private func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await reader(request, context)
        let page = try PageParameters<ID<Reply>>(request) { ID<Reply>($0) }
        let thread = try await registry.topic(try ID(in: context), from: page.start, limit: page.limit, by: caller)
        return .json(TopicThreadJSON(thread))
    }

    @Sendable private func ask(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await writer(request, context)
        var body = try await JSONBody(request)
        let (title, text) = (body.string("title"), body.string("body"))
        try body.finish()
        let topic = try await registry.ask(title: title, body: text, by: caller)
        return .json(TopicJSON(topic), status: .created)
    }

    @Sendable private func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await writer(request, context)
        var body = try await JSONBody(request)
        var change = TopicChange(
            title: body.optionalString("title"), body: body.optionalString("body"),
            isClosed: body.optionalBool("closed"), isHidden: body.optionalBool("hidden"),
            isFollowed: body.optionalBool("followed"))
        let answer = body.optionalString("answer_id")
        if body.isNull("answer_id") { change.answer = TopicChange.Answer.none }
        try body.finish()
        if let answer {
            guard let reply = ID<Reply>(answer) else { throw Refusal.field("answer_id", .replyUnknown) }
            change.answer = .reply(reply)
        }
        return .json(TopicThreadJSON(try await registry.changeTopic(try ID(in: context), change, by: caller)))
    }

    @Sendable private func hide(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await writer(request, context)
        _ = try await registry.changeTopic(try ID(in: context), TopicChange(isHidden: true), by: caller)
        return .json(["hidden": 1])
    }

    @Sendable private func reply(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await writer(request, context)
        var body = try await JSONBody(request)
        let text = body.string("body")
        try body.finish()
        let (reply, _) = try await registry.reply(to: try ID(in: context), body: text, by: caller)
        return .json(ReplyJSON(reply), status: .created)
    }

    @Sendable private func changeReply(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await writer(request, context)
        var body = try await JSONBody(request)
        let change = ReplyChange(body: body.optionalString("body"), isHidden: body.optionalBool("hidden"))
        try body.finish()
        return .json(ReplyJSON(try await registry.changeReply(try ID(in: context), change, by: caller)))
    }

    @Sendable private func hideReply(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await writer(request, context)
        _ = try await registry.changeReply(try ID(in: context), ReplyChange(isHidden: true), by: caller)
        return .json(["hidden": 1])
    }

    /// Whoever reads: a stranger too, where the platform's discussions are public.
    private func reader(_ request: Request, _ context: WebContext) async throws -> Caller? {
        guard registry.platform.discussions == .public else { return try await writer(request, context) }
        return try await authentication.callerIfAny(request, context)
    }

    /// Where there are no discussions, their addresses are like all others at which nothing is.
    private func writer(_ request: Request, _ context: WebContext) async throws -> Caller {
        guard registry.platform.discussions != .off else { throw Refusal.notFound }
        return try await authentication.caller(request, context)
    }
}

/// `/v1/notifications`: what others replied in the topics that one follows.
struct NotificationsController: Sendable {
    let authentication: Authentication

    func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/notifications", [.get: list])
        router.resource("v1/notifications/seen", [.post: setSeen])
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await caller(request, context)
        let news = try await authentication.registry.notifications(by: caller)
        return .json(["notifications": news.map(NotificationJSON.init)])
    }

    @Sendable private func setSeen(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await caller(request, context)
        try await authentication.registry.markAllSeen(by: caller)
        return .json(["notifications": [NotificationJSON]()])
    }

    private func caller(_ request: Request, _ context: WebContext) async throws -> Caller {
        guard authentication.registry.platform.discussions != .off else { throw Refusal.notFound }
        return try await authentication.caller(request, context)
    }
}
