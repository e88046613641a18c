/// An opaque identifier: 63 random bits behind the name of what it identifies.
///
/// Stored as one integer, shown as a short prefix and 13 characters of Crockford's base 32
/// (`key_1v8q0k3m2n7p4`). It is a name, not a secret: who may see what it names is decided elsewhere.
package struct ID<Subject: Identified>: Hashable, Sendable {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// A new identifier from the system's random generator.
    package static func random() -> Self {
        Self(rawValue: Int64.random(in: 1...Int64.max))
    }
}

/// What can carry an `ID`. The prefix keeps a user's identifier from being taken for a key's.
package protocol Identified {
    static var idPrefix: String { get }
}

private let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
private let digitCount = 13  // 13 digits of 5 bits hold 63 bits

extension ID: CustomStringConvertible {
    @inline(never)
    package var description: String {
        Subject.idPrefix + "_" + digits.span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// What stands behind the prefix.
    @inline(never)
    package var digits: InlineArray<13, UInt8> {
        var value = UInt64(bitPattern: rawValue)
        var digits = InlineArray<13, UInt8>(repeating: alphabet[0])
        for position in digits.indices.reversed() {
            digits[position] = alphabet[Int(value & 31)]
            value >>= 5
        }
        return digits
    }

    /// Reads what `description` wrote, and nothing else: another prefix, length, letter case or a value
    /// past 63 bits is `nil`.
    package init?(_ text: some StringProtocol) {
        let prefix = Subject.idPrefix + "_"
        guard text.hasPrefix(prefix) else { return nil }
        let digits = Array(text.utf8.dropFirst(prefix.utf8.count))
        guard digits.count == digitCount else { return nil }
        var value: UInt64 = 0
        for digit in digits {
            guard let number = alphabet.firstIndex(of: digit), value <= UInt64.max >> 5 else { return nil }
            value = value << 5 | UInt64(number)
        }
        guard value > 0, value <= UInt64(Int64.max) else { return nil }
        self.init(rawValue: Int64(value))
    }
}
