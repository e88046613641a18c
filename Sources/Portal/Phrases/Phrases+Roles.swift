import KeyCore

extension Phrases {
    /// The roles and the matrix of their rights.
    struct Roles: Sendable {
        /// A sentence about how many people and how many of their keys.
        typealias Reach = @Sendable (_ people: Int, _ keys: Int) -> String
        /// A sentence about rights that people and keys lose or get.
        typealias Effect = @Sendable (_ rights: String, _ people: Int, _ keys: Int) -> String

        let title: String
        let intro: String
        let add: String
        let download: String
        let searchPlaceholder: String
        let name: String
        let rights: String
        let people: String
        let keys: String
        let fixed: String
        let builtIn: String
        let noResultsText: Filled
        let showAll: String
        let newTitle: String
        let newText: String
        let nameLabel: String
        let haveIt: Reach
        let showPeople: String
        let clone: String
        let copyOf: Filled
        let leftOut: Filled
        let delete: String
        let fixedReason: String
        let readOnlyReason: String
        let locked: String
        let gridHint: String
        let section: String
        let everywhere: @Sendable (Action) -> String
        let allOf: Filled
        let everything: String
        let noAction: String
        let preview: String
        let nothingChanged: String
        let previewTitle: String
        let renames: @Sendable (_ from: HTML, _ to: HTML) -> HTML
        let oneRight: Filled
        let rightsCounted: Counted
        let takes: Effect
        let gives: Effect
        let nobody: String
        let whoHasIt: String
        let ownRole: String
        let apply: String
        let back: String
        let applied: String
        let added: String
        let deleted: String
        let changedTitle: String
        let changedText: String
        let now: String
        let wanted: String
        let takePresent: String
        let goOn: String
        let deleteTitle: @Sendable (HTML) -> HTML
        let deleteText: String
        let inUse: Counted
        let backToRole: String
        let nameTaken: String
        let notHeld: String
    }
}

extension Phrases.Roles {
    static let english = Phrases.Roles(
        title: "Roles",
        intro: "A role says what its people may do, and their keys with them.",
        add: "Add role",
        download: "Download role matrix",
        searchPlaceholder: "Role name",
        name: "Role",
        rights: "Rights",
        people: "Users",
        keys: "Live keys",
        fixed: "Fixed",
        builtIn: "Built-in",
        noResultsText: { "No role has “\($0)” in its name." },
        showAll: "Show all roles",
        newTitle: "New role",
        newText: "Choose what people with this role may do. You give it to them on their own pages.",
        nameLabel: "Role name",
        haveIt: { people, keys in
            guard people > 0 else { return "Nobody has this role." }
            let who = people == 1 ? "1 person has" : "\(people) people have"
            let what = keys == 1 ? "1 live key" : "\(keys) live keys"
            return "\(who) this role, with \(what)."
        },
        showPeople: "Show these users",
        clone: "Clone",
        copyOf: { "Copy of \($0)" },
        leftOut: { "Left out, since you do not have it yourself: \($0)." },
        delete: "Delete role",
        fixedReason:
            "The Administrator has every right and cannot be changed, so that a company never locks itself out.",
        readOnlyReason: "Your own role lets you look at roles, not change them.",
        locked: "You do not have the greyed-out rights yourself, so you cannot give them to others.",
        gridHint: "The arrow keys move from box to box, Space switches one.",
        section: "Section",
        everywhere: { action in
            switch action {
            case .create: "Create everywhere"
            case .read: "Read everywhere"
            case .update: "Update everywhere"
            case .delete: "Delete everywhere"
            }
        },
        allOf: { "All of \($0)" },
        everything: "Everything in every section",
        noAction: "There is no such action here",
        preview: "Preview changes",
        nothingChanged: "Nothing is different yet. Change the name or a box first.",
        previewTitle: "What will change",
        renames: { from, to in "The name changes from “\(from)” to “\(to)”." },
        oneRight: { $0 },
        rightsCounted: { "\($0) rights" },
        takes: { rights, people, keys in "This takes \(rights)\(reach("from", people, keys))." },
        gives: { rights, people, keys in "This gives \(rights)\(reach("to", people, keys))." },
        nobody: "Nobody has this role yet, so no key is touched.",
        whoHasIt: "Who has this role",
        ownRole: "This is your own role: you will lose these rights yourself.",
        apply: "Apply",
        back: "Back to editing",
        applied: "Applied. Every key already follows.",
        added: "The role is added. Give it to people on their pages.",
        deleted: "The role is deleted.",
        changedTitle: "The role was changed meanwhile",
        changedText: "Somebody else saved this role while you edited it. Your changes are neither applied nor lost.",
        now: "As it is now",
        wanted: "What you wanted",
        takePresent: "Keep it as it is now",
        goOn: "Continue with my version",
        deleteTitle: { name in "Delete the role “\(name)”?" },
        deleteText: "Nobody has it. What it allowed is written in the audit log.",
        inUse: {
            $0 == 1
                ? "1 person has this role. Give them another one first."
                : "\($0) people have this role. Give them another one first."
        },
        backToRole: "Back to the role",
        nameTaken: "Another role has this name already. Choose another.",
        notHeld: "A role cannot be given a right that you do not have yourself."
    )

