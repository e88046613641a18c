extension Phrases {
    /// Where a person is signed in.
    struct Sessions: Sendable {
        let title: String
        let text: String
        let thisSession: String
        let since: Filled
        let inTheLastHour: String
        let lastActive: Filled
        let unknownBrowser: String
        let browserOn: @Sendable (_ browser: String, _ system: String) -> String
        let signOut: String
        let signOutOf: Filled
        let signOutOthers: String
        let askTitle: String
        let askText: Counted
        let ended: String
        let othersEnded: String
    }
}

extension Phrases.Sessions {
    static let english = Phrases.Sessions(
        title: "Where you are signed in",
        text: "If you do not know one of these, sign it out and change your password.",
        thisSession: "This session",
        since: { "since \($0)" },
        inTheLastHour: "active in the last hour",
        lastActive: { "active \($0)" },
        unknownBrowser: "Unknown browser",
        browserOn: { browser, system in "\(browser) on \(system)" },
        signOut: "Sign out",
        signOutOf: { "Sign out \($0)" },
        signOutOthers: "Sign out everywhere else",
        askTitle: "Sign out everywhere else?",
        askText: {
            $0 == 1
                ? "1 other session ends at once. You stay signed in here."
                : "\($0) other sessions end at once. You stay signed in here."
        },
        ended: "Signed out. That browser has to log in again.",
        othersEnded: "Signed out everywhere else."
    )

    static let russian = Phrases.Sessions(
        title: "Где выполнен вход",
        text: "Если какой-то из сеансов вам незнаком, завершите его и смените пароль.",
        thisSession: "Этот сеанс",
        since: { "с \($0)" },
        inTheLastHour: "активность в течение последнего часа",
        lastActive: { "последняя активность \($0)" },
        unknownBrowser: "Неизвестный браузер",
        browserOn: { browser, system in "\(browser), \(system)" },
        signOut: "Завершить",
        signOutOf: { "Завершить сеанс: \($0)" },
        signOutOthers: "Завершить остальные сеансы",
        askTitle: "Завершить остальные сеансы?",
        askText: {
            let verb = noun(for: $0, "завершится", "завершатся", "завершатся")
            let others = counted($0, "другой сеанс", "других сеанса", "других сеансов")
            return "Сразу \(verb) \(others). Здесь вы останетесь в личном кабинете."
        },
        ended: "Сеанс завершён. В том браузере нужно войти заново.",
        othersEnded: "Остальные сеансы завершены."
    )
}
