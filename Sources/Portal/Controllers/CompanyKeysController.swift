import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// All keys of a company, for those who look after them.
struct CompanyKeysController: Sendable {
    let reception: Reception

    private var registry: Registry { reception.registry }

    func addRoutes(to router: Router<WebContext>) {
        let seeing: [Reception.Right] = [(.users, .read), (.apiKeys, .read)]
        let deleting = seeing + [(.apiKeys, .delete)]
        router.resource("/settings/company-keys", [.get: reception.allowed(seeing, show)])
        router.resource(
            "/settings/company-keys/delete",
            [.get: reception.allowed(deleting, ask), .post: reception.allowed(deleting, delete)])
    }

    @Sendable private func show(_ person: SignedIn) async throws -> Response {
        var list = CompanyKeyList(person.request.query, registry.platform)
        var page = try await self.page(list, person)
        if page.keys.isEmpty, page.total > 0 {
            // The last rows of the last page have been deleted.
            list.page = (page.total - 1) / CompanyKeyList.rows + 1
            page = try await self.page(list, person)
        }
        let filtered = page.keys.first?.owner.user.name
        let view = CompanyKeysPage(
            reader: person.reader, platform: registry.platform, list: list,
            person: ID<User>(list.person) == nil ? list.person : filtered ?? list.person, page: page,
            mayDelete: person.may(.apiKeys, .delete), notice: DeletionNotice.sentence(for: person))
        return answer(view.content, to: person, isWide: true)
    }

    private func page(_ list: CompanyKeyList, _ person: SignedIn) async throws -> CompanyKeyPage {
        let query = list.query(of: person.account.company.id, registry.platform, now: person.reader.now)
        return try await registry.companyKeys(query, by: person.caller)
    }

    @Sendable private func ask(_ person: SignedIn) async throws -> Response {
        let fields = person.request.query
        let keys = try await registry.companyKeys(chosen(fields), by: person.caller)
        guard !keys.isEmpty else { return done(.nothingSelected, fields) }
        let sheet = CompanyDeleteSheet(reader: person.reader, keys: keys, back: back(fields))
        return answer(
            "<h1>\(person.reader.phrases.companyKeys.title)</h1><div class=\"card\">\(sheet.html)</div>", to: person)
    }

    @Sendable private func delete(_ person: SignedIn) async throws -> Response {
        let fields = try await person.request.form()
        let ids = chosen(fields)
        guard !ids.isEmpty else { return done(.nothingSelected, fields) }
        do throws(Refusal) {
            let deletion = try await registry.deleteCompanyKeys(ids, by: person.caller)
            return done(DeletionNotice(deleted: deletion.deleted), fields)
        } catch {
            // Somebody else was quicker; what was asked for is so.
            guard error.code == .notFound else { throw error }
            return done(DeletionNotice(deleted: ids.count), fields)
        }
    }

    private func chosen(_ fields: FormFields) -> [ID<Key>] {
        fields.all("id").prefix(KeySelection.maximumCount).compactMap { ID<Key>($0) }
    }

    /// The list that one came from; nothing but a list of keys is led back to.
    private func back(_ fields: FormFields) -> String {
        let path = OwnPath(fields["back"]).path
        return path.hasPrefix(CompanyKeyList.path + "?") ? path : CompanyKeyList.path
    }

    private func done(_ notice: DeletionNotice, _ fields: FormFields) -> Response {
        let back = back(fields)
        return .seeOther(back + (back.contains("?") ? "&" : "?") + "notice=" + notice.rawValue)
    }

    private func answer(_ content: HTML, to person: SignedIn, isWide: Bool = false) -> Response {
        .page(
            person.frame.signedIn(
                person.account, at: .companyKeys, title: person.reader.phrases.companyKeys.title, isWide: isWide,
                modules: ["company-keys.js"], content))
    }
}
