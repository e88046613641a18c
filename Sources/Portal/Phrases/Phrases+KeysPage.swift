import KeyCore

extension Phrases {
    /// What the API keys page says besides the names of its parts: states, the small chart, sorting, the keyboard.
    struct KeysPage: Sendable {
        let expiresIn: Counted
        let expiresSoon: String
        let neverUsed: String
        let usesInDays: @Sendable (_ uses: Int, _ days: Int) -> String
        let sort: String
        let sorted: @Sendable (KeyQuery.Order, _ descending: Bool) -> String
        let shortcuts: String
        let shortcutsText: String
        let shortcutSearch: String
        let shortcutNew: String
        let shortcutMove: String
        let shortcutSelect: String
        let shortcutDelete: String
        let shortcutHelp: String
        let useShortcuts: String
    }

    /// What the window that creates a key says while one fills it in.
    struct CreateWindow: Sendable {
        let discardTitle: String
        let discardText: String
        let goOn: String
        let discard: String
    }

    /// The calendar over a field for a day.
    struct Calendar: Sendable {
        let choose: String
        let previousMonth: String
        let nextMonth: String
        let unclear: String
    }
}

extension Phrases.KeysPage {
    static let english = Phrases.KeysPage(
        expiresIn: { $0 == 0 ? "Expires today" : $0 == 1 ? "Expires in 1 day" : "Expires in \($0) days" },
        expiresSoon: "Expires soon",
        neverUsed: "Never used",
        usesInDays: { uses, days in "\(uses == 1 ? "1 request" : "\(uses) requests") in \(days) days" },
        sort: "Sort by",
        sorted: { order, descending in
            switch order {
            case .name: descending ? "Name, Z to A" : "Name, A to Z"
            case .key: descending ? "Key, Z to A" : "Key, A to Z"
            case .created: descending ? "Newest first" : "Oldest first"
            case .expires: descending ? "Expires last" : "Expires first"
            case .lastUsed: descending ? "Last used first" : "Longest unused"
            }
        },
        shortcuts: "Keyboard shortcuts",
        shortcutsText: "They rest while you type and while a window is open.",
        shortcutSearch: "Search",
        shortcutNew: "Create a key",
        shortcutMove: "Next or previous key",
        shortcutSelect: "Select the key",
        shortcutDelete: "Delete the selected keys, or the one in focus",
        shortcutHelp: "Show this list",
        useShortcuts: "Use these keys on this page"
    )

    static let russian = Phrases.KeysPage(
        expiresIn: { $0 == 0 ? "Истекает сегодня" : "Истекает через \(counted($0, "день", "дня", "дней"))" },
        expiresSoon: "Скоро истекает",
        neverUsed: "Не использовались",
        usesInDays: { uses, days in
            "\(counted(uses, "запрос", "запроса", "запросов")) за \(counted(days, "день", "дня", "дней"))"
        },
        sort: "Порядок",
        sorted: { order, descending in
            switch order {
            case .name: descending ? "Название, от Я до А" : "Название, от А до Я"
            case .key: descending ? "Ключ, от Z до A" : "Ключ, от A до Z"
            case .created: descending ? "Сначала новые" : "Сначала старые"
            case .expires: descending ? "Истекают позже" : "Истекают раньше"
            case .lastUsed: descending ? "Недавно использованные" : "Давно не использованные"
            }
        },
        shortcuts: "Горячие клавиши",
        shortcutsText: "Не действуют, пока вы печатаете или открыто окно.",
        shortcutSearch: "Поиск",
        shortcutNew: "Создать ключ",
        shortcutMove: "Следующий или предыдущий ключ",
        shortcutSelect: "Выбрать ключ",
        shortcutDelete: "Удалить выбранные ключи или тот, что в фокусе",
        shortcutHelp: "Показать этот список",
        useShortcuts: "Использовать эти клавиши на странице"
    )
}

extension Phrases.CreateWindow {
    static let english = Phrases.CreateWindow(
        discardTitle: "Discard what you typed?",
        discardText: "No key has been created yet.",
        goOn: "Keep editing",
        discard: "Discard"
    )

    static let russian = Phrases.CreateWindow(
        discardTitle: "Закрыть и не сохранять введённое?",
        discardText: "Ключ ещё не создан.",
        goOn: "Продолжить",
        discard: "Не сохранять"
    )
}

extension Phrases.Calendar {
    static let english = Phrases.Calendar(
        choose: "Choose a day",
        previousMonth: "Previous month",
        nextMonth: "Next month",
        unclear: "Write a day such as 24 November 2026."
    )

    static let russian = Phrases.Calendar(
        choose: "Выбрать день",
        previousMonth: "Предыдущий месяц",
        nextMonth: "Следующий месяц",
        unclear: "Введите день, например 24 ноября 2026."
    )
}
