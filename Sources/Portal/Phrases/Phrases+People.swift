extension Phrases {
    /// Who works here: the list, one person, and inviting.
    struct People: Sendable {
        let title: String
        let intro: String
        let invite: String
        let searchPlaceholder: String
        let anyRole: String
        let name: String
        let role: String
        let state: String
        let active: String
        let blocked: String
        let invited: String
        let liveKeys: String
        let since: String
        let you: String
        let noResultsText: Filled
        let noResultsForFilter: String
        let showAll: String
        let person: Person
        let invitations: Invitations
    }

    /// One person's page, and what is asked before something is taken from them.
    struct Person: Sendable {
        let nameAndRole: String
        let atOnce: String
        let notHeld: String
        let mayNotChange: String
        let isYou: @Sendable (_ settings: HTML) -> HTML
        let keys: Counted
        let theirKeys: String
        let access: String
        let block: String
        let blockHint: String
        let unblock: String
        let unblockHint: String
        let remove: String
        let removeHint: String
        let blockTitle: @Sendable (_ name: HTML) -> HTML
        let blockText: Counted
        let removeTitle: @Sendable (_ name: HTML) -> HTML
        let removeText: Counted
        let saved: String
        let blockedNow: String
        let unblockedNow: String
        let removedNow: String
    }

    /// Asking people in.
    struct Invitations: Sendable {
        let title: String
        let invitedBy: @Sendable (_ name: HTML) -> HTML
        let until: Filled
        let expired: String
        let void: String
        let voidHint: String
        let renew: String
        let renewOf: Filled
        let withdraw: String
        let withdrawOf: Filled
        let formTitle: String
        let formText: String
        let byMail: String
        let byHand: String
        let emailTaken: String
        let notHeld: String
        let madeTitle: @Sendable (_ email: HTML) -> HTML
        let sent: String
        let failed: String
        let off: String
        let link: String
        let linkHint: Filled
        let copyLink: String
        let copied: String
        let copyFailed: String
        let another: String
        let toPeople: String
        let withdrawTitle: @Sendable (_ email: HTML) -> HTML
        let withdrawText: String
        let withdrawnNow: String
        let closed: String
    }
}

extension Phrases.People {
    static let english = Phrases.People(
        title: "Users",
        intro: "The people of your company, and what each of them may do.",
        invite: "Invite",
        searchPlaceholder: "Name or e-mail",
        anyRole: "Any role",
        name: "Name",
        role: "Role",
        state: "Status",
        active: "Active",
        blocked: "Blocked",
        invited: "Invited",
        liveKeys: "Live keys",
        since: "Here since",
        you: "you",
        noResultsText: { "Nobody has “\($0)” in their name or e-mail." },
        noResultsForFilter: "Nobody has this role and this status.",
        showAll: "Show everybody",
        person: .english,
        invitations: .english
    )

    static let russian = Phrases.People(
        title: "Пользователи",
        intro: "Кто работает в вашей компании и что каждому разрешено.",
        invite: "Пригласить",
        searchPlaceholder: "Имя или эл. почта",
        anyRole: "Любая роль",
        name: "Имя",
        role: "Роль",
        state: "Состояние",
        active: "Активен",
        blocked: "Заблокирован",
        invited: "Приглашён",
        liveKeys: "Действующие ключи",
        since: "В компании с",
        you: "вы",
        noResultsText: { "Нет никого, у кого в имени или адресе есть «\($0)»." },
        noResultsForFilter: "Никого с такой ролью и в таком состоянии нет.",
        showAll: "Показать всех",
        person: .russian,
        invitations: .russian
    )
}

extension Phrases.Person {
    static let english = Phrases.Person(
        nameAndRole: "Name and role",
        atOnce: "A new role counts at once, for each of their keys too.",
        notHeld: "This person’s role has rights that yours lacks, so you cannot change anything here.",
        mayNotChange: "Your role lets you see people but not change them.",
        isYou: { "This is you. Your password, language and time zone are in \($0)." },
        keys: { $0 == 0 ? "no live keys" : $0 == 1 ? "1 live key" : "\($0) live keys" },
        theirKeys: "See their keys",
        access: "Access",
        block: "Block",
        blockHint: "They are logged out, and their keys stop working until you unblock them.",
        unblock: "Unblock",
        unblockHint: "They can log in again, and their keys work again.",
        remove: "Remove",
        removeHint: "They leave the company for good, and their keys are deleted.",
        blockTitle: { "Block \($0)?" },
        blockText: {
            let keys =
                switch $0 {
                case 0: ""
                case 1: " Their 1 live key stops working."
                default: " Their \($0) live keys stop working."
                }
            return "They are logged out everywhere at once.\(keys) You can unblock them at any time."
        },
        removeTitle: { "Remove \($0)?" },
        removeText: {
            let keys =
                switch $0 {
                case 0: ""
                case 1: " Their 1 key is deleted for good."
                default: " Their \($0) keys are deleted for good."
                }
            return "They are logged out everywhere at once.\(keys) Their e-mail can be invited again later."
        },
        saved: "Saved, and in force everywhere.",
        blockedNow: "Blocked. No server accepts their keys any more.",
        unblockedNow: "Unblocked. They can log in, and their keys work again.",
        removedNow: "Removed. No server accepts their keys any more."
    )

