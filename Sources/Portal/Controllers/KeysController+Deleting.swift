import Hummingbird
import KeyCore
import Web

/// Deleting in two steps: the page that asks, and the deed.
extension KeysController {
    /// Which keys a form names.
    private enum Choice {
        case some([ID<Key>])
        case all

        init(_ fields: FormFields) {
            let ids = fields.all("id").prefix(KeySelection.maximumCount).compactMap { ID<Key>($0) }
            self = fields["all"] == "true" ? .all : .some(ids)
        }
    }

    @Sendable func ask(_ person: SignedIn) async throws -> Response {
        guard let subject = try await subject(of: Choice(person.request.query), person) else {
            return .seeOther("/settings/keys?notice=\(DeletionNotice.nothingSelected.rawValue)")
        }
        return answer(sheet(about: subject, for: person), to: person)
    }

    @Sendable func delete(_ person: SignedIn) async throws -> Response {
        let fields = try await person.request.form()
        try person.requireUser(in: fields)
        guard let subject = try await subject(of: Choice(fields), person) else {
            return .seeOther("/settings/keys?notice=\(DeletionNotice.nothingSelected.rawValue)")
        }
        var sheet = sheet(about: subject, for: person)
        guard sheet.accepts(word: fields["word"]) else {
            sheet.isWordWrong = true
            return answer(sheet, to: person, refused: Refusal(.invalid, .invalid))
        }
        let deletion = try await registry.deleteKeys(subject.selection, by: person.caller)
        let notice = DeletionNotice(deleted: deletion.deleted)
        return .seeOther("/settings/keys?notice=\(notice.rawValue)")
    }

    /// What would be deleted now; `nil` when it is nothing, or nothing any more.
    private func subject(of choice: Choice, _ person: SignedIn) async throws -> DeleteSheet.Subject? {
        switch choice {
        case .all:
            let summary = try await registry.keySummary(by: person.caller)
            return summary.total > 0 ? .all(summary) : nil
        case .some(let ids):
            var keys: [Key] = []
            for id in ids {
                do throws(Refusal) {
                    keys.append(try await registry.key(id, by: person.caller))
                } catch {
                    guard error == .notFound else { throw error }
                }
            }
            return keys.isEmpty ? nil : .some(keys)
        }
    }

    private func sheet(about subject: DeleteSheet.Subject, for person: SignedIn) -> DeleteSheet {
        DeleteSheet(reader: person.reader, user: person.account.user.id, subject: subject)
    }

    private func answer(_ sheet: DeleteSheet, to person: SignedIn, refused: Refusal? = nil) -> Response {
        answer(title: person.reader.phrases.delete.title, sheet: sheet.html, to: person, refused: refused)
    }
}

extension DeleteSheet.Subject {
    fileprivate var selection: KeySelection {
        switch self {
        case .some(let keys): .some(keys.map(\.id))
        case .all: .all
        }
    }
}
