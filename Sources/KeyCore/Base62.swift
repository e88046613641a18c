/// Base 62 with the digits in ASCII order: `0-9`, `A-Z`, `a-z`.
enum Base62 {
    static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    static func isDigit(_ byte: UInt8) -> Bool { byte.isLetterOrDigit }

    /// Uniformly random digits. `Int.random` rejects the values that would favour the first digits.
    static func random(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in digits[Int.random(in: 0..<digits.count)] }
    }

    /// Whether a text is `encode` of a number in its width.
    static func isNumber(_ number: UInt32, in text: Span<UInt8>) -> Bool {
        var rest = Int(number)
        for position in text.indices.reversed() {
            guard text[position] == digits[rest % 62] else { return false }
            rest /= 62
        }
        return rest == 0
    }

    /// A number, most significant digit first, padded with zeros. 6 digits hold every 32-bit number.
    static func encode(_ number: UInt32, width: Int) -> [UInt8] {
        var rest = Int(number)
        var result = [UInt8](repeating: digits[0], count: width)
        for position in stride(from: width - 1, through: 0, by: -1) {
            result[position] = digits[rest % 62]
            rest /= 62
        }
        return result
    }
}
