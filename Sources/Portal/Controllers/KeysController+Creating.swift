import Hummingbird
import KeyCore
import Web

/// Creating a key: the form, what is checked while it is typed, the one showing, and the confirmation.
extension KeysController {
    @Sendable func showForm(_ person: SignedIn) async throws -> Response {
        answer(form(for: person), to: person)
    }

    func form(for person: SignedIn) -> CreateKeyForm {
        CreateKeyForm(reader: person.reader, user: person.account.user.id, rights: rightsField(for: person))
    }

    func rightsField(
        for person: SignedIn, choice: RightsChoice = .everything, fault: RightsChoice.Fault? = nil
    ) -> RightsField {
        RightsField(
            reader: person.reader, platform: registry.platform, roleName: person.roleName,
            held: person.caller.permissions, choice: choice, fault: fault)
    }

    /// What is wrong with a name while it is being typed, in words; nothing when it is free.
    @Sendable func checkName(_ person: SignedIn) async throws -> Response {
        let fault: Refusal.Code?
        do throws(Refusal) {
            let name = try KeyName(person.request.query["name"])
            fault = try await registry.isNameTaken(name, by: person.caller) ? .nameTaken : nil
        } catch {
            fault = error.code
        }
        return .page("<p data-fault>\(fault.map(person.reader.phrases.refusal) ?? "")</p>")
    }

    @Sendable func create(_ person: SignedIn) async throws -> Response {
        let fields = try await person.request.form()
        do throws(Refusal) {
            try person.requireUser(in: fields)
        } catch {
            return answer(formOfAnother(fields, Faults(error), for: person), to: person, refused: error)
        }
        let choice = RightsChoice(fields)
        let rightsFault = choice.fault(held: person.caller.permissions, registry.platform)
        var form = CreateKeyForm(
            reader: person.reader, user: person.account.user.id,
            rights: rightsField(for: person, choice: choice, fault: rightsFault), name: fields["name"],
            lastDay: fields["expires_on"])
        do throws(Refusal) {
            guard rightsFault == nil else { throw Refusal(.invalid, .invalid) }
            guard let day = Day(fields["expires_on"]) else { throw .field("expires_on", .dateInvalid) }
            let wanted = KeyForm(
                name: form.name, expiresOn: day,
                permissions: choice.isEverything ? nil : try registry.platform.set(named: choice.ticked),
                awaitsConfirmation: true)
            return showOnce(try await registry.createKey(wanted, by: person.caller), to: person)
        } catch {
            if rightsFault == nil { form.faults = Faults(error) }
            return answer(form, to: person, refused: error)
        }
    }

    /// What somebody sent from a page on which another account was logged in. It stays that account's, with what was
    /// typed and ticked: it makes no key for whoever is here now, and does once its owner is here again.
    private func formOfAnother(_ fields: FormFields, _ faults: Faults, for person: SignedIn) -> CreateKeyForm {
        let choice = RightsChoice(fields)
        var form = form(for: person)
        form.rights.choice = choice
        form.rights.held = form.rights.held.union(
            PermissionSet(choice.ticked.compactMap(registry.platform.permission)))
        if let user = ID<User>(fields["user_id"]) { form.user = user }
        (form.faults, form.name, form.lastDay) = (faults, fields["name"], fields["expires_on"])
        return form
    }

    private func answer(_ form: CreateKeyForm, to person: SignedIn, refused: Refusal? = nil) -> Response {
        answer(title: person.reader.phrases.create.title, sheet: form.html, to: person, refused: refused)
    }

    func revealSheet(for person: SignedIn, shown: RevealSheet.Shown? = nil) -> RevealSheet {
        RevealSheet(
            reader: person.reader, user: person.account.user.id,
            publicURL: reception.address.text(for: person.request), variable: KeyVariable(registry.platform),
            shown: shown)
    }

    private func showOnce(_ created: CreatedKey, to person: SignedIn) -> Response {
        let shown = RevealSheet.Shown(id: created.key.id, secret: created.secret)
        let sheet = revealSheet(for: person, shown: shown)
        return answer(
            title: person.reader.phrases.reveal.title, sheet: sheet.html, to: person, modules: ["keys.js"])
    }

    @Sendable func confirm(_ person: SignedIn, _ id: ID<Key>) async throws -> Response {
        guard try await person.request.form()["copied"] == "on" else { throw Refusal(.invalid, .invalid) }
        _ = try await registry.confirmKey(id, by: person.caller)
        return .seeOther("/settings/keys")
    }
}

extension SignedIn {
    /// Our pages name whom they were made for. One that was open before they did, or a program, names nobody.
    ///
    /// - Throws: `another_account`.
    func requireUser(in fields: FormFields) throws(Refusal) {
        let user = fields["user_id"]
        if !user.isEmpty { try caller.requireUser(user) }
    }
}
