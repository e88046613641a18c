import KeyCore

extension Phrases {
    /// What a key may do, in words, and the part of the window that chooses it.
    struct Rights: Sendable {
        let everything: String
        let nothing: String
        let onlyReading: String
        let allActions: String
        let action: @Sendable (Action) -> String
        let and: @Sendable (_ first: String, _ last: String) -> String
        let moreSections: Counted
        // The part of the window
        let onlySome: String
        let presets: String
        let readOnly: String
        let tickAll: String
        let tickNone: String
        let matrix: String
        let section: String
        let actionTitle: @Sendable (Action) -> String
        let notYours: String
        let chooseSome: String
        let contradiction: String
        let notYoursAnyMore: Filled
        // The list
        let allOfMine: String
        let fewer: String
        let lost: Filled
    }
}

extension Phrases.Rights {
    static let english = Phrases.Rights(
        everything: "Everything",
        nothing: "Nothing",
        onlyReading: "All sections: read",
        allActions: "everything",
        action: { action in
            switch action {
            case .create: "create"
            case .read: "read"
            case .update: "update"
            case .delete: "delete"
            }
        },
        and: { first, last in "\(first) and \(last)" },
        moreSections: { $0 == 1 ? "and 1 more section" : "and \($0) more sections" },
        onlySome: "Only some",
        presets: "Tick several at once",
        readOnly: "Read only",
        tickAll: "Everything",
        tickNone: "Nothing",
        matrix: "What the key may do",
        section: "Section",
        actionTitle: { action in
            switch action {
            case .create: "Create"
            case .read: "Read"
            case .update: "Update"
            case .delete: "Delete"
            }
        },
        notYours: "not yours to give",
        chooseSome: "A key without any right opens nothing. Tick at least one.",
        contradiction: "Not all rights are ticked, but the key would get everything. Choose “Only some”, or tick all.",
        notYoursAnyMore: {
            "Your role has changed. These rights are not yours any more: \($0). Look at the others and try again."
        },
        allOfMine: "Everything you may do",
        fewer: "Fewer rights",
        lost: {
            "Your role has lost these rights, and so has the key: \($0). What the role gets back, the key gets back."
        }
    )

    static let russian = Phrases.Rights(
        everything: "Всё",
        nothing: "Ничего",
        onlyReading: "Все разделы: чтение",
        allActions: "всё",
        action: { action in
            switch action {
            case .create: "создание"
            case .read: "чтение"
            case .update: "изменение"
            case .delete: "удаление"
            }
        },
        and: { first, last in "\(first) и \(last)" },
        moreSections: { "и ещё \(counted($0, "раздел", "раздела", "разделов"))" },
        onlySome: "Только некоторые",
        presets: "Отметить сразу несколько",
        readOnly: "Только чтение",
        tickAll: "Все",
        tickNone: "Ни одного",
        matrix: "Что разрешено ключу",
        section: "Раздел",
        actionTitle: { action in
            switch action {
            case .create: "Создание"
            case .read: "Чтение"
            case .update: "Изменение"
            case .delete: "Удаление"
            }
        },
        notYours: "у вас нет этого права",
        chooseSome: "Ключ без единого права ничего не откроет. Отметьте хотя бы одно.",
        contradiction: "Отмечены не все права, а ключ получил бы все. Выберите «Только некоторые» или отметьте все.",
        notYoursAnyMore: {
            "Ваша роль изменилась. Этих прав у вас больше нет: \($0). Проверьте остальные и попробуйте ещё раз."
        },
        allOfMine: "Всё, что разрешено вам",
        fewer: "Прав стало меньше",
        lost: { "Ваша роль лишилась этих прав, а с ней и ключ: \($0). Если роль получит их снова, вернутся и они." }
    )
}
