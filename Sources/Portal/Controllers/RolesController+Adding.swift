import Hummingbird
import KeyCore
import Web

/// Adding a role: from nothing, or as a copy of another.
extension RolesController {
    /// An empty form, or a copy of a role with what of it the reader may give.
    @Sendable func showForm(_ person: SignedIn) async throws -> Response {
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

    @Sendable func add(_ person: SignedIn) async throws -> Response {
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
}
