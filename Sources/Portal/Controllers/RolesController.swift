import Hummingbird
import KeyCore
import Web

/// The company's roles: the list, deleting, and the matrix as a workbook. Adding a role, and changing one by way of a
/// preview, stand in extensions.
struct RolesController: Sendable {
    /// What a form leaves to be said when it has led back to a page.
    enum Notice: String {
        case applied, added, deleted, nothing
    }

    let reception: Reception
    let workbook: Portal.RoleWorkbook

    var registry: Registry { reception.registry }
    var platform: Platform { registry.platform }

    func addRoutes(to router: Router<WebContext>) {
        router.resource(
            "/settings/roles",
            [.get: reception.allowed(.roles, .read, list), .post: reception.allowed(.roles, .create, add)])
        router.resource("/settings/roles/new", [.get: reception.allowed(.roles, .create, showForm)])
        router.resource("/settings/roles/matrix.xlsx", [.get: reception.allowed(.roles, .read, download)])
        router.resource(
            "/settings/roles/:id",
            [
                .get: reception.allowed(.roles, .read, about: show),
                .post: reception.allowed(.roles, .update, about: change),
            ])
        router.resource(
            "/settings/roles/:id/delete",
            [
                .get: reception.allowed(.roles, .delete, about: ask),
                .post: reception.allowed(.roles, .delete, about: delete),
            ])
    }

    @Sendable private func list(_ person: SignedIn) async throws -> Response {
        let fields = person.request.query
        let all = try await registry.roleOverviews(by: person.caller)
        let words = person.reader.phrases.roles
        let page = RolesPage(
            reader: person.reader, platform: platform,
            list: RoleList(all, fields, platform: platform, language: person.reader.language),
            mayAdd: person.may(.roles, .create), maySeePeople: person.may(.users, .read),
            notice: Notice(rawValue: fields["notice"]) == .deleted ? words.deleted : nil)
        return answer(page.content, title: words.title, to: person)
    }

    @Sendable private func download(_ person: SignedIn) async throws -> Response {
        let all = try await registry.roles(by: person.caller).map(\.role)
        let roles = all.filter(\.isAdministrator) + all.filter { !$0.isAdministrator }
        let matrix = RoleMatrix(platform: platform, company: person.account.company.name, roles: roles)
        let bytes: [UInt8]
        do {
            bytes = try workbook(matrix)
        } catch {
            throw Refusal.unavailable(cause: "the role matrix: \(error)")
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                .contentDisposition: "attachment; filename=\"role-matrix.xlsx\"", .cacheControl: "no-store",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    @Sendable private func ask(_ person: SignedIn, _ id: ID<Role>) async throws -> Response {
        try await answerDelete(id, to: person)
    }

    @Sendable private func delete(_ person: SignedIn, _ id: ID<Role>) async throws -> Response {
        do throws(Refusal) {
            try await registry.deleteRole(id, by: person.caller)
            return .seeOther("\(RoleList.path)?notice=\(Notice.deleted.rawValue)")
        } catch {
            guard error.kind == .conflict else { throw error }
            return try await answerDelete(id, to: person, refused: error)
        }
    }

    private func answerDelete(_ id: ID<Role>, to person: SignedIn, refused: Refusal? = nil) async throws -> Response {
        let overview = try await registry.roleOverview(id, by: person.caller)
        if overview.role.isAdministrator { return .seeOther(RolesPage.path(overview.role)) }
        let page = RoleDeletePage(
            reader: person.reader, platform: platform, overview: overview, maySeePeople: person.may(.users, .read),
            refusal: refused)
        return answer(page.content, title: person.reader.phrases.roles.delete, to: person, refused: refused)
    }

    func answer(_ editor: RoleEditor, to person: SignedIn, refused: Refusal? = nil) -> Response {
        answer(editor.content, title: editor.title, to: person, refused: refused)
    }

    func answer(_ content: HTML, title: String, to person: SignedIn, refused: Refusal? = nil) -> Response {
        let html = person.frame.signedIn(
            person.account, at: .roles, title: title, isWide: true, modules: ["roles.js"],
            content)
        return .page(html, refused: refused, platform: platform)
    }
}
