/// An API key in the clear: seen once by the person who made it, and by us only while a request is answered.
///
/// `sp_` + 30 random characters of base 62 (over 178 bits) + 6 characters of checksum, the CRC-32 of all that
/// stands before them. The checksum tells a mistyped or made-up key without a look-up, and lets leak scanners
/// be sure of what they found.
package struct Secret: Sendable {
    package static let randomCount = 30
    package static let checksumCount = 6

    private let bytes: [UInt8]

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A new key from the system's random generator.
    package static func generate(prefix: String) -> Secret {
        let body = Array(prefix.utf8) + [UInt8(ascii: "_")] + Base62.random(randomCount)
        return Secret(bytes: body + Base62.encode(CRC32.checksum(body.span), width: checksumCount))
    }

    /// Reads a key from a request; `nil` when its shape, prefix or checksum is not a key's.
    package static func parse(_ text: some Collection<UInt8>, prefix: String) -> Secret? {
        let bytes = Array(text)
        return isKey(bytes.span, prefix: Array(prefix.utf8)) ? Secret(bytes: bytes) : nil
    }

    /// The digest of a key that stands in a request, without a copy of the key; `nil` as for `parse`.
    package static func digest(of text: Span<UInt8>, prefix: [UInt8]) -> Digest? {
        isKey(text, prefix: prefix) ? Digest(of: text) : nil
    }

    private static func isKey(_ text: Span<UInt8>, prefix: [UInt8]) -> Bool {
        let start = prefix.count + 1
        let end = start + randomCount
        guard text.count == end + checksumCount, text[prefix.count] == UInt8(ascii: "_") else { return false }
        for index in prefix.indices where text[index] != prefix[index] { return false }
        for index in start..<text.count where !Base62.isDigit(text[index]) { return false }
        return Base62.isNumber(CRC32.checksum(text.extracting(..<end)), in: text.extracting(end...))
    }

    package var digest: Digest { Digest(of: bytes) }

    /// The last 4 characters: shown in the list so that its owner knows it again. They belong to the checksum.
    package var last4: String { String(decoding: bytes.suffix(4), as: UTF8.self) }

    /// The key itself, for the one answer that shows it. Everything else must make do with `digest`.
    package var revealed: String { String(decoding: bytes, as: UTF8.self) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "Secret(…\(last4))" }
    package var debugDescription: String { description }
}
