import Hummingbird
import KeyCore
import Web

/// One person: what they may do, and what is taken from them.
extension PeopleController {
    func addRoutesOfPerson(to router: Router<WebContext>) {
        router.resource(
            "/settings/users/:id",
            [
                .get: reception.allowed(.users, .read, about: showPerson),
                .post: reception.allowed(.users, .update, about: change),
            ])
        router.resource(
            "/settings/users/:id/block",
            [
                .get: reception.allowed(.users, .update, about: askToBlock),
                .post: reception.allowed(.users, .update, about: block),
            ])
        router.resource("/settings/users/:id/unblock", [.post: reception.allowed(.users, .update, about: unblock)])
        router.resource(
            "/settings/users/:id/remove",
            [
                .get: reception.allowed(.users, .delete, about: askToRemove),
                .post: reception.allowed(.users, .delete, about: remove),
            ])
    }

    @Sendable private func showPerson(_ person: SignedIn, _ id: ID<User>) async throws -> Response {
        answer(try await page(of: id, for: person), to: person)
    }

    @Sendable private func change(_ person: SignedIn, _ id: ID<User>) async throws -> Response {
        let fields = try await person.request.form()
        do throws(Refusal) {
            guard let role = ID<Role>(fields["role_id"]) else { throw .field("role_id", .roleUnknown) }
            let change = PersonChange(name: fields["name"], role: role)
            _ = try await registry.changePerson(id, change, by: person.caller)
            return done(.saved, at: PeoplePage.path(id))
        } catch {
            if error == .notFound { throw error }
            var page = try await page(of: id, for: person)
            (page.faults, page.name) = (Faults(error), fields["name"])
            return answer(page, to: person, refused: error)
        }
    }

    @Sendable private func askToBlock(_ person: SignedIn, _ id: ID<User>) async throws -> Response {
        try await ask(.block, id, person)
    }

    @Sendable private func askToRemove(_ person: SignedIn, _ id: ID<User>) async throws -> Response {
        try await ask(.remove, id, person)
    }

    @Sendable private func block(_ person: SignedIn, _ id: ID<User>) async throws -> Response {
        do throws(Refusal) {
            _ = try await registry.changePerson(id, PersonChange(isBlocked: true), by: person.caller)
            return done(.blocked, at: PeoplePage.path(id))
        } catch {
            return try await ask(.block, id, person, refused: error)
        }
    }

    @Sendable private func unblock(_ person: SignedIn, _ id: ID<User>) async throws -> Response {
        _ = try await registry.changePerson(id, PersonChange(isBlocked: false), by: person.caller)
        return done(.unblocked, at: PeoplePage.path(id))
    }

    @Sendable private func remove(_ person: SignedIn, _ id: ID<User>) async throws -> Response {
        do throws(Refusal) {
            _ = try await registry.removePerson(id, by: person.caller)
            return done(.removed, at: PeopleList.path)
        } catch {
            return try await ask(.remove, id, person, refused: error)
        }
    }

    private func done(_ notice: Notice, at path: String) -> Response {
        .seeOther("\(path)?notice=\(notice.rawValue)")
    }

    private func ask(
        _ deed: PersonSheet.Deed, _ id: ID<User>, _ person: SignedIn, refused: Refusal? = nil
    ) async throws -> Response {
        let (account, keys) = try await registry.person(id, by: person.caller)
        let sheet = PersonSheet(
            reader: person.reader, deed: deed, user: account.user, keys: keys,
            faults: refused.map(Faults.init) ?? .none)
        return answer(sheet.content, title: account.user.name, to: person, refused: refused)
    }

    private func page(of id: ID<User>, for person: SignedIn) async throws -> ColleaguePage {
        let (account, keys) = try await registry.person(id, by: person.caller)
        return ColleaguePage(
            reader: person.reader, platform: registry.platform, account: account, keys: keys,
            roles: try await assignableRoles(person), isSelf: id == person.account.user.id,
            maySeeKeys: person.may(.apiKeys, .read), means: means(account, person), notice: notice(person))
    }

    private func means(_ account: Account, _ person: SignedIn) -> ColleaguePage.Means {
        let words = person.reader.phrases.people.person
        if !person.may(.users, .update) { return .nothing(words.mayNotChange) }
        if !person.caller.holds(account.permissions) { return .nothing(words.notHeld) }
        return .everything(mayRemove: person.may(.users, .delete))
    }

    private func answer(_ page: ColleaguePage, to person: SignedIn, refused: Refusal? = nil) -> Response {
        answer(page.content, title: page.account.user.name, to: person, refused: refused)
    }
}
