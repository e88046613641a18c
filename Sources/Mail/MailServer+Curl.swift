import CCurl
import Foundation
import KeyCore

extension MailServer {
    /// In seconds: for the connection, and for everything.
    private enum Limit {
        static let connecting = 4
        static let all = 6
    }

    /// Hands a letter over. Blocks for at most `Limit.all` seconds.
    func take(_ letter: Letter) -> Delivery {
        _ = MailServer.prepared
        guard let handle = curl_easy_init() else { return .failed(cause: "libcurl cannot be used") }
        defer { curl_easy_cleanup(handle) }
        let recipients = curl_slist_append(nil, "<\(letter.to.text)>")
        defer { curl_slist_free_all(recipients) }
        let complaint = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        complaint.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        defer { complaint.deallocate() }
        configure(handle)
        _ = curl_set_pointer(handle, CURLOPT_ERRORBUFFER, complaint)
        _ = curl_set_text(handle, CURLOPT_MAIL_FROM, "<\(letter.sender.address.text)>")
        _ = curl_set_pointer(handle, CURLOPT_MAIL_RCPT, recipients)
        let unread = Unread(letter.message)
        let result = withExtendedLifetime(unread) {
            _ = curl_set_reader(handle, readMore)
            _ = curl_set_pointer(handle, CURLOPT_READDATA, Unmanaged.passUnretained(unread).toOpaque())
            return curl_easy_perform(handle)
        }
        guard result != CURLE_OK else { return .sent }
        let said = String(cString: complaint)
        return .failed(cause: said.isEmpty ? String(cString: curl_easy_strerror(result)) : said)
    }

    private func configure(_ handle: UnsafeMutableRawPointer) {
        _ = curl_set_text(handle, CURLOPT_URL, url)
        _ = curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        _ = curl_set_text(handle, CURLOPT_PROXY, "")
        let encryption = insistsOnTLS ? CURLUSESSL_ALL : CURLUSESSL_TRY
        _ = curl_set_number(handle, CURLOPT_USE_SSL, Int(encryption.rawValue))
        _ = curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, Limit.connecting)
        _ = curl_set_number(handle, CURLOPT_TIMEOUT, Limit.all)
        // Signals would go to whichever thread is at hand (libcurl-thread(3)).
        _ = curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        _ = curl_set_number(handle, CURLOPT_UPLOAD, 1)
    }

    /// Once in a process, before any other thread uses libcurl (curl_global_init(3)).
    private static let prepared = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
}

/// What of a letter libcurl has not asked for yet.
private final class Unread {
    private var bytes: ArraySlice<UInt8>

    init(_ message: String) {
        bytes = Array(message.utf8)[...]
    }

    func read(into buffer: UnsafeMutablePointer<CChar>, atMost limit: Int) -> Int {
        let part = bytes.prefix(limit)
        UnsafeMutableRawBufferPointer(start: buffer, count: limit).copyBytes(from: part)
        bytes = bytes.dropFirst(part.count)
        return part.count
    }
}

private let readMore: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    buffer, size, count, source in
    guard let buffer, let source else { return 0 }
    return Unmanaged<Unread>.fromOpaque(source).takeUnretainedValue().read(into: buffer, atMost: size * count)
}
