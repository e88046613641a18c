extension Phrases {
    /// What is new in the questions that a person follows.
    struct Notifications: Sendable {
        let title: String
        let intro: String
        let new: Counted
        let newReplies: Counted
        let by: @Sendable (_ name: HTML, _ when: HTML) -> HTML
        let markAllRead: String
        let allRead: String
        /// Something came after the page on which the button was pressed.
        let shownRead: String
        let emptyTitle: String
        let emptyText: String
        let toDiscussions: String
    }
}

extension Phrases.Notifications {
    static let english = Phrases.Notifications(
        title: "Notifications",
        intro: "New replies to the questions that you follow.",
        new: { "\($0) new" },
        newReplies: { $0 == 1 ? "1 new reply" : "\($0) new replies" },
        by: { name, when in "the last by \(name), \(when)" },
        markAllRead: "Mark all as read",
        allRead: "Everything is marked as read.",
        shownRead: "What the page showed is marked as read. What is below has come since.",
        emptyTitle: "Nothing new",
        emptyText: "You follow each question that you ask or reply to. New replies to them appear here.",
        toDiscussions: "Go to the discussions"
    )

    static let russian = Phrases.Notifications(
        title: "Уведомления",
        intro: "Новые ответы на вопросы, за которыми вы следите.",
        new: { counted($0, "новое", "новых", "новых") },
        newReplies: { counted($0, "новый ответ", "новых ответа", "новых ответов") },
        by: { name, when in "последний: \(name), \(when)" },
        markAllRead: "Отметить всё как прочитанное",
        allRead: "Всё отмечено как прочитанное.",
        shownRead: "Всё, что было на странице, отмечено как прочитанное. Ниже — то, что пришло позже.",
        emptyTitle: "Ничего нового",
        emptyText: "Вы следите за вопросами, которые задали или на которые ответили. Новые ответы появятся здесь.",
        toDiscussions: "Перейти к обсуждениям"
    )
}
