extension Phrases {
    /// The first page of the account.
    struct Main: Sendable {
        let morning: Filled
        let afternoon: Filled
        let evening: Filled
        let noKeys: String
        let attention: String
        /// What is to be known of a key, below its name.
        let expires: @Sendable (_ when: String, _ date: String) -> String
        let neverUsed: @Sendable (_ ago: String) -> String
        let notCopied: String
        let refused: @Sendable (_ ago: HTML, _ why: String) -> HTML
        let deletedKey: Filled
        let createAnother: String
        let createAnotherFor: Filled
        let delete: String
        let seeWhy: String
        let seeWhyFor: Filled
        let moreExpiring: String
        let moreUnused: String
        let moreNotCopied: String
        let moreRefused: String
        let uses: String
        let usesInDays: @Sendable (_ count: Int, _ shown: String) -> String
        let peak: @Sendable (_ shown: String, _ date: String) -> String
        let daysInUTC: String
        let noUses: String
        let chart: @Sendable (_ total: String, _ peak: String) -> String
        let tableCaption: String
        let day: String
        let newestKeys: String
        let allKeys: String
        let used: @Sendable (_ when: HTML) -> HTML
        let unused: String
        let toKeys: String
        let stepsTitle: String
        let stepCreate: String
        let stepCreateText: String
        let stepCall: String
        let stepCallText: String
        let stepSee: String
        let stepSeeText: String
        let settingsText: String
    }
}

extension Phrases.Main {
    static let english = Phrases.Main(
        morning: { "Good morning, \($0)." },
        afternoon: { "Good afternoon, \($0)." },
        evening: { "Good evening, \($0)." },
        noKeys: "You have no API keys yet.",
        attention: "Needs your attention",
        expires: { when, date in "Expires \(when), on \(date)" },
        neverUsed: { ago in "Never used; created \(ago)" },
        notCopied: "Never copied, so it does not work",
        refused: { ago, why in "Refused \(ago). \(why)" },
        deletedKey: { "\($0) (deleted)" },
        createAnother: "Create another",
        createAnotherFor: { "Create another key in place of \($0)" },
        delete: "Delete",
        seeWhy: "See why",
        seeWhyFor: { "See why \($0) was refused" },
        moreExpiring: "All that expire soon",
        moreUnused: "All that were never used",
        moreNotCopied: "All that were not copied",
        moreRefused: "All refusals",
        uses: "Requests with your keys",
        usesInDays: { count, shown in count == 1 ? "\(shown) request in 30 days" : "\(shown) requests in 30 days" },
        peak: { shown, date in "at most \(shown) a day, on \(date)" },
        daysInUTC: "Days in UTC",
        noUses: "No request was made with your keys in the last 30 days.",
        chart: { total, peak in "A chart of 30 days: \(total), \(peak)." },
        tableCaption: "Requests with your keys by day; days in UTC",
        day: "Day",
        newestKeys: "Newest keys",
        allKeys: "All API keys",
        used: { when in "used \(when)" },
        unused: "never used",
        toKeys: "Open API keys",
        stepsTitle: "Three steps to your first request",
        stepCreate: "Create a key",
        stepCreateText: "Give it a name and a last day. You see it once, so copy it at once.",
        stepCall: "Call with it",
        stepCallText: "Send the key with each request, in the header Authorization.",
        stepSee: "See it here",
        stepSeeText: "This page shows how much your keys are used, and when each was used last.",
        settingsText: "Your account, and what your programs need."
    )

    static let russian = Phrases.Main(
        morning: { "Доброе утро, \($0)." },
        afternoon: { "Добрый день, \($0)." },
        evening: { "Добрый вечер, \($0)." },
        noKeys: "API-ключей у вас пока нет.",
        attention: "Требует внимания",
        expires: { when, date in "Перестанет работать \(when), \(date)" },
        neverUsed: { ago in "Ни разу не использовался; создан \(ago)" },
        notCopied: "Не скопирован, поэтому не работает",
        refused: { ago, why in "Отказ \(ago). \(why)" },
        deletedKey: { "\($0) (удалён)" },
        createAnother: "Создать новый",
        createAnotherFor: { "Создать новый ключ вместо «\($0)»" },
        delete: "Удалить",
        seeWhy: "Узнать почему",
        seeWhyFor: { "Узнать почему отказано ключу «\($0)»" },
        moreExpiring: "Все, которые скоро истекут",
        moreUnused: "Все, которые не использовались",
        moreNotCopied: "Все нескопированные",
        moreRefused: "Все отказы",
        uses: "Запросы с вашими ключами",
        usesInDays: { count, shown in
            "\(shown) \(noun(for: count, "запрос", "запроса", "запросов")) за 30 дней"
        },
        peak: { shown, date in "больше всего за день — \(shown), \(date)" },
        daysInUTC: "Дни по UTC",
        noUses: "За последние 30 дней с вашими ключами не было ни одного запроса.",
        chart: { total, peak in "График за 30 дней: \(total), \(peak)." },
        tableCaption: "Запросы с вашими ключами по дням; дни по UTC",
        day: "День",
        newestKeys: "Новые ключи",
        allKeys: "Все API-ключи",
        used: { when in "использован \(when)" },
        unused: "не использовался",
        toKeys: "Перейти к API-ключам",
        stepsTitle: "Три шага до первого запроса",
        stepCreate: "Создайте ключ",
        stepCreateText: "Дайте ему название и срок. Он показывается только один раз, поэтому сразу скопируйте его.",
        stepCall: "Отправьте запрос",
        stepCallText: "Передавайте ключ с каждым запросом в заголовке Authorization.",
        stepSee: "Посмотрите на результат",
        stepSeeText: "На этой странице видно, сколько запросов приходит с вашими ключами и когда был последний.",
        settingsText: "Ваша учётная запись и всё для ваших программ."
    )
}
