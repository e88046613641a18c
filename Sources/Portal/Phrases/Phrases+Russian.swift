import KeyCore

extension Phrases {
    package static let russian = Phrases(
        language: .russian,
        common: Common(
            languageName: "Русский",
            language: "Язык",
            skipToContent: "Перейти к содержанию",
            navigation: "Личный кабинет",
            menu: "Меню",
            closeMenu: "Закрыть меню",
            mainPage: "Главная",
            apiKeys: "API-ключи",
            settings: "Настройки",
            logIn: "Войти",
            logOut: "Выйти",
            register: "Зарегистрироваться",
            save: "Сохранить",
            cancel: "Отмена",
            close: "Закрыть",
            justNow: "только что",
            today: "сегодня",
            inDays: { "через \(russian($0, "день", "дня", "дней"))" },
            daysAgo: { "\(russian($0, "день", "дня", "дней")) назад" },
            keyCount: { russian($0, "ключ", "ключа", "ключей") }
        ),
        entrance: Entrance(
            welcomeTitle: { "API-ключи для \($0)" },
            welcomeText: "Создайте ключ сами — и ваши программы смогут работать с платформой с вашими правами.",
            registerTitle: "Регистрация",
            registerText: "У компании появится личный кабинет, а вы станете её администратором.",
            logInTitle: "Вход",
            name: "Имя",
            email: "Эл. почта",
            password: "Пароль",
            passwordHint: "Не меньше 8 символов. Хорошо подойдут несколько слов, которые легко запомнить.",
            company: "Компания",
            haveAccount: "Уже есть учётная запись?",
            noAccount: "Ещё нет учётной записи?",
            checkFields: { $0 == 1 ? "Проверьте одно поле." : "Проверьте \(russian($0, "поле", "поля", "полей"))." },
            loggedOut: "Вы вышли из личного кабинета."
        ),
        main: Main(
            morning: { "Доброе утро, \($0)." },
            afternoon: { "Добрый день, \($0)." },
            evening: { "Добрый вечер, \($0)." },
            night: { "Доброй ночи, \($0)." },
            intro: "Коротко о ваших ключах.",
            attention: "Требует внимания",
            expiring: { name, when in "Ключ «\(name)» перестанет работать \(when)." },
            notCopied: {
                "\(russian($0, "ключ не скопирован", "ключа не скопированы", "ключей не скопированы"))."
                    + " Такие ключи не работают: удалите их и создайте новые."
            },
            toKeys: "Перейти к API-ключам",
            newestKeys: "Новые ключи",
            allKeys: "Все API-ключи",
            stepsTitle: "Три шага до первого запроса",
            stepCreate: "Создайте ключ",
            stepCreateText: "Дайте ему название и срок. Ключ показывается только один раз, поэтому сразу скопируйте его.",
            stepCall: "Отправьте запрос",
            stepCallText: "Передавайте ключ с каждым запросом в заголовке Authorization.",
            stepSee: "Посмотрите на результат",
            stepSeeText: "На этой странице видно, когда ключом пользовались в последний раз.",
            settingsText: "Ваша учётная запись и всё для ваших программ."
        ),
        settings: Settings(
            intro: "Ваша учётная запись и всё для ваших программ.",
            profile: "Профиль",
            profileText: "Имя и эл. почта",
            emailHint: "С этим адресом вы входите в личный кабинет.",
            security: "Безопасность",
            securityText: "Пароль",
            currentPassword: "Текущий пароль",
            newPassword: "Новый пароль",
            changePassword: "Сменить пароль",
            changePasswordHint: "На всех других устройствах понадобится войти заново.",
            languageAndZone: "Язык и часовой пояс",
            languageAndZoneText: "На каком языке страницы и когда кончается ваш день",
            timeZone: "Часовой пояс",
            timeZoneHint: "Новые ключи работают до конца последнего дня по этому часовому поясу.",
            useBrowserZone: "Взять часовой пояс браузера",
            company: "Компания",
            companyText: "Её название и ваша роль",
            role: "Ваша роль",
            forDevelopers: "Для разработчиков",
            forDevelopersText: "API-ключи и интеграция",
            open: "Открыть",
            openText: "С API-ключом ваши программы действуют от вашего имени и с вашими правами.",
            liveKeys: {
                $0 == 0
                    ? "Действующих ключей нет."
                    : "У вас \(russian($0, "действующий ключ", "действующих ключа", "действующих ключей"))."
            },
            saved: "Сохранено.",
            passwordChanged: "Пароль изменён. На всех других устройствах понадобится войти заново."
        ),
        keys: Keys(
            intro: "С ключом ваши программы действуют от вашего имени и с вашими правами.",
            breadcrumb: "Где вы находитесь",
            createKey: "Создать ключ",
            deleteAllKeys: "Удалить все ключи",
            search: "Найти",
            searchPlaceholder: "Название или последние 4 символа",
            status: "Состояние",
            anyStatus: "Любое состояние",
            active: "Действует",
            notCopied: "Не скопирован",
            expired: "Истёк",
            notCopiedHint: "Никто не подтвердил, что ключ скопирован. Он не работает, его можно только удалить.",
            selectAll: "Выбрать все ключи",
            select: { "Выбрать \($0)" },
            delete: { "Удалить \($0)" },
            actions: "Удаление",
            name: "Название ключа",
            key: "Ключ",
            created: "Дата создания",
            expires: "Дата окончания",
            lastUsed: "Последнее использование",
            never: "никогда",
            caption: "Ваши API-ключи",
            selected: { "Выбрано: \($0)" },
            deleteSelected: "Удалить выбранные ключи",
            deleteShort: "Удалить",
            clear: "Снять выбор",
            range: { first, last, total in "\(first)–\(last) из \(total)" },
            pages: "Страницы таблицы",
            previous: "Назад",
            next: "Вперёд",
            emptyTitle: "Ключей пока нет",
            emptyText: "Создайте ключ — и ваши программы смогут работать с платформой с вашими правами.",
            createFirst: "Создать первый ключ",
            noResultsTitle: "Ничего не нашлось",
            noResultsText: { "Нет ключа, в названии или в конце которого есть «\($0)»." },
            noResultsForStatus: "Ключей в таком состоянии нет.",
            clearFilters: "Показать все ключи",
            mayNotCreate: "Ваша роль не позволяет создавать ключи. Это может изменить администратор компании."
        ),
        create: Create(
            title: "Создать ключ",
            namePlaceholder: "Ночная выгрузка",
            nameHint: "Напишите, где используется ключ: по этому названию вы будете его искать.",
            in30Days: "30 дней",
            in90Days: "90 дней",
            in6Months: "6 месяцев",
            inOneYear: "1 год",
            presets: "Сколько действует ключ",
            worksThrough: { day, zone in "Действует до конца дня: \(day), часовой пояс — \(zone)." },
            permissions: "Права",
            everything: { "Всё, что разрешено мне (\($0))" },
            everythingText: "Изменится ваша роль — изменятся и права ключа.",
            dateMissing: "Выберите последний день, когда ключ будет работать."
        ),
        reveal: Reveal(
            title: "Скопируйте ключ сейчас",
            text: "Ключ показывается только один раз. Мы его не храним и показать снова не сможем.",
            key: "Ваш ключ",
            copyKey: "Скопировать ключ",
            copied: "Скопировано",
            copyFailed: "Скопировать не получилось. Текст выделен: нажмите Ctrl+C, а на Mac — Cmd+C.",
            copiedInPart: "Скопирована только часть. Выделите весь ключ и скопируйте ещё раз.",
            notSeenCopied: "Мы не видели, чтобы ключ копировали. Проверьте, что он у вас: снова он не появится.",
            haveCopied: "Я скопировал(а) ключ",
            done: "Готово",
            tryIt: "Проверьте в терминале",
            copyCommand: "Скопировать команду",
            startsWhenConfirmed: "Ключ заработает, когда вы поставите галочку.",
            waiting: "Ждём первого запроса…",
            firstRequest: "Первый запрос пришёл. Ключ работает."
        ),
        delete: Delete(
            title: "Удаление ключей",
            oneTitle: { name in "Удалить «\(name)»?" },
            someTitle: { "Удалить \(russian($0, "ключ", "ключа", "ключей"))?" },
            allTitle: "Удалить все ключи?",
            oneText: "Всё, что им пользуется, сразу перестанет работать. Вернуть ключ нельзя.",
            manyText: "Всё, что ими пользуется, сразу перестанет работать. Вернуть ключи нельзя.",
            allText: { "Сейчас у вас \(russian($0, "ключ", "ключа", "ключей"))." },
            lastUsed: { when in "Последнее использование: \(when)." },
            neverUsed: "Им никогда не пользовались.",
            usedLastWeek: { "За последние 7 дней использовали \(russian($0, "ключ", "ключа", "ключей")):" },
            noneUsedLastWeek: "За последние 7 дней ими не пользовались.",
            andMore: { "и ещё \($0)" },
            word: "удалить",
            typeWord: { "Чтобы подтвердить, введите слово «\($0)»" },
            wrongWord: { "Чтобы удалить все ключи, введите слово «\($0)»." },
            oneButton: "Удалить ключ",
            manyButton: { "Удалить \(russian($0, "ключ", "ключа", "ключей"))" },
            done: "Удалено. Ни один сервер больше не примет эти ключи.",
            nothingSelected: "Ничего не выбрано. Отметьте в таблице хотя бы один ключ."
        ),
        failure: Failure(
            notFoundTitle: "Такой страницы нет",
            notFoundText: "Возможно, в адресе ошибка или то, что здесь было, удалено.",
            failedTitle: "Не получилось",
            toMainPage: "На главную",
            unreachable: "Сервер не отвечает. Всё, что вы ввели, сохранилось: проверьте связь и попробуйте ещё раз.",
            signedOut: "Вы вышли из личного кабинета. Войдите в соседней вкладке, вернитесь и повторите."
        ),
        refusal: russianRefusal
    )

