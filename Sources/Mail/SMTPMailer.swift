import Dispatch
import KeyCore
import Synchronization

/// Sends letters through a mail server, one after another, on a thread of its own: libcurl waits for the server, and
/// nothing of ours that answers requests should.
package final class SMTPMailer: Mailer {
    enum Limit {
        /// How long a letter may wait for those before it: with the time that sending takes, less than what a server
        /// has to finish what is under way when it is stopped.
        static let waiting = Duration.seconds(1)
        /// How many may wait, whatever the server does.
        static let queue = 100
    }

    private let server: MailServer
    private let sender: MailSender
    private let thread = DispatchQueue(label: "SMTPMailer")
    private let waiting = Mutex(0)

    package init(server: MailServer, sender: MailSender) {
        self.server = server
        self.sender = sender
    }

    package func send(_ notice: InvitationNotice) async -> Delivery {
        let words = InvitationLetter(notice)
        return await send(
            Letter(from: sender, to: notice.to, subject: words.subject, text: words.text, sentAt: notice.sentAt))
    }

    private func send(_ letter: Letter) async -> Delivery {
        let hasRoom = waiting.withLock { count in
            guard count < Limit.queue else { return false }
            count += 1
            return true
        }
        guard hasRoom else { return .failed(cause: "too many letters are waiting") }
        let deadline = ContinuousClock.now + Limit.waiting
        return await withCheckedContinuation { continuation in
            thread.async { [self] in
                defer { waiting.withLock { $0 -= 1 } }
                let isLate = ContinuousClock.now > deadline
                continuation.resume(
                    returning: isLate ? .failed(cause: "the mail server is too slow") : server.take(letter))
            }
        }
    }
}
