/// What a client was answered, but for when.
struct Answers: Hashable {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = Answers.undated(bytes)
    }

    /// The two ways have clocks of their own, of which Hummingbird's cannot be set.
    private static func undated(_ bytes: [UInt8]) -> [UInt8] {
        let (name, length) = (Array("\r\nDate: ".utf8), "Sun, 22 Nov 2026 12:00:00 GMT".utf8.count)
        var bytes = bytes
        var position = 0
        while position + name.count + length <= bytes.count {
            guard bytes[position] == name[0], bytes[position..<position + name.count].elementsEqual(name) else {
                position += 1
                continue
            }
            position += name.count
            for place in position..<position + length { bytes[place] = UInt8(ascii: "-") }
        }
        return bytes
    }
}

extension Answers: CustomStringConvertible {
    var description: String { String(decoding: bytes, as: UTF8.self) }
}
