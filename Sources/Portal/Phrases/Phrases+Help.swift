extension Phrases {
    /// The help: its pages, and the search in them. The articles themselves are in docs/help.
    struct Help: Sendable {
        let title: String
        let intro: String
        let search: String
        let searchPlaceholder: String
        let searchTitle: String
        let resultsTitle: Filled
        let found: Counted
        let nothingFound: String
        let nothingAsked: String
        let contents: String
        /// The link to a section from its own heading.
        let linkTo: Filled
        /// The link to the help on getting keys.
        let howToGetKeys: String
    }
}

extension Phrases.Help {
    static let english = Phrases.Help(
        title: "Help",
        intro: "How to get a key, what to do when it is refused, and who may do what.",
        search: "Search",
        searchPlaceholder: "Search the help",
        searchTitle: "Search",
        resultsTitle: { "Results for “\($0)”" },
        found: { $0 == 1 ? "1 place in the help" : "\($0) places in the help" },
        nothingFound: "Nothing in the help has all of these words. Try fewer of them, or look here:",
        nothingAsked: "Enter a word, such as “expired”, or look here:",
        contents: "On this page",
        linkTo: { "Link to “\($0)”" },
        howToGetKeys: "How do I get a key?"
    )

    static let russian = Phrases.Help(
        title: "Справка",
        intro: "Как получить ключ, что делать, если ему отказали, и кому что разрешено.",
        search: "Найти",
        searchPlaceholder: "Поиск по справке",
        searchTitle: "Поиск",
        resultsTitle: { "Результаты по запросу «\($0)»" },
        found: { counted($0, "место в справке", "места в справке", "мест в справке") },
        nothingFound: "Все эти слова вместе в справке не встречаются. Оставьте меньше слов или загляните сюда:",
        nothingAsked: "Введите слово, например «истёк», или загляните сюда:",
        contents: "На этой странице",
        linkTo: { "Ссылка на раздел «\($0)»" },
        howToGetKeys: "Как получить ключ?"
    )
}