    static let russian = Phrases.Person(
        nameAndRole: "Имя и роль",
        atOnce: "Новая роль действует сразу, для ключей этого человека тоже.",
        notHeld: "В роли этого человека есть права, которых нет у вас, поэтому изменить здесь ничего нельзя.",
        mayNotChange: "Ваша роль позволяет видеть пользователей, но не менять их.",
        isYou: { "Это вы. Пароль, язык и часовой пояс меняются в разделе «\($0)»." },
        keys: {
            $0 == 0
                ? "действующих нет" : counted($0, "действующий ключ", "действующих ключа", "действующих ключей")
        },
        theirKeys: "Посмотреть ключи",
        access: "Доступ",
        block: "Заблокировать",
        blockHint: "Войти будет нельзя, а ключи не будут работать, пока вы не разблокируете.",
        unblock: "Разблокировать",
        unblockHint: "Можно будет войти, и ключи снова заработают.",
        remove: "Удалить",
        removeHint: "Человек навсегда покинет компанию, его ключи будут удалены.",
        blockTitle: { "Заблокировать пользователя «\($0)»?" },
        blockText: {
            let keys = counted($0, "действующий ключ", "действующих ключа", "действующих ключей")
            return "Сеансы на всех устройствах сразу завершатся."
                + ($0 == 0 ? "" : " Перестанут работать ключи этого человека: \(keys).")
                + " Разблокировать можно в любой момент."
        },
        removeTitle: { "Удалить пользователя «\($0)»?" },
        removeText: {
            let keys = counted($0, "ключ", "ключа", "ключей")
            return "Сеансы на всех устройствах сразу завершатся."
                + ($0 == 0 ? "" : " Ключи этого человека будут удалены навсегда: \(keys).")
                + " На тот же адрес позже можно выслать новое приглашение."
        },
        saved: "Сохранено. Изменения уже действуют везде.",
        blockedNow: "Пользователь заблокирован. Ни один сервер больше не примет его ключи.",
        unblockedNow: "Пользователь разблокирован. Он может войти, и его ключи снова работают.",
        removedNow: "Пользователь удалён. Ни один сервер больше не примет его ключи."
    )
}

extension Phrases.Invitations {
    static let english = Phrases.Invitations(
        title: "Invitations",
        invitedBy: { "invited by \($0)" },
        until: { "works until \($0)" },
        expired: "Expired",
        void: "Stopped working",
        voidHint: "Whoever sent it may not give this role any more. Make a new link to invite in your own name.",
        renew: "New link",
        renewOf: { "New link for \($0)" },
        withdraw: "Withdraw",
        withdrawOf: { "Withdraw the invitation of \($0)" },
        formTitle: "Invite somebody",
        formText: "They choose a name and a password themselves. The link works once, for 7 days.",
        byMail: "We send the link to this address.",
        byHand: "No mail is sent from here: you get a link to pass on.",
        emailTaken: "There is an account with this e-mail already.",
        notHeld: "This role has rights that yours lacks. Choose another.",
        madeTitle: { "\($0) is invited" },
        sent: "The letter with the link is on its way.",
        failed: "The letter did not go out. Pass the link on yourself.",
        off: "No mail is sent from here. Pass the link on yourself.",
        link: "Invitation link",
        linkHint: { "It works once, until \($0), and is shown only now." },
        copyLink: "Copy link",
        copied: "Copied",
        copyFailed: "Copying did not work. The link is selected: press Ctrl+C, or Cmd+C on a Mac.",
        another: "Invite somebody else",
        toPeople: "Done",
        withdrawTitle: { "Withdraw the invitation of \($0)?" },
        withdrawText: "The link that they have stops working at once.",
        withdrawnNow: "Withdrawn. The link does not work any more.",
        closed: "New accounts are closed on this platform, so nobody can be invited."
    )

    static let russian = Phrases.Invitations(
        title: "Приглашения",
        invitedBy: { "приглашает \($0)" },
        until: { "действует до \($0)" },
        expired: "Истекло",
        void: "Не действует",
        voidHint: "Пригласивший больше не может назначать эту роль. Новая ссылка будет уже от вашего имени.",
        renew: "Новая ссылка",
        renewOf: { "Новая ссылка для \($0)" },
        withdraw: "Отозвать",
        withdrawOf: { "Отозвать приглашение для \($0)" },
        formTitle: "Новое приглашение",
        formText: "Имя и пароль человек выберет сам. Ссылка сработает один раз и действует 7 дней.",
        byMail: "На этот адрес мы отправим письмо со ссылкой.",
        byHand: "Письма отсюда не отправляются: вы получите ссылку и передадите её сами.",
        emailTaken: "С этим адресом уже есть учётная запись.",
        notHeld: "В этой роли есть права, которых нет у вас. Выберите другую.",
        madeTitle: { "Приглашение для \($0) готово" },
        sent: "Письмо со ссылкой отправлено.",
        failed: "Письмо отправить не удалось. Передайте ссылку сами.",
        off: "Письма отсюда не отправляются. Передайте ссылку сами.",
        link: "Ссылка-приглашение",
        linkHint: { "Сработает один раз и действует до \($0). Снова показать её нельзя." },
        copyLink: "Скопировать ссылку",
        copied: "Скопировано",
        copyFailed: "Скопировать не получилось. Ссылка выделена: нажмите Ctrl+C, а на Mac — Cmd+C.",
        another: "Пригласить ещё",
        toPeople: "Готово",
        withdrawTitle: { "Отозвать приглашение для \($0)?" },
        withdrawText: "Отправленная ссылка сразу перестанет работать.",
        withdrawnNow: "Приглашение отозвано. Ссылка больше не работает.",
        closed: "На платформе закрыта регистрация, поэтому пригласить никого нельзя."
    )
}
