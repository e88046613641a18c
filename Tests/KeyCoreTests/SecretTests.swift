import Testing

@testable import KeyCore

struct SecretTests {
    @Test(arguments: [("", 0), ("a", 0xE8B7_BE43), ("123456789", 0xCBF4_3926)])
    func checksumIsTheOneOfIEEE(_ text: String, _ expected: UInt32) {
        let bytes = Array(text.utf8)
        let checksum = CRC32.checksum(bytes.span)
        #expect(checksum == expected)
    }

    /// Made with another program, so that every implementation of the format agrees.
    @Test(arguments: [
        "sp_0000000000000000000000000000003zYQqW", "sp_AZaz09AZaz09AZaz09AZaz09AZaz092I7U8L",
        "sp_00000000000000000000000000012600htZ2",
    ])
    func keyOfTheFormatIsRead(_ text: String) throws {
        let secret = try #require(Secret.parse(text.utf8, prefix: "sp"))
        #expect(secret.revealed == text)
        #expect(secret.last4 == String(text.suffix(4)))
        #expect(secret.digest == Digest(of: Array(text.utf8)))
    }

    @Test(arguments: ["sp", "ab", "platform"])
    func newKeyHasTheShapeOfOne(_ prefix: String) throws {
        for _ in 1...200 {
            let text = Secret.generate(prefix: prefix).revealed
            #expect(text.utf8.count == prefix.utf8.count + 1 + 36)
            #expect(text.hasPrefix(prefix + "_"))
            #expect(Secret.parse(text.utf8, prefix: prefix)?.revealed == text)
        }
    }

    @Test func newKeysDifferInEveryPlace() {
        let keys = (1...2000).map { _ in Array(Secret.generate(prefix: "sp").revealed.utf8) }
        #expect(Set(keys).count == keys.count)
        for place in 3..<33 {
            #expect(Set(keys.map { $0[place] }).count == 62, "place \(place) does not take every digit")
        }
    }

    @Test func everyChangeOfOneCharacterIsRefused() {
        let key = Array(Secret.generate(prefix: "sp").revealed.utf8)
        for place in key.indices {
            for byte in UInt8.min...UInt8.max where byte != key[place] {
                var changed = key
                changed[place] = byte
                #expect(Secret.parse(changed, prefix: "sp") == nil, "byte \(byte) in place \(place)")
            }
        }
    }

    @Test func everySwapOfNeighboursIsRefused() {
        let key = Array(Secret.generate(prefix: "sp").revealed.utf8)
        for place in 1..<key.count where key[place] != key[place - 1] {
            var changed = key
            changed.swapAt(place, place - 1)
            #expect(Secret.parse(changed, prefix: "sp") == nil, "places \(place - 1) and \(place)")
        }
    }

    @Test func everyOtherLengthIsRefused() {
        let key = Secret.generate(prefix: "sp").revealed
        for length in 0..<key.utf8.count {
            #expect(Secret.parse(key.utf8.prefix(length), prefix: "sp") == nil)
        }
        for longer in [key + "0", key + " ", " " + key, key + "\n", key + "\u{0}", key + key] {
            #expect(Secret.parse(longer.utf8, prefix: "sp") == nil)
        }
    }

    @Test func keyOfAnotherPlatformIsRefused() {
        let key = Secret.generate(prefix: "xy").revealed
        for prefix in ["sp", "x", "xyz", "XY"] { #expect(Secret.parse(key.utf8, prefix: prefix) == nil) }
    }

    @Test func descriptionsKeepTheSecret() {
        let secret = Secret.generate(prefix: "sp")
        let hidden = secret.revealed.dropLast(4)
        for text in ["\(secret)", String(reflecting: secret), String(describing: Optional(secret))] {
            #expect(!text.contains(hidden))
        }
        let token = SessionToken.generate()
        #expect(!"\(token) \(String(reflecting: token))".contains(token.text))
        let password = Password("correct horse")
        #expect(!"\(password) \(String(reflecting: password))".contains("horse"))
    }

    @Test func digestIsSHA256() {
        // FIPS 180-4, the example of one block.
        let expected: [UInt8] = [
            0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23,
            0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17, 0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad,
        ]
        #expect(Digest(of: Array("abc".utf8)).bytes == expected)
        #expect(Digest(bytes: expected) == Digest(of: Array("abc".utf8)))
        #expect(Digest(bytes: expected.dropLast()) == nil)
        #expect(Digest(bytes: expected + [0]) == nil)
    }
}
