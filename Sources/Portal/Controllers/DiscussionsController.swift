import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// The discussions under the help: the list, asking, and one thread. What changes a thread stands in an extension.
struct DiscussionsController: Sendable {
    /// What a form leaves to be said when it has led back to a page.
    enum Notice: String {
        case asked, replied, saved, closed, reopened, hidden, shown, marked, unmarked, followed, unfollowed
    }

    let reception: Reception
    let library: HelpLibrary

    var registry: Registry { reception.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource(RouterPath(TopicList.path), [.get: reading(showList)])
        router.resource(
            RouterPath(TopicList.askPath), [.get: reception.signedIn(showForm), .post: reception.signedIn(ask)])
        router.resource(RouterPath("\(TopicList.path)/:id"), [.get: reading(showThread)])
        addRoutesOfChanges(to: router)
        let notifications = NotificationsController(reception: reception)
        notifications.addRoutes(to: router)
    }

    /// A handler for those who may read here: strangers only where the platform says so.
    func reading(
        _ handle: @escaping @Sendable (Onlooker, WebContext) async throws -> Response
    ) -> Reception.Handler {
        { request, context in
            if let person = try await reception.person(request, context) {
                return try await handle(.person(person), context)
            }
            switch registry.platform.discussions {
            case .public: return try await handle(.stranger(reception.visitor(request, context)), context)
            case .off: throw Refusal.notFound
            case .signedIn, .company: return .seeOther("/login?next=" + FormFields.encode(request.uri.string))
            }
        }
    }

    /// The article that the discussions belong to.
    func article(_ reader: Reader) -> String { library.articles(in: reader.language)[0].title }

    @Sendable private func showList(_ onlooker: Onlooker, _ context: WebContext) async throws -> Response {
        var list = TopicList(onlooker.request.query)
        var found = try await registry.topics(list.query, by: onlooker.caller)
        if found.topics.isEmpty, found.total > 0 {
            // The last topics of the last page have gone.
            list.page = (found.total - 1) / Discussions.pageSize + 1
            found = try await registry.topics(list.query, by: onlooker.caller)
        }
        let page = DiscussionsPage(
            reader: onlooker.reader, platform: registry.platform, article: article(onlooker.reader), list: list,
            topics: found.topics, total: found.total, isMember: onlooker.caller != nil)
        return onlooker.page(title: onlooker.reader.phrases.discussions.title, page.content, registry.platform)
    }

    @Sendable private func showThread(_ onlooker: Onlooker, _ context: WebContext) async throws -> Response {
        let id = try Self.topic(context)
        var onlooker = onlooker
        var page = try await thread(id, page: onlooker.request.query.page, for: onlooker)
        if page.thread.hasNews, let caller = onlooker.caller {
            let seen = page.thread.topic.topic.activity.lastAt
            // Whoever reads gets their page, also where the database takes no writes for now; the news stays new.
            if (try? await registry.markSeen(id, upTo: seen, by: caller)) != nil {
                onlooker = onlooker.informed(news: try await registry.unseenCount(of: caller))
            }
        }
        page.editing = editing(onlooker.request.query["edit"], in: page)
        note(Notice(rawValue: onlooker.request.query["notice"]), on: &page)
        return onlooker.page(page, registry.platform)
    }

    /// - Throws: `not_found` where the address names nothing.
    static func topic(_ context: WebContext) throws(Refusal) -> ID<Topic> {
        guard let id = context.parameters.get("id").flatMap({ ID<Topic>($0) }) else { throw .notFound }
        return id
    }

    /// A thread with one page of its replies, the last one where there are not so many.
    func thread(_ id: ID<Topic>, page: Int, for onlooker: Onlooker) async throws(Refusal) -> ThreadPage {
        var page = page
        var thread = try await registry.topic(id, from: .offset((page - 1) * Discussions.pageSize), by: onlooker.caller)
        if thread.replies.isEmpty, page > 1 {
            page = max(1, (thread.total - 1) / Discussions.pageSize + 1)
            thread = try await registry.topic(
                id, from: .offset((page - 1) * Discussions.pageSize), by: onlooker.caller)
        }
        return ThreadPage(
            reader: onlooker.reader, platform: registry.platform, read: registry.prose,
            article: article(onlooker.reader), thread: thread, page: page, person: onlooker.caller?.account.user.id)
    }

    /// What the address asks to change, as far as it is there and the reader may.
    private func editing(_ text: String, in page: ThreadPage) -> ThreadPage.Editing? {
        if text == TopicPath.question { return page.thread.topic.rights.mayEdit ? .question : nil }
        let reply = page.thread.replies.first { $0.id.description == text }
        return reply.flatMap { $0.rights.mayEdit ? .reply($0.id) : nil }
    }

    private func note(_ notice: Notice?, on page: inout ThreadPage) {
        guard let notice, let person = page.person else { return }
        page.notice = text(notice, page.reader.phrases.discussions.thread)
        switch notice {
        case .asked: page.forgets = Draft.question(of: person)
        case .replied: page.forgets = Draft.reply(to: page.thread.topic.topic.id, of: person)
        case .saved: page.forgets = Draft.edit(of: person)
        default: break
        }
    }

    private func text(_ notice: Notice, _ words: Phrases.Thread) -> String {
        switch notice {
        case .asked: words.asked
        case .replied: words.replied
        case .saved: words.saved
        case .closed: words.nowClosed
        case .reopened: words.nowReopened
        case .hidden: words.nowHidden
        case .shown: words.nowShown
        case .marked: words.nowMarked
        case .unmarked: words.nowUnmarked
        case .followed: words.nowFollowed
        case .unfollowed: words.nowUnfollowed
        }
    }
}

/// Asking.
extension DiscussionsController {
    @Sendable private func showForm(_ person: SignedIn) async throws -> Response {
        guard registry.platform.discussions != .off else { throw Refusal.notFound }
        return answer(form(person), to: person)
    }

    @Sendable private func ask(_ person: SignedIn) async throws -> Response {
        let fields = try await person.request.formOfWords()
        do throws(Refusal) {
            let asked = try await registry.ask(title: fields["title"], body: fields["body"], by: person.caller)
            return .seeOther("\(TopicPath(asked.topic.id).text)?notice=\(Notice.asked.rawValue)")
        } catch {
            if error == .notFound { throw error }
            var page = form(person)
            page.typed = TypedWords(title: fields["title"], body: fields["body"], refusal: error)
            return answer(page, to: person, refused: error)
        }
    }

    private func form(_ person: SignedIn) -> AskPage {
        AskPage(
            reader: person.reader, platform: registry.platform, article: article(person.reader),
            person: person.account.user.id)
    }

    private func answer(_ page: AskPage, to person: SignedIn, refused: Refusal? = nil) -> Response {
        let title = page.reader.phrases.discussions.writing.askTitle
        return Onlooker.person(person).page(title: title, page.content, registry.platform, refused: refused)
    }
}
