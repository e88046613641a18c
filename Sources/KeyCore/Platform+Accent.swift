extension Platform {
    /// The platform's colour, in sRGB.
    package struct Accent: Hashable, Sendable {
        /// The one that our pages have where the platform names none.
        package static let standard = Accent(red: 0x2F, green: 0x6F, blue: 0xED)

        package let red: UInt8
        package let green: UInt8
        package let blue: UInt8

        package init(red: UInt8, green: UInt8, blue: UInt8) {
            self.red = red
            self.green = green
            self.blue = blue
        }

        /// Reads `#rrggbb`.
        package init?(_ text: some StringProtocol) {
            let digits = text.utf8.dropFirst().compactMap { Character(UnicodeScalar($0)).hexDigitValue }
            guard text.utf8.first == UInt8(ascii: "#"), text.utf8.count == 7, digits.count == 6 else { return nil }
            self.init(
                red: UInt8(digits[0] << 4 | digits[1]), green: UInt8(digits[2] << 4 | digits[3]),
                blue: UInt8(digits[4] << 4 | digits[5]))
        }

        /// As it is written: `#rrggbb`.
        package var text: String {
            "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}
