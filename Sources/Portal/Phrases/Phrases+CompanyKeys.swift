extension Phrases {
    /// All keys of the company.
    struct CompanyKeys: Sendable {
        let title: String
        let intro: String
        let filters: String
        let key: String
        let owner: String
        let ownerPlaceholder: String
        let right: String
        let anyRight: String
        let rights: String
        let caption: String
        let blocked: String
        let blockedHint: String
        let select: @Sendable (_ key: String, _ owner: String) -> String
        let delete: @Sendable (_ key: String, _ owner: String) -> String
        let noKeys: String
        let noKeysText: String
        let noMatch: String
        let noMatchText: String
        let oneQuestion: @Sendable (_ key: HTML, _ owner: HTML) -> HTML
        let someQuestion: @Sendable (_ keys: Int, _ owners: Int) -> String
        let isLogged: String
        let lastUsed: @Sendable (_ when: HTML) -> HTML
        let neverUsed: String
    }
}

extension Phrases.CompanyKeys {
    static let english = Phrases.CompanyKeys(
        title: "Company keys",
        intro: "Every key of everybody in the company, with what it may do at this moment.",
        filters: "Filter the keys",
        key: "Key",
        owner: "User",
        ownerPlaceholder: "Name or e-mail",
        right: "Right",
        anyRight: "Any right",
        rights: "Rights",
        caption: "Keys of the company",
        blocked: "User blocked",
        blockedHint: "The key does not work while its user is blocked.",
        select: { key, owner in "Select \(key) of \(owner)" },
        delete: { key, owner in "Delete \(key) of \(owner)" },
        noKeys: "Nobody has a key yet",
        noKeysText: "As soon as somebody in the company creates a key, you see it here.",
        noMatch: "No key matches",
        noMatchText: "Choose another user, right or status, or look at all keys.",
        oneQuestion: { key, owner in "Delete “\(key)” of \(owner)?" },
        someQuestion: { keys, owners in
            "Delete \(keys) keys of \(owners == 1 ? "1 user" : "\(owners) users")?"
        },
        isLogged: "The audit log will say that you did it.",
        lastUsed: { when in "last used \(when)" },
        neverUsed: "never used"
    )

    static let russian = Phrases.CompanyKeys(
        title: "Ключи компании",
        intro: "Ключи всех сотрудников и то, что каждый ключ может прямо сейчас.",
        filters: "Отбор ключей",
        key: "Ключ",
        owner: "Пользователь",
        ownerPlaceholder: "Имя или эл. почта",
        right: "Право",
        anyRight: "Любое право",
        rights: "Права",
        caption: "Ключи компании",
        blocked: "Заблокирован",
        blockedHint: "Пока пользователь заблокирован, ключ не работает.",
        select: { key, owner in "Выбрать \(key), \(owner)" },
        delete: { key, owner in "Удалить \(key), \(owner)" },
        noKeys: "Ключей пока нет ни у кого",
        noKeysText: "Как только кто-нибудь в компании создаст ключ, вы увидите его здесь.",
        noMatch: "Таких ключей нет",
        noMatchText: "Выберите другого пользователя, право или состояние — или посмотрите все ключи.",
        oneQuestion: { key, owner in "Удалить «\(key)»? Это ключ пользователя \(owner)." },
        someQuestion: { keys, owners in
            "Удалить \(counted(keys, "ключ", "ключа", "ключей"))"
                + " у \(counted(owners, "пользователя", "пользователей", "пользователей"))?"
        },
        isLogged: "В журнале действий останется запись, что это сделали вы.",
        lastUsed: { when in "последнее использование: \(when)" },
        neverUsed: "не использовался"
    )
}