    private static let russianRefusal: @Sendable (Refusal.Code) -> String = { code in
        switch code {
        case .invalid: "Проверьте отмеченные поля."
        case .nameEmpty: "Заполните это поле."
        case .nameTooLong: "Не больше 100 символов."
        case .nameHasControlCharacters: "Только буквы, цифры и знаки в одну строку, без невидимых символов."
        case .nameTaken: "Так уже называется другой ваш ключ. Выберите другое название."
        case .dateInvalid: "Выберите день в календаре."
        case .expiresTooLate: "Ключ действует не дольше 1 года. Выберите день раньше."
        case .expiresInPast: "Этот день уже прошёл. Выберите сегодняшний или более поздний."
        case .permissionUnknown: "На платформе нет такого права."
        case .permissionNotHeld: "У ключа не может быть больше прав, чем у вас."
        case .emailInvalid: "Введите адрес эл. почты, например name@example.com."
        case .emailTaken: "С этим адресом уже есть учётная запись. Войдите или укажите другой адрес."
        case .passwordTooShort: "Не меньше 8 символов."
        case .passwordTooLong: "Не больше 256 символов."
        case .passwordTooCommon: "Это один из самых частых паролей, его легко подобрать. Придумайте другой."
        case .passwordIsEmail: "Пароль не должен совпадать с эл. почтой."
        case .passwordWrong: "Это не текущий пароль."
        case .timeZoneUnknown: "Выберите часовой пояс из списка."
        case .languageUnknown: "Выберите язык из списка."
        case .badCredentials: "Эл. почта или пароль не подходят. Проверьте и попробуйте ещё раз."
        case .accountBlocked: "Учётная запись заблокирована. Обратитесь к администратору компании."
        case .notSignedIn: "Войдите, чтобы продолжить."
        case .registrationClosed: "Регистрация закрыта. Обратитесь к тем, кто отвечает за платформу."
        case .tooManyAttempts: "Слишком много попыток. Подождите немного и попробуйте ещё раз."
        case .busy: "Сейчас входит много людей. Попробуйте ещё раз через минуту."
        case .missingPermission: "Ваша роль этого не позволяет. Обратитесь к администратору компании."
        case .notFound: "Этого здесь уже нет. Возможно, удалено в другом окне."
        case .confirmationTooLate: "Ключ показан слишком давно, подтвердить его нельзя. Удалите его и создайте новый."
        case .cursorInvalid: "Список изменился. Откройте страницу заново."
        case .roleInUse: "Эта роль ещё у кого-то есть. Сначала дайте им другую."
        case .roleBuiltIn: "Эту роль изменить нельзя."
        case .roleUnknown: "Выберите роль из списка."
        case .lastAdministrator: "В компании остаётся хотя бы один активный администратор."
        case .unavailable: "Сервис сейчас не отвечает. Попробуйте через минуту."
        }
    }
}

/// A number with its noun, by the Russian rule (CLDR: one, few, many): 1 and 21 ключ, 2 ключа, 5 and 11 ключей.
private func russian(_ number: Int, _ one: String, _ few: String, _ many: String) -> String {
    let (tens, ones) = (number % 100, number % 10)
    let isTeen = (11...14).contains(tens)
    let noun = isTeen ? many : ones == 1 ? one : (2...4).contains(ones) ? few : many
    return "\(number) \(noun)"
}
