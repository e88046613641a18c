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
        return Secret(bytes: body + Base62.encode(CRC32.checksum(body), width: checksumCount))
    }

    /// Reads a key from a request; `nil` when its shape, prefix or checksum is not a key's.
    package static func parse(_ text: some Collection<UInt8>, prefix: String) -> Secret? {
        let start = prefix.utf8.count + 1
        guard text.count == start + randomCount + checksumCount else { return nil }
        let bytes = Array(text)
        guard bytes.starts(with: prefix.utf8), bytes[start - 1] == UInt8(ascii: "_"),
            bytes[start...].allSatisfy(Base62.isDigit)
        else { return nil }
        let body = bytes.dropLast(checksumCount)
        guard Base62.encode(CRC32.checksum(body), width: checksumCount).elementsEqual(bytes.suffix(checksumCount))
        else { return nil }
        return Secret(bytes: bytes)
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
