extension Phrases {
    /// What somebody sees who opens an invitation.
    struct Invitation: Sendable {
        let title: @Sendable (_ company: String) -> String
        let text: @Sendable (_ inviter: HTML, _ role: HTML) -> HTML
        let address: String
        let join: String
        let signedInAs: @Sendable (_ name: HTML) -> HTML
        let failedTitle: String
        let neededTitle: String
        let neededText: String
    }
}

extension Phrases.Invitation {
    static let english = Phrases.Invitation(
        title: { "Join \($0)" },
        text: { inviter, role in "\(inviter) invites you. Your role will be \(role)." },
        address: "You will log in with this address.",
        join: "Join",
        signedInAs: { "You are logged in as \($0). Joining logs you out of that account on this browser." },
        failedTitle: "This invitation cannot be used",
        neededTitle: "An invitation is needed",
        neededText: "Accounts are for the invited here. Ask an administrator of your company for a link."
    )

    static let russian = Phrases.Invitation(
        title: { "Вас пригласили в компанию «\($0)»" },
        text: { inviter, role in "Приглашает \(inviter). Ваша роль: \(role)." },
        address: "С этим адресом вы будете входить.",
        join: "Присоединиться",
        signedInAs: {
            "Вы вошли как \($0). Если вы примете приглашение, то выйдете из этой учётной записи в этом браузере."
        },
        failedTitle: "Этим приглашением воспользоваться нельзя",
        neededTitle: "Нужно приглашение",
        neededText: "Зарегистрироваться можно только по приглашению. Попросите ссылку у администратора своей компании."
    )
}
