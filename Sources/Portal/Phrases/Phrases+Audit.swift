import KeyCore

extension Phrases {
    /// The audit log.
    struct Audit: Sendable {
        /// One event, for the sentence that tells it.
        struct Deed: Sendable {
            let action: AuditEvent.Action
            let who: HTML
            /// What it was done to, by name.
            let what: HTML
            /// Whether somebody did it to themself.
            let isOwn: Bool
        }

        let title: String
        let intro: String
        let filters: String
        let person: String
        let personPlaceholder: String
        let deed: String
        let anyDeed: String
        let group: @Sendable (AuditGroup) -> String
        let wholeGroup: @Sendable (AuditGroup) -> String
        let deedName: @Sendable (AuditEvent.Action) -> String
        let since: String
        let until: String
        let subject: String
        let subjectPlaceholder: String
        let apply: String
        let clear: String
        let downloadCSV: String
        let downloadLines: String
        let caption: String
        let when: String
        let whatHappened: String
        let address: String
        let someOperator: String
        let withKey: @Sendable (_ name: HTML) -> HTML
        let added: String
        let taken: String
        let becomes: String
        let pages: String
        let newer: String
        let older: String
        let noEvents: String
        let noEventsText: String
        let noMatch: String
        let noMatchText: String
        let sentence: @Sendable (Deed) -> HTML
    }
}

extension Phrases.Audit {
    static let english = Phrases.Audit(
        title: "Audit log",
        intro: "Who did what, when and from where. Nothing here is ever changed or deleted.",
        filters: "Filter the log",
        person: "Who",
        personPlaceholder: "Name or e-mail",
        deed: "What was done",
        anyDeed: "Anything",
        group: { group in
            switch group {
            case .access: "Accounts"
            case .keys: "Keys"
            case .people: "Users"
            case .roles: "Roles"
            case .discussions: "Discussions"
            case .log: "Audit log"
            }
        },
        wholeGroup: { group in
            switch group {
            case .access: "Anything about accounts"
            case .keys: "Anything about keys"
            case .people: "Anything about users"
            case .roles: "Anything about roles"
            case .discussions: "Anything about discussions"
            case .log: "Anything about the log"
            }
        },
        deedName: { action in
            switch action {
            case .accountRegistered: "Registered"
            case .sessionStarted: "Logged in"
            case .sessionEnded: "Logged out"
            case .passwordChanged: "Password changed"
            case .profileChanged: "Profile changed"
            case .keyCreated: "Key created"
            case .keyConfirmed: "Key confirmed as copied"
            case .keyDeleted: "Key deleted"
            case .userAdded: "User added"
            case .userChanged: "User changed"
            case .userBlocked: "User blocked"
            case .userUnblocked: "User unblocked"
            case .userRemoved: "User removed"
            case .roleAdded: "Role added"
            case .roleChanged: "Role changed"
            case .roleDeleted: "Role deleted"
            case .userInvited: "User invited"
            case .invitationWithdrawn: "Invitation withdrawn"
            case .userJoined: "Invitation accepted"
            case .auditExported: "Log downloaded"
            case .topicCreated: "Question asked"
            case .topicClosed: "Question closed"
            case .topicReopened: "Question reopened"
            case .topicHidden: "Question hidden"
            case .topicShown: "Question shown again"
            case .replyHidden: "Reply hidden"
            case .replyShown: "Reply shown again"
            }
        },
        since: "From",
        until: "To",
        subject: "About",
        subjectPlaceholder: "Key, user or role",
        apply: "Show",
        clear: "Show everything",
        downloadCSV: "Download CSV",
        downloadLines: "Download JSON Lines",
        caption: "Events, the newest first",
        when: "Time",
        whatHappened: "What happened",
        address: "IP address",
        someOperator: "The operator",
        withKey: { name in "With the key “\(name)”" },
        added: "added",
        taken: "taken away",
        becomes: "becomes",
        pages: "Pages of the log",
        newer: "Newer",
        older: "Older",
        noEvents: "Nothing has happened yet",
        noEventsText: "What people of your company do here is written down on this page.",
        noMatch: "No event matches",
        noMatchText: "Choose another person, action or day, or look at everything.",
        sentence: { deed in
            let (who, what) = (deed.who, deed.what)
            return switch deed.action {
            case .accountRegistered:
                deed.isOwn ? "\(who) registered the company" : "\(who) registered the company for \(what)"
            case .sessionStarted: "\(who) logged in"
            case .sessionEnded: deed.isOwn ? "\(who) logged out" : "\(who) signed out one of their other browsers"
            case .passwordChanged:
                deed.isOwn ? "\(who) changed their password" : "\(who) set a new password for \(what)"
            case .profileChanged: "\(who) changed their profile"
            case .keyCreated: "\(who) created the key “\(what)”"
            case .keyConfirmed: "\(who) confirmed that they have copied the key “\(what)”"
            case .keyDeleted: "\(who) deleted the key “\(what)”"
            case .userAdded: "\(who) added \(what)"
            case .userChanged: deed.isOwn ? "\(who) changed their own entry" : "\(who) changed \(what)"
            case .userBlocked: "\(who) blocked \(what)"
            case .userUnblocked: "\(who) unblocked \(what)"
            case .userRemoved: "\(who) removed \(what)"
            case .roleAdded: "\(who) added the role “\(what)”"
            case .roleChanged: "\(who) changed the role “\(what)”"
            case .roleDeleted: "\(who) deleted the role “\(what)”"
            case .userInvited: "\(who) invited \(what)"
            case .invitationWithdrawn: "\(who) withdrew the invitation of \(what)"
            case .userJoined: "\(who) accepted an invitation"
            case .auditExported: "\(who) downloaded the audit log"
            case .topicCreated: "\(who) asked “\(what)”"
            case .topicClosed: "\(who) closed the question “\(what)”"
            case .topicReopened: "\(who) reopened the question “\(what)”"
            case .topicHidden: "\(who) hid the question “\(what)”"
            case .topicShown: "\(who) showed the question “\(what)” again"
            case .replyHidden: "\(who) hid a reply to “\(what)”"
            case .replyShown: "\(who) showed a reply to “\(what)” again"
            }
        }
    )

