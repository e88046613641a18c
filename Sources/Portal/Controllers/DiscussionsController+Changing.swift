import Hummingbird
import KeyCore
import Web

/// What changes a thread: replies, words put right, and what the author and moderators decide.
extension DiscussionsController {
    func addRoutesOfChanges(to router: Router<WebContext>) {
        let topic = "\(TopicList.path)/:id"
        add("\(topic)/replies", to: router, reply)
        add("\(topic)/edit", to: router, editQuestion)
        for deed in TopicPath.Deed.allCases {
            add("\(topic)/\(deed.rawValue)", to: router) { try await carryOut(deed, $0, $1, $2) }
        }
        router.resource(RouterPath("\(topic)/replies/:reply"), [.get: reading(leadToReply)])
        add("\(topic)/replies/:reply/edit", to: router, editReply)
        add("\(topic)/replies/:reply/hide", to: router) { try await setHidden(true, $0, $1, $2) }
        add("\(topic)/replies/:reply/show", to: router) { try await setHidden(false, $0, $1, $2) }
    }

    private typealias Change = @Sendable (SignedIn, ID<Topic>, WebContext) async throws -> Response

    /// A form of a thread. Who has been logged out meanwhile comes back to the thread, and so does who asks for the
    /// form's address, as a browser does after another language was chosen.
    private func add(_ path: String, to router: Router<WebContext>, _ change: @escaping Change) {
        router.resource(
            RouterPath(path),
            [
                .get: reading { _, context in .seeOther(TopicPath(try Self.topic(context)).text) },
                .post: { request, context in
                    let id = try Self.topic(context)
                    guard let person = try await reception.person(request, context) else {
                        return .seeOther(TopicPath(id).logIn)
                    }
                    return try await change(person, id, context)
                },
            ])
    }

    private static func reply(_ context: WebContext) throws(Refusal) -> ID<Reply> {
        guard let id = context.parameters.get("reply").flatMap({ ID<Reply>($0) }) else { throw .notFound }
        return id
    }

    // MARK: - Words

    @Sendable private func reply(
        _ person: SignedIn, _ id: ID<Topic>, _ context: WebContext
    ) async throws -> Response {
        let fields = try await person.request.formOfWords()
        do throws(Refusal) {
            let made = try await registry.reply(to: id, body: fields["body"], by: person.caller)
            return done(.replied, made.reply.id, at: made.place, in: id)
        } catch {
            let typed = TypedWords(body: fields["body"], refusal: error)
            return try await again(id, page: fields.page, typed: typed, error, person)
        }
    }

    @Sendable private func editQuestion(
        _ person: SignedIn, _ id: ID<Topic>, _ context: WebContext
    ) async throws -> Response {
        let fields = try await person.request.formOfWords()
        do throws(Refusal) {
            let change = TopicChange(title: fields["title"], body: fields["body"])
            _ = try await registry.changeTopic(id, change, by: person.caller)
            return done(.saved, in: id)
        } catch {
            let typed = TypedWords(title: fields["title"], body: fields["body"], refusal: error)
            return try await again(id, editing: .question, typed: typed, error, person)
        }
    }

    @Sendable private func editReply(
        _ person: SignedIn, _ id: ID<Topic>, _ context: WebContext
    ) async throws -> Response {
        let reply = try Self.reply(context)
        let place = try await registry.place(of: reply, in: id, by: person.caller)
        let fields = try await person.request.formOfWords()
        do throws(Refusal) {
            _ = try await registry.changeReply(reply, ReplyChange(body: fields["body"]), by: person.caller)
            return done(.saved, reply, at: place, in: id)
        } catch {
            let typed = TypedWords(body: fields["body"], refusal: error)
            return try await again(
                id, page: Self.page(of: place), editing: .reply(reply), typed: typed, error, person)
        }
    }

    // MARK: - Decisions

