/// The beginning of a head that the lane will not answer, and whose rest has not come yet.
///
/// The lane keeps it until then: a client that sends a byte a second costs it little, and the ordinary pipeline, where a
/// connection is dear, nothing. What cannot become a head goes there at once, where its client hears what is wrong.
enum HeadStart {
    /// Whether bytes are one (RFC 9112, sections 2.1 and 3), of at most `WireRequest.maximumLength`.
    static func isUnfinished(_ bytes: Span<UInt8>) -> Bool {
        guard !bytes.isEmpty, bytes.count < WireRequest.maximumLength, hasMethod(bytes) else { return false }
        var lineStart = 0
        for place in bytes.indices {
            switch bytes[place] {
            case newLine:
                guard place > 0, bytes[place - 1] == carriageReturn else { return false }
                let line = lineStart..<place - 1
                if lineStart == 0 ? !namesVersion(bytes.extracting(line)) : line.isEmpty { return false }
                lineStart = place + 1
            case _ where place > 0 && bytes[place - 1] == carriageReturn: return false
            case carriageReturn, UInt8(ascii: "\t"), 0x20..<0x7F, 0x80...: continue
            default: return false
            }
        }
        return true
    }

    private static let newLine = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    /// Whether capital letters come first, and a blank behind them if anything.
    private static func hasMethod(_ bytes: Span<UInt8>) -> Bool {
        for place in bytes.indices where !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[place]) {
            return place > 0 && bytes[place] == UInt8(ascii: " ")
        }
        return true
    }

    private static func namesVersion(_ line: Span<UInt8>) -> Bool {
        let version: StaticString = " HTTP/1."
        let length = version.utf8CodeUnitCount
        guard line.count > length else { return false }
        let start = line.count - length - 1
        for offset in 0..<length where line[start + offset] != version.utf8Start[offset] { return false }
        return true
    }
}
