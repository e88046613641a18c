import Hummingbird
import KeyCore
import Web

/// The company's roles: the list, one role, adding, deleting, and the matrix as a workbook. What changes a role goes
/// through a preview, in a file of its own.
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
        router.resource("/settings/roles/:id", [.get: role(.read, show), .post: role(.update, change)])
        router.resource("/settings/roles/:id/delete", [.get: role(.delete, ask), .post: role(.delete, delete)])
    }

    /// A handler for the role that the address names.
    private func role(
        _ action: Action, _ handle: @escaping @Sendable (SignedIn, ID<Role>) async throws -> Response
    ) -> Reception.Handler {
        { request, context in
            let id = context.parameters.get("id").flatMap { ID<Role>($0) }
            let allowed = reception.allowed(.roles, action) { person in
                guard let id else { throw Refusal.notFound }
                return try await handle(person, id)
            }
            return try await allowed(request, context)
        }
    }

    // MARK: The list

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

    // MARK: Adding

    /// An empty form, or a copy of a role with what of it the reader may give.
    @Sendable private func showForm(_ person: SignedIn) async throws -> Response {
        let held = person.caller.permissions
        var draft = RoleDraft(name: "", permissions: PermissionSet())
        var leftOut = PermissionSet()
        if let id = ID<Role>(person.request.query["from"]) {
            let all = try await registry.roles(by: person.caller).map(\.role)
            guard let role = all.first(where: { $0.id == id }) else { throw Refusal.notFound }
            draft.name = RolesController.copyName(
                of: platform.roleName(role).text(person.reader.language), beside: all, person.reader.phrases.roles)
            draft.permissions = role.permissions.intersection(held)
            leftOut = role.permissions.subtracting(held)
        }
        let editor = RoleEditor(
            reader: person.reader, platform: platform, subject: .new, draft: draft, held: held, leftOut: leftOut)
        return answer(editor, to: person)
    }

    /// "Copy of Editor", or "Copy of Copy of Editor" where that is taken, never too long.
    private static func copyName(of name: String, beside all: [Role], _ words: Phrases.Roles) -> String {
        let taken = Set(all.map(\.foldedName))
        var (copy, base) = (words.copyOf(name), name)
        while copy.unicodeScalars.count > PersonalText.maximumLength, !base.isEmpty {
            base.removeLast()
            copy = words.copyOf(base)
        }
        let longer = words.copyOf(copy)
        let isTaken = taken.contains(KeyName.folded(query: copy))
        return isTaken && longer.unicodeScalars.count <= PersonalText.maximumLength ? longer : copy
    }

    @Sendable private func add(_ person: SignedIn) async throws -> Response {
        let draft = RoleDraft(try await person.request.form(), platform: platform)
        do throws(Refusal) {
            let form = RoleForm(name: draft.name, permissions: draft.permissions)
            let role = try await registry.addRole(form, by: person.caller)
            return .seeOther("\(RolesPage.path(role))?notice=\(Notice.added.rawValue)")
        } catch {
            let editor = RoleEditor(
                reader: person.reader, platform: platform, subject: .new, draft: draft,
                held: person.caller.permissions, refusal: error)
            return answer(editor, to: person, refused: error)
        }
    }

    // MARK: Deleting

    @Sendable private func ask(_ person: SignedIn, _ id: ID<Role>) async throws -> Response {
        try await answerDelete(id, to: person)
    }

    @Sendable private func delete(_ person: SignedIn, _ id: ID<Role>) async throws -> Response {
        do throws(Refusal) {
            try await registry.deleteRole(id, by: person.caller)
            return .seeOther("/settings/roles?notice=\(Notice.deleted.rawValue)")
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

    // MARK: Answers

    func answer(_ editor: RoleEditor, to person: SignedIn, refused: Refusal? = nil) -> Response {
        answer(editor.content, title: editor.title, to: person, refused: refused)
    }

    func answer(_ content: HTML, title: String, to person: SignedIn, refused: Refusal? = nil) -> Response {
        .page(
            person.frame.signedIn(
                person.account, at: .roles, title: title, isWide: true, styles: ["roles.css"], modules: ["roles.js"],
                content),
            status: refused.map { Problem($0, platform: platform).status } ?? .ok)
    }
}
