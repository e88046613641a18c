import Hummingbird
import KeyCore
import Web

/// The API keys page, its table alone, and the page and forms that create a key.
struct KeysController: Sendable {
    let reception: Reception

    var registry: Registry { reception.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("/settings/keys", [.get: reception.signedIn(show), .post: reception.signedIn(create)])
        router.resource("/settings/keys/table", [.get: reception.signedIn(showTable)])
        router.resource("/settings/keys/new", [.get: reception.signedIn(showForm)])
        router.resource("/settings/keys/name", [.get: reception.signedIn(checkName)])
        router.resource("/settings/keys/delete", [.get: reception.signedIn(ask), .post: reception.signedIn(delete)])
        router.resource("/settings/keys/:id/confirm", [.post: reception.signedIn(about: confirm)])
    }

    @Sendable private func show(_ person: SignedIn) async throws -> Response {
        // A form without fields leaves a lone "?" behind; the address is to be as it is written everywhere.
        if person.request.uri.string.hasSuffix("?") { return .seeOther("/settings/keys") }
        let page = KeysPage(
            reader: person.reader, table: try await table(person),
            create: form(for: person),
            reveal: revealSheet(for: person), notice: DeletionNotice.sentence(for: person))
        let title = person.reader.phrases.common.apiKeys
        return .page(
            person.frame.signedIn(
                person.account, at: .keys, title: title, isWide: true, modules: ["keys.js"],
                page.content))
    }

    /// The table alone, for a page that is open.
    @Sendable private func showTable(_ person: SignedIn) async throws -> Response {
        .page(try await table(person).html)
    }

    private func table(_ person: SignedIn) async throws -> KeysTable {
        var list = KeyList(person.request.query)
        let counts = try await registry.keyCounts(by: person.caller)
        var page = try await self.page(list, person)
        if page.keys.isEmpty, page.total > 0 {
            // The last rows of the last page have been deleted.
            list.page = (page.total - 1) / KeyList.rows + 1
            page = try await self.page(list, person)
        }
        return KeysTable(
            reader: person.reader, platform: registry.platform, owner: person.caller.permissions, list: list,
            page: page, uses: try await registry.dailyUses(of: page.keys, by: person.caller),
            refused: try await registry.refusalCounts(of: page.keys, by: person.caller),
            owned: counts.total, mayCreate: person.mayCreateKeys)
    }

    private func page(_ list: KeyList, _ person: SignedIn) async throws -> KeyPage {
        let query = list.query(of: person.account.user.id, by: person.reader)
        return try await registry.keys(query, by: person.caller)
    }

    /// A page that holds one of the sheets which scripts show in a window.
    func answer(
        title: String, sheet: HTML, to person: SignedIn, refused: Refusal? = nil, modules: [String] = []
    ) -> Response {
        let page = SheetPage(reader: person.reader, sheet: sheet)
        let html = person.frame.signedIn(
            person.account, at: .keys, title: title, modules: modules, page.content)
        return .page(html, refused: refused, platform: registry.platform)
    }
}