    private func carryOut(
        _ deed: TopicPath.Deed, _ person: SignedIn, _ id: ID<Topic>, _ context: WebContext
    ) async throws -> Response {
        let fields = try await person.request.form()
        do throws(Refusal) {
            let (change, notice) = try Self.change(deed, fields)
            _ = try await registry.changeTopic(id, change, by: person.caller)
            guard case .reply(let marked)? = change.answer else { return done(notice, in: id) }
            return done(notice, marked, at: try await registry.place(of: marked, in: id, by: person.caller), in: id)
        } catch {
            return try await again(id, error, person)
        }
    }

    private static func change(
        _ deed: TopicPath.Deed, _ fields: FormFields
    ) throws(Refusal) -> (TopicChange, Notice) {
        switch deed {
        case .close: (TopicChange(isClosed: true), .closed)
        case .reopen: (TopicChange(isClosed: false), .reopened)
        case .hide: (TopicChange(isHidden: true), .hidden)
        case .show: (TopicChange(isHidden: false), .shown)
        case .follow: (TopicChange(isFollowed: true), .followed)
        case .unfollow: (TopicChange(isFollowed: false), .unfollowed)
        case .answer: try mark(fields)
        }
    }

    /// Which reply is marked, or which one's mark is taken away: another may carry it by now.
    private static func mark(_ fields: FormFields) throws(Refusal) -> (TopicChange, Notice) {
        if let marked = ID<Reply>(fields["reply"]) { return (TopicChange(answer: .reply(marked)), .marked) }
        if let unmarked = ID<Reply>(fields["unmark"]) { return (TopicChange(answer: .not(unmarked)), .unmarked) }
        throw Refusal(.invalid, .replyUnknown)
    }

    private func setHidden(
        _ isHidden: Bool, _ person: SignedIn, _ id: ID<Topic>, _ context: WebContext
    ) async throws -> Response {
        let reply = try Self.reply(context)
        let place = try await registry.place(of: reply, in: id, by: person.caller)
        do throws(Refusal) {
            _ = try await registry.changeReply(reply, ReplyChange(isHidden: isHidden), by: person.caller)
            return done(isHidden ? .hidden : .shown, reply, at: place, in: id)
        } catch {
            return try await again(id, page: Self.page(of: place), error, person)
        }
    }

    // MARK: - Where it leads

    @Sendable private func leadToReply(_ onlooker: Onlooker, _ context: WebContext) async throws -> Response {
        let (id, reply) = (try Self.topic(context), try Self.reply(context))
        let place = try await registry.place(of: reply, in: id, by: onlooker.caller)
        return .seeOther("\(TopicPath(id).page(Self.page(of: place)))#\(TopicPath.anchor(reply))")
    }

    private static func page(of place: Int) -> Int { place / Discussions.pageSize + 1 }

    private func done(_ notice: Notice, in id: ID<Topic>) -> Response {
        .seeOther("\(TopicPath(id).text)?notice=\(notice.rawValue)")
    }

    private func done(_ notice: Notice, _ reply: ID<Reply>, at place: Int, in id: ID<Topic>) -> Response {
        let page = Self.page(of: place)
        let path = "\(TopicPath(id).text)?\(page == 1 ? "" : "page=\(page)&")notice=\(notice.rawValue)"
        return .seeOther("\(path)#\(TopicPath.anchor(reply))")
    }

    /// The thread as it is, with what was typed and why it was refused.
    private func again(
        _ id: ID<Topic>, page: Int = 1, editing: ThreadPage.Editing? = nil, typed: TypedWords? = nil,
        _ refusal: Refusal, _ person: SignedIn
    ) async throws -> Response {
        if refusal == .notFound || refusal == .notSignedIn { throw refusal }
        let onlooker = Onlooker.person(person)
        var page = try await thread(id, page: page, for: onlooker)
        (page.editing, page.typed) = (editing, typed)
        page.refused = typed == nil ? refusal.code : nil
        return onlooker.page(page, registry.platform, refused: refusal)
    }
}
