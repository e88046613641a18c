import KeyCore
import Logging
import Mail

/// How mail is sent, where `--smtp-url` is given.
struct MailSettings: Sendable {
    let server: MailServer
    let sender: MailSender

    /// `nil` where no mail is to be sent.
    ///
    /// - Throws: `SettingError`, which never holds the server's address: a password may stand in it.
    init?(_ source: SettingSource) throws {
        let wanted = "--smtp-url must be smtp://USER:PASSWORD@HOST:PORT or smtps://USER:PASSWORD@HOST:PORT."
        let server = try source.optional(.smtpURL, wanted) { text in
            guard let server = MailServer(text) else { throw SettingError(text: wanted) }
            return server
        }
        let sender = try source.optional(
            .mailFrom, "an e-mail address, or a name with the address in angle brackets", MailSender.init)
        switch (server, sender) {
        case (nil, nil): return nil
        case (let server?, let sender?): (self.server, self.sender) = (server, sender)
        default: throw SettingError(text: "--smtp-url and --mail-from belong together. Give both, or neither.")
        }
    }
}

/// Sends mail, and tells the log of what did not go out.
struct LoggedMailer: Mailer {
    private let mailer: SMTPMailer
    private let logger: Logger

    init(mail: MailSettings, logger: Logger) {
        mailer = SMTPMailer(server: mail.server, sender: mail.sender)
        self.logger = logger
    }

    func send(_ notice: InvitationNotice) async -> Delivery {
        let delivery = await mailer.send(notice)
        if case .failed(let cause) = delivery {
            logger.error("A mail could not be sent.", metadata: ["cause": "\(cause)"])
        }
        return delivery
    }
}
