import Hummingbird
import KeyCore
import Web

/// The first page for those who are logged in.
struct MainController: Sendable {
    let reception: Reception

    func show(_ person: SignedIn) async throws -> Response {
        let page = MainPage(
            reader: person.reader, platform: reception.registry.platform, account: person.account,
            keys: try await reception.registry.keyOverview(by: person.caller), mayCreate: person.mayCreateKeys)
        let title = person.reader.phrases.common.mainPage
        return .page(person.frame.signedIn(person.account, at: .main, title: title, page.content))
    }
}
