import Hummingbird
import KeyCore
import Web

/// The settings page, its three forms, and the sessions that can be ended from there.
struct SettingsController: Sendable {
    /// What a form leaves to be said when it has led back to the page.
    private enum Notice: String {
        case saved
        case passwordChanged = "password-changed"
        case sessionEnded = "session-ended"
        case othersEnded = "others-ended"
    }

    let reception: Reception

    private var registry: Registry { reception.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("/settings", [.get: reception.signedIn(show)])
        router.resource("/settings/profile", [.post: reception.signedIn(saveProfile)])
        router.resource("/settings/password", [.post: reception.signedIn(changePassword)])
        router.resource("/settings/preferences", [.post: reception.signedIn(savePreferences)])
        router.resource("/settings/sessions/:id/end", [.post: reception.signedIn(about: endSession)])
        router.resource(
            RouterPath(SessionsCard.othersPath),
            [.get: reception.signedIn(askToEndOthers), .post: reception.signedIn(endOthers)])
    }

    @Sendable private func show(_ person: SignedIn) async throws -> Response {
        let words = person.reader.phrases.settings
        var page = try await self.page(person)
        switch Notice(rawValue: person.request.query["notice"]) {
        case .saved: page.notice = words.saved
        case .passwordChanged: page.notice = words.passwordChanged
        case .sessionEnded: page.notice = person.reader.phrases.sessions.ended
        case .othersEnded: page.notice = person.reader.phrases.sessions.othersEnded
        case nil: break
        }
        return answer(page, to: person)
    }

    @Sendable private func saveProfile(_ person: SignedIn) async throws -> Response {
        let name = try await person.request.form()["name"]
        do throws(Refusal) {
            try await registry.changeName(to: name, by: person.caller)
            return done(.saved)
        } catch {
            return try await again(.profile, error, name: name, person)
        }
    }

    @Sendable private func changePassword(_ person: SignedIn) async throws -> Response {
        let fields = try await person.request.form()
        do throws(Refusal) {
            let token = try await registry.changePassword(
                from: fields["current_password"], to: fields["new_password"], by: person.caller)
            return done(.passwordChanged, cookie: reception.cookie.setting(token))
        } catch {
            return try await again(.password, error, person)
        }
    }

    @Sendable private func savePreferences(_ person: SignedIn) async throws -> Response {
        let fields = try await person.request.form()
        do throws(Refusal) {
            guard let language = Language(rawValue: fields["language"]) else {
                throw .field("language", .languageUnknown)
            }
            try await registry.changePreferences(
                language: language, timeZone: fields["time_zone"], by: person.caller)
            return done(.saved)
        } catch {
            return try await again(.preferences, error, person)
        }
    }

    /// One that has ended meanwhile is no fault: what was asked for is so.
    @Sendable private func endSession(_ person: SignedIn, _ id: ID<Session>) async throws -> Response {
        do throws(Refusal) {
            try await registry.endSession(id, by: person.caller)
        } catch {
            guard error == .notFound else { throw error }
        }
        return done(.sessionEnded)
    }

    @Sendable private func askToEndOthers(_ person: SignedIn) async throws -> Response {
        let others = try await registry.sessions(by: person.caller).count - 1
        guard others > 0 else { return .seeOther("/settings#sessions") }
        let page = EndSessionsPage(reader: person.reader, others: others)
        let title = person.reader.phrases.sessions.signOutOthers
        return .page(person.frame.signedIn(person.account, at: .settings, title: title, page.content))
    }

    @Sendable private func endOthers(_ person: SignedIn) async throws -> Response {
        _ = try await registry.endOtherSessions(by: person.caller)
        return done(.othersEnded)
    }

    private func done(_ notice: Notice, cookie: String? = nil) -> Response {
        .seeOther("/settings?notice=\(notice.rawValue)", cookie: cookie)
    }

    /// The page once more, with what was wrong with one of its forms.
    private func again(
        _ form: SettingsPage.Form, _ refusal: Refusal, name: String? = nil, _ person: SignedIn
    ) async throws -> Response {
        var page = try await self.page(person)
        page.sent = form
        page.faults = Faults(refusal)
        page.name = name
        return answer(page, to: person, refused: refusal)
    }

    private func page(_ person: SignedIn) async throws -> SettingsPage {
        let counts = try await registry.keyCounts(by: person.caller)
        let sessions = SessionsCard(
            reader: person.reader, sessions: try await registry.sessions(by: person.caller),
            current: person.caller.means)
        return SettingsPage(
            reader: person.reader, account: person.account, roleName: person.roleName, liveKeys: counts.active,
            sessions: sessions)
    }

    private func answer(_ page: SettingsPage, to person: SignedIn, refused: Refusal? = nil) -> Response {
        let title = person.reader.phrases.common.settings
        let html = person.frame.signedIn(person.account, at: .settings, title: title, page.content)
        return .page(html, refused: refused, platform: registry.platform)
    }
}
