import KeyCore

extension Phrases {
    /// Questions and answers under the help: the list, one thread, and writing into it.
    struct Discussions: Sendable {
        typealias Audience = @Sendable (_ audience: KeyCore.Discussions.Audience, _ platform: String) -> String

        let title: String
        let intro: String
        /// Who reads here.
        let readers: Audience
        let ask: String
        let all: String
        let open: String
        let answered: String
        let closed: String
        let mine: String
        let followed: String
        let filter: String
        let searchPlaceholder: String
        let answeredBadge: String
        let closedBadge: String
        let replies: Counted
        let lastReply: @Sendable (_ when: HTML, _ name: HTML) -> HTML
        let seeAll: String
        let emptyTitle: String
        let emptyText: String
        let nothingTitle: String
        let nothingText: String
        let showAll: String
        let thread: Thread
        let writing: Writing
    }

    /// A question with its replies, and what can be done with them.
    struct Thread: Sendable {
        let edited: String
        let editedAt: Filled
        let helped: String
        let helpedTitle: String
        let goToReply: String
        let markHelped: String
        let unmark: String
        /// Which reply a button is about, for those who hear it alone.
        let replyBy: Filled
        let edit: String
        let close: String
        let reopen: String
        let takeBack: String
        let hide: String
        let showAgain: String
        let follow: String
        let unfollow: String
        let closedNote: String
        let hiddenBadge: String
        let questionTakenBack: String
        let questionHidden: String
        let replyTakenBack: String
        let replyHidden: String
        let onlyAuthorAndModeratorsSee: String
        let logInToReply: String
        // What has just been done
        let replied: String
        let asked: String
        let saved: String
        let nowClosed: String
        let nowReopened: String
        let nowHidden: String
        let nowShown: String
        let nowMarked: String
        let nowUnmarked: String
        let nowFollowed: String
        let nowUnfollowed: String
    }

    /// The forms, and what may stand in them.
    struct Writing: Sendable {
        let askTitle: String
        let askIntro: String
        let title: String
        let titleHint: String
        let body: String
        let bodyHint: String
        let reply: String
        let sendQuestion: String
        let sendReply: String
        let questionReaders: Discussions.Audience
        let replyReaders: Discussions.Audience
        let noSecrets: String
        let formatting: String
        let bold: String
        let codeInLine: String
        let codeBlock: String
        let quote: String
        let list: String
        let link: String
        let sample: String
        let tooOften: Counted
    }
}

extension Phrases.Discussions {
    static let english = Phrases.Discussions(
        title: "Discussions",
        intro: "Questions and answers about API keys.",
        readers: { audience, platform in
            switch audience {
            case .company: "Only people of your company can read and write here."
            case .public: "Anybody can read here; those with a \(platform) account can write."
            case .signedIn, .off: "Everybody with a \(platform) account can read and write here."
            }
        },
        ask: "Ask a question",
        all: "All",
        open: "Open",
        answered: "Answered",
        closed: "Closed",
        mine: "My questions",
        followed: "Followed",
        filter: "Which questions",
        searchPlaceholder: "Search the questions",
        answeredBadge: "Answered",
        closedBadge: "Closed",
        replies: { $0 == 0 ? "No replies yet" : $0 == 1 ? "1 reply" : "\($0) replies" },
        lastReply: { when, name in "last reply \(when) by \(name)" },
        seeAll: "All discussions",
        emptyTitle: "No questions yet",
        emptyText: "Ask the first one. Somebody has probably met the same before.",
        nothingTitle: "Nothing found",
        nothingText: "No question is like that. Use fewer words, or look through all of them.",
        showAll: "Show all questions",
        thread: .english,
        writing: .english
    )

    static let russian = Phrases.Discussions(
        title: "Обсуждения",
        intro: "Вопросы и ответы об API-ключах.",
        readers: { audience, platform in
            switch audience {
            case .company: "Читать и писать здесь могут только сотрудники вашей компании."
            case .public: "Читать здесь может любой, а писать те, у кого есть учётная запись \(platform)."
            case .signedIn, .off: "Читать и писать здесь может каждый, у кого есть учётная запись \(platform)."
            }
        },
        ask: "Задать вопрос",
        all: "Все",
        open: "Открытые",
        answered: "Решённые",
        closed: "Закрытые",
        mine: "Мои вопросы",
        followed: "Отслеживаемые",
        filter: "Какие вопросы",
        searchPlaceholder: "Поиск по вопросам",
        answeredBadge: "Решено",
        closedBadge: "Закрыто",
        replies: { $0 == 0 ? "Ответов пока нет" : counted($0, "ответ", "ответа", "ответов") },
        lastReply: { when, name in "последний ответ \(when), \(name)" },
        seeAll: "Все обсуждения",
        emptyTitle: "Вопросов пока нет",
        emptyText: "Задайте первый. Скорее всего, с этим уже кто-то сталкивался.",
        nothingTitle: "Ничего не нашлось",
        nothingText: "Таких вопросов нет. Оставьте меньше слов или просмотрите все вопросы.",
        showAll: "Показать все вопросы",
        thread: .russian,
        writing: .russian
    )
}
