/// The CRC-32 of IEEE 802.3 (ISO 3309, as in zip and PNG): reflected polynomial 0xEDB88320.
enum CRC32 {
    /// Eight tables of 256: what a byte adds to the checksum that has one, two, ... eight bytes behind it. So eight bytes
    /// are taken in one step, and none of them waits for the one before ("slicing by 8", Kounavis and Berry, 2005).
    private static let tables: [UInt32] = {
        var tables = (0..<256).map(ofByte)
        for place in 256..<8 * 256 {
            let shorter = tables[place - 256]
            tables.append(tables[Int(shorter & 0xFF)] ^ (shorter >> 8))
        }
        return tables
    }()

    private static func ofByte(_ byte: Int) -> UInt32 {
        (0..<8).reduce(UInt32(byte)) { value, _ in
            value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
        }
    }

    static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
        let tables = tables
        var value = ~UInt32(0)
        var position = 0
        while bytes.count - position >= 8 {
            let (low, high) = (word(bytes, at: position) ^ value, word(bytes, at: position + 4))
            value = 0
            for byte in 0..<4 {
                value ^= tables[(7 - byte) << 8 | Int(low >> (8 * UInt32(byte)) & 0xFF)]
                value ^= tables[(3 - byte) << 8 | Int(high >> (8 * UInt32(byte)) & 0xFF)]
            }
            position += 8
        }
        for index in position..<bytes.count {
            value = tables[Int((value ^ UInt32(bytes[index])) & 0xFF)] ^ (value >> 8)
        }
        return ~value
    }

    /// Four bytes, the first of which is the lowest.
    private static func word(_ bytes: Span<UInt8>, at position: Int) -> UInt32 {
        UInt32(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt32.self))
    }
}
