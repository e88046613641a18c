extension Phrases {
    /// Why a key was refused, and whether it would be allowed something.
    struct Refusals: Sendable {
        /// What happened, and what to do.
        struct Reason: Sendable {
            let what: String
            let advice: String
        }

        let title: String
        let intro: String
        /// The link to the page from a key's row: how often it was refused.
        let link: Counted
        let chooseKey: String
        let refusedLately: String
        let otherKeys: String
        let deletedKey: Filled
        let show: String
        let refresh: String
        let last: String
        let lastText: Counted
        let none: String
        let noneText: String
        let noKeys: String
        let noKeysText: String
        let when: String
        let request: String
        let from: String
        let why: String
        /// The reason behind a stable code, with the right that was lacking where one was.
        let reason: @Sendable (_ code: RefusedCode, _ right: String) -> Reason
        // Would it be allowed?
        let explain: String
        let explainText: String
        let method: String
        let path: String
        let check: String
        let allowed: String
        let refused: String
        let decides: String
        let ruleNeedsRight: @Sendable (_ rule: HTML, _ right: String) -> HTML
        let ruleNeedsKey: @Sendable (_ rule: HTML) -> HTML
        let noRule: String
        let noRuleRefuses: String
        let pathMissing: String
    }
}

extension Phrases.Refusals {
    static let english = Phrases.Refusals(
        title: "Why was I refused?",
        intro: "The last 20 refusals of each key, and what to do about them. Nothing secret is needed: choose the key.",
        link: { $0 == 1 ? "1 refusal" : "\($0) refusals" },
        chooseKey: "Key",
        refusedLately: "Refused lately",
        otherKeys: "Other keys",
        deletedKey: { "\($0) (deleted)" },
        show: "Show",
        refresh: "Refresh",
        last: "Last refusals",
        lastText: { $0 == 1 ? "1 refusal, in your time zone" : "\($0) refusals, the newest first, in your time zone" },
        none: "This key was not refused",
        noneText: "When a service refuses it, the reason appears here within seconds.",
        noKeys: "No keys yet",
        noKeysText: "Create a key first. Whenever it is refused, the reason appears here.",
        when: "Time",
        request: "Request",
        from: "IP address",
        why: "Reason",
        reason: { code, right in
            switch code {
            case .deleted:
                Reason(what: "The key was deleted.", advice: "Create a new key and put it where the old one is used.")
            case .expired:
                Reason(what: "The key has expired.", advice: "Create a new key and put it where the old one is used.")
            case .notCopied:
                Reason(
                    what: "Nobody confirmed that the key was copied.",
                    advice: "Delete it, create a new one and check the box “I have copied the key”.")
            case .ownerBlocked:
                Reason(what: "Your account was blocked.", advice: "Ask an administrator of your company.")
            case .missingPermission:
                Reason(
                    what: right.isEmpty ? "The key lacks the right." : "The key lacks the right “\(right)”.",
                    advice: "Create a key that has it, or ask an administrator to add it to your role.")
            case .pathRefused:
                Reason(
                    what: "The path can be read in two ways.",
                    advice: "Call it without “//”, “..”, “;” and double encoding.")
            case .noRoute:
                Reason(
                    what: "No rule of the platform names this request.",
                    advice: "Check the method and the path in the platform’s description.")
            case .other:
                Reason(what: "The key was refused.", advice: "Try again, and report the code if it stays.")
            }
        },
        explain: "Would this key be allowed?",
        explainText: "Nothing is sent and nothing is counted: this is what a gateway would hear right now.",
        method: "Method",
        path: "Path",
        check: "Check",
        allowed: "Yes, it would be allowed.",
        refused: "No, it would be refused.",
        decides: "What decides",
        ruleNeedsRight: { rule, right in "The rule \(rule) needs the right “\(right)”." },
        ruleNeedsKey: { rule in "The rule \(rule) needs only a valid key." },
        noRule: "No rule of the platform names this request, so a valid key is enough.",
        noRuleRefuses: "No rule of the platform names this request, and whatever no rule names is refused.",
        pathMissing: "Enter a path such as /api/devices."
    )

    static let russian = Phrases.Refusals(
        title: "Почему отказано?",
        intro: "Последние 20 отказов каждого ключа и что с ними делать. Секретов не нужно: просто выберите ключ.",
        link: { counted($0, "отказ", "отказа", "отказов") },
        chooseKey: "Ключ",
        refusedLately: "С недавними отказами",
        otherKeys: "Остальные ключи",
        deletedKey: { "\($0) (удалён)" },
        show: "Показать",
        refresh: "Обновить",
        last: "Последние отказы",
        lastText: {
            let count = counted($0, "отказ", "отказа", "отказов")
            return $0 == 1 ? "\(count), по вашему времени" : "\(count), сначала новые, по вашему времени"
        },
        none: "Этому ключу не отказывали",
        noneText: "Если какой-нибудь сервис откажет, через несколько секунд причина появится здесь.",
        noKeys: "Ключей пока нет",
        noKeysText: "Сначала создайте ключ. Если ему откажут, причина появится здесь.",
        when: "Время",
        request: "Запрос",
        from: "IP-адрес",
        why: "Причина",
        reason: { code, right in
            switch code {
            case .deleted:
                Reason(what: "Ключ удалён.", advice: "Создайте новый ключ и замените им прежний.")
            case .expired:
                Reason(what: "Срок ключа истёк.", advice: "Создайте новый ключ и замените им прежний.")
            case .notCopied:
                Reason(
                    what: "Никто не подтвердил, что ключ скопирован.",
                    advice: "Удалите его, создайте новый и поставьте галочку «Я скопировал(а) ключ».")
            case .ownerBlocked:
                Reason(what: "Ваша учётная запись была заблокирована.", advice: "Обратитесь к администратору компании.")
            case .missingPermission:
                Reason(
                    what: right.isEmpty ? "У ключа нет нужного права." : "У ключа нет права «\(right)».",
                    advice: "Создайте ключ с этим правом или попросите администратора добавить его в вашу роль.")
            case .pathRefused:
                Reason(
                    what: "Путь можно прочитать по-разному.",
                    advice: "Уберите из него «//», «..», «;» и двойное кодирование.")
            case .noRoute:
                Reason(
                    what: "Ни одно правило платформы не описывает такой запрос.",
                    advice: "Сверьте метод и путь с описанием платформы.")
            case .other:
                Reason(what: "Ключу отказано.", advice: "Попробуйте ещё раз. Если не поможет, сообщите этот код.")
            }
        },
        explain: "Пропустят ли этот ключ?",
        explainText: "Ничего не отправляется и не считается: вы увидите то, что прямо сейчас ответили бы шлюзу.",
        method: "Метод",
        path: "Путь",
        check: "Проверить",
        allowed: "Да, запрос пропустят.",
        refused: "Нет, в запросе откажут.",
        decides: "Что решает",
        ruleNeedsRight: { rule, right in "Правило \(rule) требует права «\(right)»." },
        ruleNeedsKey: { rule in "Правилу \(rule) достаточно действующего ключа." },
        noRule: "Ни одно правило платформы не описывает такой запрос, поэтому достаточно действующего ключа.",
        noRuleRefuses: "Ни одно правило платформы не описывает такой запрос, а всё, чего нет в правилах, запрещено.",
        pathMissing: "Введите путь, например /api/devices."
    )
}
