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
        let page = NotificationsPage(
            reader: person.reader, news: try await registry.notifications(by: person.caller),
            notice: person.request.query["notice"] == "read" ? words.allRead : nil)
        return .page(
            person.frame.signedIn(
                person.account, at: .notifications, title: words.title, modules: ["discussions.js"], page.content))
    }

    @Sendable private func markAllRead(_ person: SignedIn) async throws -> Response {
        try await registry.markAllSeen(by: person.caller)
        return .seeOther("\(NotificationsPage.path)?notice=read")
    }
}
