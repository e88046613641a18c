import KeyCore

extension Phrases {
    package static let russian = Phrases(
        Topics(
            language: .russian,
            common: Common(
                languageName: "Русский",
                language: "Язык",
                skipToContent: "Перейти к содержанию",
                navigation: "Личный кабинет",
                menu: "Меню",
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
                inDays: { "через \(counted($0, "день", "дня", "дней"))" },
                daysAgo: { "\(counted($0, "день", "дня", "дней")) назад" }
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
                show: { "Показать \($0.prefix(1).lowercased() + $0.dropFirst())" },
                company: "Компания",
                haveAccount: "Уже есть учётная запись?",
                noAccount: "Ещё нет учётной записи?",
                checkFields: { $0 == 1 ? "Проверьте одно поле." : "Проверьте \(counted($0, "поле", "поля", "полей"))." }
            ),
            main: .russian,
            settings: Settings(
                intro: "Ваша учётная запись и всё для ваших программ.",
                profile: "Профиль",
                profileText: "Имя и эл. почта",
                emailHint: "С этим адресом вы входите в личный кабинет.",
                security: "Безопасность",
                securityText: "Пароль и сеансы, где выполнен вход",
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
                        : "У вас \(counted($0, "действующий ключ", "действующих ключа", "действующих ключей"))."
                },
                saved: "Сохранено.",
                passwordChanged: "Пароль изменён. На всех других устройствах понадобится войти заново."
            ),
            sessions: .russian,
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
            keysPage: .russian,
            create: Create(
                title: "Создать ключ",
                namePlaceholder: "Ночная выгрузка",
                nameHint: "Напишите, где используется ключ: по этому названию вы будете его искать.",
                in30Days: "30 дней",
                in90Days: "90 дней",
                in6Months: "6 месяцев",
                inOneYear: "1 год",
                presets: "Сколько действует ключ",
                worksThrough: { day, zone in "Последний день — \(day), до конца дня, часовой пояс — \(zone)." },
                permissions: "Права",
                everything: { "Всё, что разрешено мне (\($0))" },
                everythingText: "Изменится ваша роль — изменятся и права ключа.",
                dateMissing: "Выберите последний день, когда ключ будет работать."
            ),
            createWindow: .russian,
            calendar: .russian,
            reveal: Reveal(
                title: "Скопируйте ключ сейчас",
                text: "Ключ показывается только один раз. Мы его не храним и показать снова не сможем.",
                key: "Ваш ключ",
                copyKey: "Скопировать ключ",
                showKey: "Показать ключ",
                download: "Скачать .env",
                copied: "Скопировано",
                copyFailed: "Скопировать не получилось. Текст выделен: нажмите Ctrl+C, а на Mac — Cmd+C.",
                copiedInPart: "Скопирована только часть. Выделите весь ключ и скопируйте ещё раз.",
                notSeenCopied: "Мы не видели, чтобы ключ копировали. Проверьте, что он у вас: снова он не появится.",
                haveCopied: "Я скопировал(а) ключ",
                done: "Готово",
                tryIt: { "Попробуйте: программы берут ключ из \($0)" },
                copyCommand: "Скопировать код",
                startsWhenConfirmed: "Ключ заработает, когда вы поставите галочку.",
                waiting: "Ждём первого запроса…",
                firstRequest: { "Первый запрос в \($0) с адреса \($1)" },
                firstRequestAt: { "Первый запрос в \($0)" }
            ),
            delete: Delete(
                title: "Удаление ключей",
                oneTitle: { name in "Удалить «\(name)»?" },
                someTitle: { "Удалить \(counted($0, "ключ", "ключа", "ключей"))?" },
                allTitle: "Удалить все ключи?",
                oneText: "Всё, что им пользуется, сразу перестанет работать. Вернуть ключ нельзя.",
                manyText: "Всё, что ими пользуется, сразу перестанет работать. Вернуть ключи нельзя.",
                allText: { "Сейчас у вас \(counted($0, "ключ", "ключа", "ключей"))." },
                lastUsed: { when in "Последнее использование: \(when)." },
                neverUsed: "Им никогда не пользовались.",
                usedLastWeek: { "За последние 7 дней использовали \(counted($0, "ключ", "ключа", "ключей")):" },
                noneUsedLastWeek: "За последние 7 дней ими не пользовались.",
                andMore: { "и ещё \($0)" },
                word: "удалить",
                typeWord: { "Чтобы подтвердить, введите слово «\($0)»" },
                wrongWord: { "Чтобы удалить все ключи, введите слово «\($0)»." },
                oneButton: "Удалить ключ",
                manyButton: { "Удалить \(counted($0, "ключ", "ключа", "ключей"))" },
                done: { "Удалено. Ни один сервер больше не примет \($0 == 1 ? "этот ключ" : "эти ключи")." },
                nothingSelected: "Ничего не выбрано. Отметьте в таблице хотя бы один ключ."
            ),
            failure: Failure(
                notFoundTitle: "Такой страницы нет",
                notFoundText: "Возможно, в адресе ошибка или то, что здесь было, удалено.",
                failedTitle: "Не получилось",
                lacksTitle: "Здесь нужны другие права",
                lacks: {
                    "В вашей роли нет права «\($0)». Администратор компании может добавить его"
                        + " или назначить вам другую роль."
                },
                crossSite: "Запрос пришёл с другого сайта и не выполнен. Пользуйтесь страницами личного кабинета.",
                tooLarge: "Это больше, чем помещается в форму. Отправьте меньше.",
                tooSlow: "Форма передавалась слишком долго. Отправьте её ещё раз.",
                toMainPage: "На главную",
                quote: "Если так и останется, сообщите нам номер запроса:",
                unreachable:
                    "Сервер не отвечает. Всё, что вы ввели, сохранилось: проверьте связь и попробуйте ещё раз.",
                signedOut: "Вы вышли из личного кабинета. Войдите в соседней вкладке, вернитесь и повторите.",
                anotherPerson:
                    "Сейчас здесь выполнен вход под другим именем. Войдите под своим в соседней вкладке, вернитесь и повторите."
            ),
            people: .russian,
            invitation: .russian,
            roles: .russian,
            audit: .russian,
            companyKeys: .russian,
            rights: .russian,
            refusals: .russian,
            help: .russian,
            discussions: .russian,
            notifications: .russian,
            tutorial: .russian,
            offline: .russian
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
        case .anotherAccount:
            "Сейчас здесь выполнен вход под другой учётной записью, поэтому ничего не создано и не удалено. Войдите под"
                + " своей в соседней вкладке, вернитесь и повторите."
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
        case .rateLimited: "Запросов слишком много. Попробуйте ещё раз через минуту."
        case .missingPermission: "Ваша роль этого не позволяет. Обратитесь к администратору компании."
        case .notFound: "Этого здесь уже нет. Возможно, удалено в другом окне."
        case .confirmationTooLate: "Ключ показан слишком давно, подтвердить его нельзя. Удалите его и создайте новый."
        case .cursorInvalid: "Список изменился. Откройте страницу заново."
        case .roleInUse:
            "Эта роль у кого-то есть или обещана в приглашении. Сначала назначьте другую роль или отзовите приглашение."
        case .roleBuiltIn: "Эту роль изменить нельзя."
        case .roleUnknown: "Выберите роль из списка."
        case .roleChanged: "Пока вы правили роль, её изменили. Посмотрите, какая она сейчас, и решите заново."
        case .lastAdministrator: "В компании остаётся хотя бы один активный администратор."
        case .invitationUnknown: "Эта ссылка больше не работает. Попросите новую у того, кто вас пригласил."
        case .invitationUsed: "По этому приглашению уже зарегистрировались. Если это были вы, войдите."
        case .invitationExpired: "Срок приглашения истёк. Попросите новую ссылку у того, кто вас пригласил."
        case .tooManyRoles: "Ролей уже 500, больше нельзя. Сначала удалите ненужные."
        case .tooManyInvitations:
            "Открытых приглашений уже 200, или за сутки их разослано 300. Отзовите ненужные или подождите до завтра."
        case .titleTooShort: "Напишите в нескольких словах, о чём вопрос: не меньше 3 символов."
        case .titleTooLong: "Не больше 150 символов. Подробности — ниже."
        case .textEmpty: "Напишите что-нибудь."
        case .textTooLong: "Не больше 10 000 символов. Сократите текст."
        case .textTooNested: "Слишком много списков и цитат друг в друге. Напишите проще."
        case .textHasControlCharacters: "В тексте есть невидимые управляющие символы. Наберите его заново."
        case .topicClosed: "Вопрос закрыт: писать и править здесь больше нельзя."
        case .replyUnknown: "Этого ответа больше нет."
        case .answerChanged: "Тем временем отметили другой ответ. Ничего не изменено: посмотрите, какой отмечен сейчас."
        case .moderated: "Так решил модератор, и отменить это может только он."
        case .unavailable: "Сервис сейчас не отвечает. Попробуйте через минуту."
        }
    }
}

/// A number with its noun, by the Russian rule (CLDR: one, few, many): 1 and 21 ключ, 2 ключа, 5 and 11 ключей.
func counted(_ number: Int, _ one: String, _ few: String, _ many: String) -> String {
    "\(number) \(noun(for: number, one, few, many))"
}

/// The noun alone, for a number that is written in groups of digits.
func noun(for number: Int, _ one: String, _ few: String, _ many: String) -> String {
    let (tens, ones) = (number % 100, number % 10)
    let isTeen = (11...14).contains(tens)
    return isTeen ? many : ones == 1 ? one : (2...4).contains(ones) ? few : many
}
