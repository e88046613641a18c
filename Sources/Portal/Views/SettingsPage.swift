import Foundation
import KeyCore

/// All settings on one long page; the category For Developers stands last.
struct SettingsPage {
    /// The form that was sent, if one was.
    enum Form: String {
        case profile, password, preferences
    }

    let reader: Reader
    let account: Account
    let roleName: String
    let liveKeys: Int
    let sessions: SessionsCard
    var notice: String?
    /// The form whose faults are shown, and what was typed into it.
    var sent: Form?
    var faults = Faults.none
    var name: String?

    private var phrases: Phrases { reader.phrases }
    private var words: Phrases.Settings { reader.phrases.settings }

    var content: HTML {
        """
        <div class="page-head"><div class="title">
        <h1>\(phrases.common.settings)</h1>
        <p class="quiet">\(words.intro)</p>
        </div></div>
        \(notice.map { Parts.note(.good, $0) } ?? "")
        \(section("profile", words.profile, profile))
        \(section("security", words.security, security))
        \(sessions.html)
        \(section("preferences", words.languageAndZone, preferences))
        \(section("company", words.company, company))
        <div class="card">\(ForDevelopers(phrases: phrases, liveKeys: liveKeys).html)</div>
        """
    }

    private func section(_ id: String, _ title: String, _ content: HTML) -> HTML {
        """
        <section class="card settings" id="\(id)" aria-labelledby="\(id)-title"><div class="part section">
        <h2 id="\(id)-title">\(title)</h2>
        \(content)
        </div></section>
        """
    }

    private func faults(of form: Form) -> Faults {
        sent == form ? faults : .none
    }

    private var profile: HTML {
        let faults = faults(of: .profile)
        let field = Field(
            name: "name", label: phrases.entrance.name, value: name ?? account.user.name, autocomplete: "name")
        return """
            <form class="form" method="post" action="/settings/profile" novalidate>
            \(field.html(faults, phrases, isFirstFault: faults.isFirst("name", among: ["name"])))
            <dl class="facts"><dt>\(phrases.entrance.email)</dt><dd>\(account.user.email.text)</dd></dl>
            <p class="hint">\(words.emailHint)</p>
            <div class="actions"><button class="button">\(phrases.common.save)</button></div>
            </form>
            """
    }

    private var security: HTML {
        let faults = faults(of: .password)
        let fields = [
            Field(
                name: "current_password", label: words.currentPassword, type: "password",
                autocomplete: "current-password"),
            Field(
                name: "new_password", label: words.newPassword, type: "password", autocomplete: "new-password",
                hint: phrases.entrance.passwordHint),
        ].map { field in
            let isFirst = faults.isFirst(field.name, among: ["current_password", "new_password"])
            return field.html(faults, phrases, isFirstFault: isFirst)
        }
        return """
            <form class="form" method="post" action="/settings/password" novalidate>
            \(faults.general == nil ? "" : Parts.summary(faults, phrases))
            <input type="text" name="username" value="\(account.user.email.text)" autocomplete="username" hidden>
            \(fields)
            <p class="hint">\(words.changePasswordHint)</p>
            <div class="actions"><button class="button">\(words.changePassword)</button></div>
            </form>
            """
    }

    private var preferences: HTML {
        let faults = faults(of: .preferences)
        let languages = Language.allCases.map { ($0.rawValue, Phrases.of($0).common.languageName) }
        return """
            <form class="form" method="post" action="/settings/preferences">
            <div class="field"><label for="language">\(phrases.common.language)</label>
            \(Parts.select("language", options: languages, chosen: reader.language.rawValue))
            </div>
            <div class="field"><label for="time_zone">\(words.timeZone)</label>
            \(Parts.select(
                "time_zone", options: zones, chosen: account.user.timeZone.identifier,
                attributes: " aria-describedby=\"time_zone-hint time_zone-fault\""))
            <p class="hint" id="time_zone-hint">\(words.timeZoneHint)</p>
            \(Parts.fault("time_zone", faults.sentence(for: "time_zone", phrases)))
            </div>
            <div class="actions"><button class="button">\(phrases.common.save)</button>
            <button class="button plain" type="button" hidden data-uses-time-zone="time_zone">\
            \(words.useBrowserZone)</button></div>
            </form>
            """
    }

    private var company: HTML {
        """
        <dl class="facts">
        <dt>\(phrases.entrance.company)</dt><dd><bdi>\(account.company.name)</bdi></dd>
        <dt>\(words.role)</dt><dd>\(roleName)</dd>
        </dl>
        """
    }

    /// Every place that has time rules of its own, with its distance from UTC at the moment.
    private var zones: [(value: String, label: String)] {
        let places = TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") }
        let all = Set(places + ["UTC", account.user.timeZone.identifier])
        return all.sorted().map { identifier in
            let offset = TimeZone(identifier: identifier)?.secondsFromGMT(for: reader.now.date) ?? 0
            let name = identifier.replacing("_", with: " ")
            return (identifier, offset == 0 ? name : "\(name) (UTC\(SettingsPage.signed(minutes: offset / 60)))")
        }
    }

    /// "+3", "−3:30".
    private static func signed(minutes: Int) -> String {
        let (hours, rest) = (abs(minutes) / 60, abs(minutes) % 60)
        let sign = minutes < 0 ? "−" : "+"
        return rest == 0 ? "\(sign)\(hours)" : "\(sign)\(hours):\(rest < 10 ? "0" : "")\(rest)"
    }
}