    static let russian = Phrases.Audit(
        title: "Журнал действий",
        intro: "Кто, что, когда и откуда сделал. Записи нельзя ни изменить, ни удалить.",
        filters: "Отбор записей",
        person: "Кто",
        personPlaceholder: "Имя или эл. почта",
        deed: "Что сделано",
        anyDeed: "Любое действие",
        group: { group in
            switch group {
            case .access: "Учётные записи"
            case .keys: "Ключи"
            case .people: "Пользователи"
            case .roles: "Роли"
            case .discussions: "Обсуждения"
            case .log: "Журнал"
            }
        },
        wholeGroup: { group in
            switch group {
            case .access: "Всё об учётных записях"
            case .keys: "Всё о ключах"
            case .people: "Всё о пользователях"
            case .roles: "Всё о ролях"
            case .discussions: "Всё об обсуждениях"
            case .log: "Всё о журнале"
            }
        },
        deedName: { action in
            switch action {
            case .accountRegistered: "Регистрация"
            case .sessionStarted: "Вход"
            case .sessionEnded: "Выход"
            case .passwordChanged: "Смена пароля"
            case .profileChanged: "Изменение профиля"
            case .keyCreated: "Создание ключа"
            case .keyConfirmed: "Подтверждение копирования"
            case .keyDeleted: "Удаление ключа"
            case .userAdded: "Добавление пользователя"
            case .userChanged: "Изменение пользователя"
            case .userBlocked: "Блокировка"
            case .userUnblocked: "Снятие блокировки"
            case .userRemoved: "Удаление пользователя"
            case .roleAdded: "Добавление роли"
            case .roleChanged: "Изменение роли"
            case .roleDeleted: "Удаление роли"
            case .userInvited: "Приглашение"
            case .invitationWithdrawn: "Отзыв приглашения"
            case .userJoined: "Принятие приглашения"
            case .auditExported: "Выгрузка журнала"
            case .topicCreated: "Новый вопрос"
            case .topicClosed: "Закрытие вопроса"
            case .topicReopened: "Открытие вопроса заново"
            case .topicHidden: "Скрытие вопроса"
            case .topicShown: "Возвращение вопроса"
            case .replyHidden: "Скрытие ответа"
            case .replyShown: "Возвращение ответа"
            }
        },
        since: "С",
        until: "По",
        subject: "О чём",
        subjectPlaceholder: "Ключ, пользователь или роль",
        apply: "Показать",
        clear: "Показать всё",
        downloadCSV: "Скачать CSV",
        downloadLines: "Скачать JSON Lines",
        caption: "Записи, сначала новые",
        when: "Время",
        whatHappened: "Что произошло",
        address: "IP-адрес",
        someOperator: "Оператор",
        withKey: { name in "С помощью ключа «\(name)»" },
        added: "добавлено",
        taken: "убрано",
        becomes: "стало",
        pages: "Страницы журнала",
        newer: "Новее",
        older: "Старше",
        noEvents: "Пока ничего не произошло",
        noEventsText: "Здесь будет записано, что делают сотрудники вашей компании.",
        noMatch: "Таких записей нет",
        noMatchText: "Выберите другого пользователя, действие или день — или посмотрите всё.",
        sentence: { deed in
            let (who, what) = (deed.who, deed.what)
            return switch deed.action {
            case .accountRegistered:
                deed.isOwn ? "\(who): зарегистрирована компания" : "\(who): зарегистрирована компания для \(what)"
            case .sessionStarted: "\(who): вход"
            case .sessionEnded: deed.isOwn ? "\(who): выход" : "\(who): завершение другого своего сеанса"
            case .passwordChanged:
                deed.isOwn ? "\(who): изменён пароль" : "\(who): задан новый пароль для \(what)"
            case .profileChanged: "\(who): изменён профиль"
            case .keyCreated: "\(who): создан ключ «\(what)»"
            case .keyConfirmed: "\(who): подтверждено, что ключ «\(what)» скопирован"
            case .keyDeleted: "\(who): удалён ключ «\(what)»"
            case .userAdded: "\(who): добавлен пользователь \(what)"
            case .userChanged:
                deed.isOwn ? "\(who): изменены свои данные" : "\(who): изменён пользователь \(what)"
            case .userBlocked: "\(who): заблокирован пользователь \(what)"
            case .userUnblocked: "\(who): разблокирован пользователь \(what)"
            case .userRemoved: "\(who): удалён пользователь \(what)"
            case .roleAdded: "\(who): добавлена роль «\(what)»"
            case .roleChanged: "\(who): изменена роль «\(what)»"
            case .roleDeleted: "\(who): удалена роль «\(what)»"
            case .userInvited: "\(who): отправлено приглашение для \(what)"
            case .invitationWithdrawn: "\(who): отозвано приглашение для \(what)"
            case .userJoined: "\(who): принято приглашение"
            case .auditExported: "\(who): скачан журнал действий"
            case .topicCreated: "\(who): задан вопрос «\(what)»"
            case .topicClosed: "\(who): закрыт вопрос «\(what)»"
            case .topicReopened: "\(who): снова открыт вопрос «\(what)»"
            case .topicHidden: "\(who): скрыт вопрос «\(what)»"
            case .topicShown: "\(who): возвращён скрытый вопрос «\(what)»"
            case .replyHidden: "\(who): скрыт ответ на вопрос «\(what)»"
            case .replyShown: "\(who): возвращён скрытый ответ на вопрос «\(what)»"
            }
        }
    )
}
