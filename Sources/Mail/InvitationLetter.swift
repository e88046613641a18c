import KeyCore

/// The words of an invitation, in the inviter's language.
struct InvitationLetter {
    let subject: String
    let text: String

    init(_ notice: InvitationNotice) {
        switch notice.language {
        case .english: self.init(english: notice)
        case .russian: self.init(russian: notice)
        }
    }

    private init(english notice: InvitationNotice) {
        subject = "\(notice.inviter) invites you to \(notice.company)"
        text = """
            Hello,

            \(notice.inviter) invites you to join \(notice.company) on \(notice.platform).

            Open this link to choose a password and come in:

            \(notice.link)

            The link works once, for \(notice.days == 1 ? "1 day" : "\(notice.days) days"). Pass it on to nobody.
            If you do not know why this letter came to you, you need not do anything.

            """
    }

    private init(russian notice: InvitationNotice) {
        subject = "\(notice.inviter) приглашает вас в компанию «\(notice.company)»"
        text = """
            Здравствуйте!

            \(notice.inviter) приглашает вас в компанию «\(notice.company)» на платформе \(notice.platform).

            Чтобы задать пароль и войти, откройте ссылку:

            \(notice.link)

            Ссылка сработает один раз, в течение \(InvitationLetter.days(notice.days)). Никому её не передавайте.
            Если вы не знаете, откуда это письмо, ничего делать не нужно.

            """
    }

    /// In the genitive: 1 and 21 дня, everything else дней.
    private static func days(_ count: Int) -> String {
        "\(count) \(count % 10 == 1 && count % 100 != 11 ? "дня" : "дней")"
    }
}
