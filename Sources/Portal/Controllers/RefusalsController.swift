import Hummingbird
import KeyCore
import Web

/// Why a key was refused, for its owner, and whether it would be allowed something.
struct RefusalsController: Sendable {
    let reception: Reception

    private var registry: Registry { reception.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("/settings/keys/refusals", [.get: reception.signedIn(show)])
    }

    @Sendable private func show(_ person: SignedIn) async throws -> Response {
        let fields = person.request.query
        let refused = try await registry.refusedKeys(by: person.caller)
        let query = KeyQuery(owner: person.account.user.id, limit: PageLimit.maximum, now: person.reader.now)
        let others = try await registry.keys(query, by: person.caller).keys
        var page = RefusalsPage(
            reader: person.reader, platform: registry.platform, refused: refused.map(\.key), others: others)
        if let chosen = try await chosenKey(fields["key"], of: page, person) {
            page.chosen = chosen
            page.refusals = try await registry.refusals(of: chosen.id, by: person.caller)
            page.question = try await question(fields, about: chosen, person)
        }
        return .page(
            person.frame.signedIn(
                person.account, at: .keys, title: person.reader.phrases.refusals.title, isWide: true,
                modules: ["refusals.js"], page.content))
    }

    /// The key that the address names, else the one that was refused last, else the newest.
    ///
    /// - Throws: `not_found` for a key that is not the reader's own.
    private func chosenKey(_ text: String, of page: RefusalsPage, _ person: SignedIn) async throws -> Key? {
        guard !text.isEmpty else { return page.refused.first ?? page.others.first }
        guard let id = ID<Key>(text) else { throw Refusal.notFound }
        if let known = (page.refused + page.others).first(where: { $0.id == id }) { return known }
        return try await registry.key(id, by: person.caller)
    }

    private func question(
        _ fields: FormFields, about key: Key, _ person: SignedIn
    ) async throws -> RefusalsPage.Question? {
        guard !fields.all("path").isEmpty else { return nil }
        let method = RefusalsPage.methods.contains(fields["method"]) ? fields["method"] : RefusalsPage.methods[0]
        let path = fields["path"]
        var question = RefusalsPage.Question(method: method, path: path)
        guard path.hasPrefix("/") else { return question }
        question.answer = try await registry.explain(key.id, method: method, target: path, by: person.caller)
        return question
    }
}
