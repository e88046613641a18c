import Hummingbird
import KeyCore
import Web

/// The API keys page, its table alone, and the page and forms that create a key.
struct KeysController: Sendable {
    /// What a form leaves to be said when it has led back to the page.
    enum Notice: String {
        case deletedOne = "deleted-one"
        case deletedMany = "deleted-many"
        case nothingSelected = "nothing-selected"
    }

    let reception: Reception

    var registry: Registry { reception.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("/settings/keys", [.get: reception.signedIn(show), .post: reception.signedIn(create)])
        router.resource("/settings/keys/table", [.get: reception.signedIn(showTable)])
        router.resource("/settings/keys/new", [.get: reception.signedIn(showForm)])
        router.resource("/settings/keys/name", [.get: reception.signedIn(checkName)])
        router.resource("/settings/keys/delete", [.get: reception.signedIn(ask), .post: reception.signedIn(delete)])
        router.resource("/settings/keys/:id/confirm", [.post: confirm])
    }

    @Sendable private func show(_ person: SignedIn) async throws -> Response {
        // A form without fields leaves a lone "?" behind; the address is to be as it is written everywhere.
        if person.request.uri.string.hasSuffix("?") { return .seeOther("/settings/keys") }
        let delete = person.reader.phrases.delete
        let notice: String? =
            switch Notice(rawValue: person.request.query["notice"]) {
            case .deletedOne: delete.done(1)
            case .deletedMany: delete.done(2)
            case .nothingSelected: delete.nothingSelected
            case nil: nil
            }
        let page = KeysPage(
            reader: person.reader, table: try await table(person),
            create: CreateKeyForm(reader: person.reader, roleName: person.roleName),
            reveal: revealSheet(for: person), notice: notice)
        let title = person.reader.phrases.common.apiKeys
        return .page(
            person.frame.signedIn(
                person.account, at: .keys, title: title, isWide: true, modules: ["keys.js"], page.content))
    }

    /// The table alone, for a page that is open.
    @Sendable private func showTable(_ person: SignedIn) async throws -> Response {
        .page(try await table(person).html)
    }

    private func table(_ person: SignedIn) async throws -> KeysTable {
        var list = KeyList(person.request.query)
        let summary = try await registry.keySummary(by: person.caller)
        var page = try await self.page(list, person)
        if page.keys.isEmpty, page.total > 0 {
            // The last rows of the last page have been deleted.
            list.page = (page.total - 1) / KeyList.rows + 1
            page = try await self.page(list, person)
        }
        return KeysTable(
            reader: person.reader, keyPrefix: registry.platform.keyPrefix, list: list, page: page,
            owned: summary.total, mayCreate: person.mayCreateKeys)
    }

    private func page(_ list: KeyList, _ person: SignedIn) async throws -> KeyPage {
        let query = list.query(of: person.account.user.id, now: person.reader.now)
        return try await registry.keys(query, by: person.caller)
    }

    @Sendable private func showForm(_ person: SignedIn) async throws -> Response {
        answer(CreateKeyForm(reader: person.reader, roleName: person.roleName), to: person)
    }

    /// What is wrong with a name while it is being typed, in words; nothing when it is free.
    @Sendable private func checkName(_ person: SignedIn) async throws -> Response {
        let fault: Refusal.Code?
        do throws(Refusal) {
            let name = try KeyName(person.request.query["name"])
            fault = try await registry.isNameTaken(name, by: person.caller) ? .nameTaken : nil
        } catch {
            fault = error.code
        }
        return .page("<p data-fault>\(fault.map(person.reader.phrases.refusal) ?? "")</p>")
    }

    @Sendable private func create(_ person: SignedIn) async throws -> Response {
        let fields = try await person.request.form()
        let (name, lastDay) = (fields["name"], fields["expires_on"])
        do throws(Refusal) {
            guard let day = Day(lastDay) else { throw .field("expires_on", .dateInvalid) }
            let form = KeyForm(name: name, expiresOn: day, awaitsConfirmation: true)
            return showOnce(try await registry.createKey(form, by: person.caller), to: person)
        } catch {
            let form = CreateKeyForm(
                reader: person.reader, roleName: person.roleName, faults: Faults(error), name: name, lastDay: lastDay)
            return answer(form, to: person, refused: error)
        }
    }

    private func answer(_ form: CreateKeyForm, to person: SignedIn, refused: Refusal? = nil) -> Response {
        let title = person.reader.phrases.create.title
        return answer(
            title: title, sheet: form.html, to: person,
            status: refused.map { Problem($0, platform: registry.platform).status } ?? .ok)
    }

    private func revealSheet(for person: SignedIn, shown: RevealSheet.Shown? = nil) -> RevealSheet {
        RevealSheet(reader: person.reader, publicURL: reception.programAddress(person.request), shown: shown)
    }

    private func showOnce(_ created: CreatedKey, to person: SignedIn) -> Response {
        let shown = RevealSheet.Shown(id: created.key.id, secret: created.secret)
        let sheet = revealSheet(for: person, shown: shown)
        return answer(
            title: person.reader.phrases.reveal.title, sheet: sheet.html, to: person, modules: ["keys.js"])
    }

    @Sendable private func confirm(_ request: Request, _ context: WebContext) async throws -> Response {
        guard let id = context.parameters.get("id").flatMap({ ID<Key>($0) }) else { throw Refusal.notFound }
        let handle = reception.signedIn { person in
            guard try await person.request.form()["copied"] == "on" else { throw Refusal(.invalid, .invalid) }
            _ = try await registry.confirmKey(id, by: person.caller)
            return .seeOther("/settings/keys")
        }
        return try await handle(request, context)
    }

    /// A page that holds one of the sheets which scripts show in a window.
    func answer(
        title: String, sheet: HTML, to person: SignedIn, status: HTTPResponse.Status = .ok, modules: [String] = []
    ) -> Response {
        let page = SheetPage(reader: person.reader, sheet: sheet)
        return .page(
            person.frame.signedIn(person.account, at: .keys, title: title, modules: modules, page.content),
            status: status)
    }
}
