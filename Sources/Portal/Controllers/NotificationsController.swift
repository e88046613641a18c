import Hummingbird
import KeyCore
import Web

/// What is new in the questions that a person follows.
struct NotificationsController: Sendable {
    let reception: Reception

    private var registry: Registry { reception.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource(
            RouterPath(NotificationsPage.path),
            [.get: reception.signedIn(show), .post: reception.signedIn(markAllRead)])
    }

    @Sendable private func show(_ person: SignedIn) async throws -> Response {
        let words = person.reader.phrases.notifications
        let news = try await registry.notifications(by: person.caller)
        let done = news.isEmpty ? words.allRead : words.shownRead
        let page = NotificationsPage(
            reader: person.reader, news: news, notice: person.request.query["notice"] == "read" ? done : nil)
        return .page(
            person.frame.signedIn(
                person.account, at: .notifications, title: words.title, modules: ["discussions.js"], page.content))
    }

    /// Only what the page showed: who replied since then is not to be passed over.
    @Sendable private func markAllRead(_ person: SignedIn) async throws -> Response {
        guard let shown = Int64(try await person.request.form()["shown"]) else { throw Refusal(.invalid, .invalid) }
        try await registry.markAllSeen(upTo: Timestamp(milliseconds: shown), by: person.caller)
        return .seeOther("\(NotificationsPage.path)?notice=read")
    }
}
