extension Phrases.Thread {
    static let english = Phrases.Thread(
        edited: "edited",
        editedAt: { "Edited on \($0)" },
        helped: "This helped",
        helpedTitle: "The answer that helped",
        goToReply: "Go to the reply",
        markHelped: "This helped",
        unmark: "Take the mark away",
        replyBy: { "the reply by \($0)" },
        edit: "Edit",
        close: "Close the question",
        reopen: "Reopen the question",
        takeBack: "Take back",
        hide: "Hide",
        showAgain: "Show again",
        follow: "Follow",
        unfollow: "Stop following",
        closedNote: "This question is closed. There are no more replies to it.",
        hiddenBadge: "Hidden",
        questionTakenBack: "Taken back by its author. Only the author and the moderators see it.",
        questionHidden: "Hidden by a moderator. Only the author and the moderators see it.",
        replyTakenBack: "Taken back by its author.",
        replyHidden: "Hidden by a moderator.",
        onlyAuthorAndModeratorsSee: "Only the author and the moderators see the text.",
        logInToReply: "Log in to reply",
        replied: "Your reply is here.",
        asked: "Your question is here. When somebody replies, you find it in your notifications.",
        saved: "Saved.",
        nowClosed: "The question is closed.",
        nowReopened: "The question is open again.",
        nowHidden: "Hidden. Whoever has no say in it sees the text no more.",
        nowShown: "Everybody sees it again.",
        nowMarked: "Marked as the answer that helped.",
        nowUnmarked: "The mark is gone.",
        nowFollowed: "New replies will stand in your notifications.",
        nowUnfollowed: "You will not be told of new replies any more."
    )

    static let russian = Phrases.Thread(
        edited: "изменено",
        editedAt: { "Изменено \($0)" },
        helped: "Этот ответ помог",
        helpedTitle: "Ответ, который помог",
        goToReply: "Перейти к ответу",
        markHelped: "Этот ответ помог",
        unmark: "Снять отметку",
        replyBy: { "ответ, автор: \($0)" },
        edit: "Изменить",
        close: "Закрыть вопрос",
        reopen: "Открыть вопрос снова",
        takeBack: "Отозвать",
        hide: "Скрыть",
        showAgain: "Показать снова",
        follow: "Следить",
        unfollow: "Не следить",
        closedNote: "Вопрос закрыт: отвечать на него больше нельзя.",
        hiddenBadge: "Скрыто",
        questionTakenBack: "Вопрос отозван. Его видят только автор и модераторы.",
        questionHidden: "Вопрос скрыт модератором. Его видят только автор и модераторы.",
        replyTakenBack: "Ответ отозван автором.",
        replyHidden: "Ответ скрыт модератором.",
        onlyAuthorAndModeratorsSee: "Текст видят только автор и модераторы.",
        logInToReply: "Войдите, чтобы ответить",
        replied: "Ваш ответ опубликован.",
        asked: "Ваш вопрос опубликован. Когда на него ответят, это появится в уведомлениях.",
        saved: "Сохранено.",
        nowClosed: "Вопрос закрыт.",
        nowReopened: "Вопрос снова открыт.",
        nowHidden: "Скрыто. Остальные больше не видят этот текст.",
        nowShown: "Текст снова виден всем.",
        nowMarked: "Отмечено: этот ответ помог.",
        nowUnmarked: "Отметка снята.",
        nowFollowed: "Новые ответы будут появляться в уведомлениях.",
        nowUnfollowed: "О новых ответах больше не сообщаем."
    )
}

extension Phrases.Writing {
    static let english = Phrases.Writing(
        askTitle: "Ask a question",
        askIntro: "Say what you did, what you expected and what came instead.",
        title: "Question in one line",
        titleHint: "Such as “Why does my new key answer 403?”",
        body: "Details",
        bodyHint: "Up to 10,000 characters.",
        reply: "Your reply",
        sendQuestion: "Publish the question",
        sendReply: "Reply",
        questionReaders: { audience, platform in
            switch audience {
            case .company: "Everybody in your company sees your question and your name."
            case .public: "Everybody on the internet sees your question and your name."
            case .signedIn, .off: "Everybody with a \(platform) account sees your question and your name."
            }
        },
        replyReaders: { audience, platform in
            switch audience {
            case .company: "Everybody in your company sees your reply and your name."
            case .public: "Everybody on the internet sees your reply and your name."
            case .signedIn, .off: "Everybody with a \(platform) account sees your reply and your name."
            }
        },
        noSecrets: "Never write a key or a password here.",
        formatting: "Formatting",
        bold: "bold",
        codeInLine: "code in a line",
        codeBlock: "code of several lines",
        quote: "a quotation",
        list: "a list",
        link: "a link",
        sample: "text",
        tooOften: {
            $0 == 1
                ? "You have sent a lot within a short time. Your text is kept below: send it again in a minute."
                : "You have sent a lot within a short time. Your text is kept below: send it again in \($0) minutes."
        }
    )

    static let russian = Phrases.Writing(
        askTitle: "Новый вопрос",
        askIntro: "Напишите, что вы сделали, чего ждали и что получилось вместо этого.",
        title: "Вопрос одной строкой",
        titleHint: "Например: «Почему новый ключ отвечает 403?»",
        body: "Подробности",
        bodyHint: "Не больше 10 000 символов.",
        reply: "Ваш ответ",
        sendQuestion: "Опубликовать вопрос",
        sendReply: "Ответить",
        questionReaders: { audience, platform in
            switch audience {
            case .company: "Ваш вопрос и ваше имя увидят все сотрудники вашей компании."
            case .public: "Ваш вопрос и ваше имя увидит любой посетитель."
            case .signedIn, .off: "Ваш вопрос и ваше имя увидит каждый, у кого есть учётная запись \(platform)."
            }
        },
        replyReaders: { audience, platform in
            switch audience {
            case .company: "Ваш ответ и ваше имя увидят все сотрудники вашей компании."
            case .public: "Ваш ответ и ваше имя увидит любой посетитель."
            case .signedIn, .off: "Ваш ответ и ваше имя увидит каждый, у кого есть учётная запись \(platform)."
            }
        },
        noSecrets: "Не пишите здесь ключи и пароли.",
        formatting: "Оформление",
        bold: "жирный",
        codeInLine: "код в строке",
        codeBlock: "код в несколько строк",
        quote: "цитата",
        list: "список",
        link: "ссылка",
        sample: "текст",
        tooOften: {
            let wait = counted($0, "минуту", "минуты", "минут")
            return "За короткое время отправлено слишком много. Ваш текст сохранён ниже: отправьте его через \(wait)."
        }
    )
}