    /// " from 3 people and 7 live keys"; nothing where nobody has the role.
    private static func reach(_ word: String, _ people: Int, _ keys: Int) -> String {
        guard people > 0 else { return "" }
        let who = people == 1 ? "1 person" : "\(people) people"
        let what = keys == 0 ? "no live key" : keys == 1 ? "1 live key" : "\(keys) live keys"
        return " \(word) \(who) and \(what)"
    }

    static let russian = Phrases.Roles(
        title: "Роли",
        intro: "Роль определяет, что могут пользователи с этой ролью и их ключи.",
        add: "Добавить роль",
        download: "Скачать матрицу ролей",
        searchPlaceholder: "Название роли",
        name: "Роль",
        rights: "Права",
        people: "Пользователи",
        keys: "Действующие ключи",
        fixed: "Неизменна",
        builtIn: "Встроенная",
        noResultsText: { "Нет роли, в названии которой есть «\($0)»." },
        showAll: "Показать все роли",
        newTitle: "Новая роль",
        newText: "Отметьте, что смогут пользователи с этой ролью. Назначить её можно на странице пользователя.",
        nameLabel: "Название роли",
        haveIt: { people, keys in
            guard people > 0 else { return "Этой роли ни у кого нет." }
            let who = counted(people, "человека", "человек", "человек")
            return "Эта роль у \(who); действующих ключей \(keys == 0 ? "нет" : "— \(keys)")."
        },
        showPeople: "Показать этих пользователей",
        clone: "Создать копию",
        copyOf: { "\($0) (копия)" },
        leftOut: { "Не вошли права, которых нет у вас: \($0)." },
        delete: "Удалить роль",
        fixedReason:
            "Администратору можно всё, и изменить эту роль нельзя: иначе компания могла бы остаться без доступа.",
        readOnlyReason: "Ваша роль позволяет смотреть роли, но не менять их.",
        locked: "Серым отмечены права, которых нет у вас самих: дать их другим вы не можете.",
        gridHint: "Стрелки переводят к соседней клетке, пробел ставит и снимает отметку.",
        section: "Раздел",
        everywhere: { action in
            switch action {
            case .create: "Создание во всех разделах"
            case .read: "Чтение во всех разделах"
            case .update: "Изменение во всех разделах"
            case .delete: "Удаление во всех разделах"
            }
        },
        allOf: { "Всё в разделе «\($0)»" },
        everything: "Всё во всех разделах",
        noAction: "Такого действия здесь нет",
        preview: "Посмотреть, что изменится",
        nothingChanged: "Пока ничего не изменилось. Поправьте название или отметьте другие права.",
        previewTitle: "Что изменится",
        renames: { from, to in "Название изменится: было «\(from)», станет «\(to)»." },
        oneRight: { "право «\($0)»" },
        rightsCounted: { counted($0, "право", "права", "прав") },
        takes: { rights, people, keys in
            guard people > 0 else { return "Из роли уйдёт: \(rights)." }
            return "\(people == 1 && keys == 0 ? "Потеряет" : "Потеряют") \(rights): \(those(people, keys))."
        },
        gives: { rights, people, keys in
            guard people > 0 else { return "В роли появится: \(rights)." }
            return "\(people == 1 && keys == 0 ? "Получит" : "Получат") \(rights): \(those(people, keys))."
        },
        nobody: "Этой роли пока ни у кого нет, поэтому ключи останутся прежними.",
        whoHasIt: "У кого эта роль",
        ownRole: "Это ваша собственная роль: вы и сами лишитесь этих прав.",
        apply: "Применить",
        back: "Вернуться к правке",
        applied: "Готово. Все ключи уже работают по-новому.",
        added: "Роль добавлена. Назначить её можно на странице пользователя.",
        deleted: "Роль удалена.",
        changedTitle: "Роль успели изменить",
        changedText: "Пока вы правили роль, её сохранил кто-то ещё. Ваши правки не применены и не потеряны.",
        now: "Как сейчас",
        wanted: "Как хотели вы",
        takePresent: "Оставить как сейчас",
        goOn: "Продолжить со своими правками",
        deleteTitle: { name in "Удалить роль «\(name)»?" },
        deleteText: "Её ни у кого нет. В журнале останется запись о том, что она позволяла.",
        inUse: { "Эта роль есть у \(counted($0, "человека", "человек", "человек")). Сначала назначьте другую." },
        backToRole: "Вернуться к роли",
        nameTaken: "Так уже называется другая роль. Выберите другое название.",
        notHeld: "У роли не может быть прав, которых нет у вас."
    )

    /// "3 человека и 7 действующих ключей".
    private static func those(_ people: Int, _ keys: Int) -> String {
        let who = counted(people, "человек", "человека", "человек")
        guard keys > 0 else { return who + ", действующих ключей нет" }
        return "\(who) и \(counted(keys, "действующий ключ", "действующих ключа", "действующих ключей"))"
    }
}
