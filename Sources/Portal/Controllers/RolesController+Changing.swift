import Hummingbird
import KeyCore
import Web

/// Changing a role in three steps: the form, a preview of whom it touches, and the deed. Each step carries on what
/// was typed, and the version of the role that it was typed over.
extension RolesController {
    /// What the button of a form asks for.
    private enum Step: String {
        case preview, edit, apply
    }

    @Sendable func show(_ person: SignedIn, _ id: ID<Role>) async throws -> Response {
        var editor = try await editor(of: id, for: person)
        let words = person.reader.phrases.roles
        switch Notice(rawValue: person.request.query["notice"]) {
        case .applied: editor.notice = (.good, words.applied)
        case .added: editor.notice = (.good, words.added)
        case .nothing: editor.notice = (.warning, words.nothingChanged)
        case .deleted, nil: break
        }
        return answer(editor, to: person)
    }

    @Sendable func change(_ person: SignedIn, _ id: ID<Role>) async throws -> Response {
        let fields = try await person.request.form()
        let draft = RoleDraft(fields, platform: platform)
        let overview = try await registry.roleOverview(id, by: person.caller)
        let form = draft.form(changing: overview.role, platform: platform, language: person.reader.language)
        do throws(Refusal) {
            switch Step(rawValue: fields["step"]) ?? .preview {
            case .edit: return answer(editor(of: overview, for: person, draft: draft), to: person)
            case .preview: return answer(try await registry.previewRole(id, form, by: person.caller), draft, to: person)
            case .apply:
                _ = try await registry.changeRole(id, form, by: person.caller)
                return .seeOther("\(RolesPage.path(overview.role))?notice=\(Notice.applied.rawValue)")
            }
        } catch {
            return try await answer(error, id, draft, to: person)
        }
    }

    private func answer(_ preview: RolePreview, _ draft: RoleDraft, to person: SignedIn) -> Response {
        guard !preview.isNothing else {
            let path = RolesPage.path(preview.before)
            return .seeOther("\(path)?notice=\(Notice.nothing.rawValue)")
        }
        let page = RolePreviewPage(
            reader: person.reader, platform: platform, preview: preview, draft: draft,
            isOwn: person.account.role.id == preview.before.id)
        return answer(page.content, title: person.reader.phrases.roles.previewTitle, to: person)
    }

    /// The form again with what was wrong, or the two versions of a role that was changed meanwhile.
    private func answer(
        _ refusal: Refusal, _ id: ID<Role>, _ draft: RoleDraft, to person: SignedIn
    ) async throws -> Response {
        switch refusal.code {
        case .roleChanged:
            let role = try await registry.roleOverview(id, by: person.caller).role
            let page = RoleChangedPage(reader: person.reader, platform: platform, role: role, draft: draft)
            let title = person.reader.phrases.roles.changedTitle
            return answer(page.content, title: title, to: person, refused: refusal)
        case .notFound, .notSignedIn, .missingPermission, .unavailable: throw refusal
        default:
            var editor = try await editor(of: id, for: person, draft: draft)
            editor.refusal = refusal
            return answer(editor, to: person, refused: refusal)
        }
    }

    private func editor(of id: ID<Role>, for person: SignedIn, draft: RoleDraft? = nil) async throws -> RoleEditor {
        editor(of: try await registry.roleOverview(id, by: person.caller), for: person, draft: draft)
    }

    private func editor(of overview: RoleOverview, for person: SignedIn, draft: RoleDraft? = nil) -> RoleEditor {
        RoleEditor(
            reader: person.reader, platform: platform, subject: .existing(overview),
            draft: draft ?? RoleDraft(overview.role, platform: platform, language: person.reader.language),
            held: person.may(.roles, .update) ? person.caller.permissions : nil,
            mayClone: person.may(.roles, .create), mayDelete: person.may(.roles, .delete),
            maySeePeople: person.may(.users, .read))
    }
}
