import Foundation
import KeyCore

/// A letter as it travels: plain text in UTF-8 with the headers that mail servers want to see (RFC 5322, RFC 2045).
package struct Letter: Sendable {
    let sender: MailSender
    let to: EmailAddress
    let subject: String
    let text: String
    let sentAt: Timestamp
    /// What stands before the "@" of the message's identifier.
    let number: String

    package init(
        from sender: MailSender, to: EmailAddress, subject: String, text: String, sentAt: Timestamp,
        number: String = UUID().uuidString.lowercased()
    ) {
        self.sender = sender
        self.to = to
        self.subject = subject
        self.text = text
        self.sentAt = sentAt
        self.number = number
    }

    /// The whole message, with CRLF between lines.
    package var message: String {
        let domain = sender.address.text.split(separator: "@").last ?? "localhost"
        let name = sender.name.map { HeaderText.encoded($0) + " " } ?? ""
        let headers = [
            "From: \(name)<\(sender.address.text)>", "To: <\(to.text)>", "Subject: \(HeaderText.encoded(subject))",
            "Date: \(Letter.date(sentAt))", "Message-ID: <\(number)@\(domain)>", "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable",
            "Auto-Submitted: auto-generated",
        ]
        return (headers + ["", QuotedPrintable.encoded(text)]).joined(separator: "\r\n")
    }

    /// "Mon, 23 Nov 2026 09:30:00 +0000" (RFC 5322, section 3.3).
    private static func date(_ moment: Timestamp) -> String {
        let style = Date.VerbatimFormatStyle(
            format: """
                \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
                \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
                \(second: .twoDigits)
                """,
            locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
        return moment.date.formatted(style) + " +0000"
    }
}

/// Whom letters come from: "Acme <keys@acme.example>", or the address alone.
package struct MailSender: Hashable, Sendable {
    let name: String?
    let address: EmailAddress

    /// `nil` where the text names no address.
    package init?(_ text: String) {
        let parts = text.split(separator: "<", maxSplits: 1, omittingEmptySubsequences: false)
        let isNamed = parts.count == 2 && parts[1].hasSuffix(">")
        let written = isNamed ? String(parts[1].dropLast()) : text
        guard isNamed || parts.count == 1, let address = try? EmailAddress(written) else { return nil }
        let name = isNamed ? parts[0].trimmingCharacters(in: .whitespaces) : ""
        self.name = name.isEmpty ? nil : name
        self.address = address
    }
}

/// Text in a header. Whatever is not plain ASCII goes in encoded words (RFC 2047), line breaks too: so nothing that
/// stands in a text can begin a header of its own.
enum HeaderText {
    /// A line with encoded words has at most 76 characters: less 12 for a word's frame and 9 for "Subject: ", 52
    /// characters of base 64 hold 39 bytes.
    private static let bytesInAWord = 39

    static func encoded(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: " ") }
        if isPlain, text.utf8.count <= bytesInAWord { return text }
        return words(text).map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    /// Cut between characters, never within one: each word is decoded by itself.
    private static func words(_ text: String) -> [String] {
        text.unicodeScalars.reduce(into: [""]) { words, scalar in
            let size = words[words.count - 1].utf8.count + String(scalar).utf8.count
            if size > bytesInAWord { words.append("") }
            words[words.count - 1].unicodeScalars.append(scalar)
        }
    }
}

/// Text in lines of at most 76 ASCII characters (RFC 2045, section 6.7).
enum QuotedPrintable {
    private static let lineLimit = 76

    static func encoded(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line($0) }.joined(separator: "\r\n")
    }

    private static func line(_ text: Substring) -> String {
        var lines = [""]
        for (place, byte) in text.utf8.enumerated() {
            let isLast = place == text.utf8.count - 1
            let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") || byte == 0x20 && !isLast
            let piece = isPlain ? String(UnicodeScalar(byte)) : "=" + hexadecimal(byte)
            // One place is left for the mark of a line that goes on.
            if lines[lines.count - 1].utf8.count + piece.utf8.count >= lineLimit { lines.append("") }
            lines[lines.count - 1] += piece
        }
        return lines.joined(separator: "=\r\n")
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
