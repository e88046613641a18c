/// The beginning of a small request that the lane will not answer, and whose rest has not come yet.
///
/// The lane keeps it until then: a client that sends a byte a second costs it little, and the ordinary pipeline, where a
/// connection is dear, nothing. What cannot become a request goes there at once, where its client hears what is wrong,
/// and so does one whose body is large, or not simply so many bytes (RFC 9112, section 6).
enum UnfinishedRequest {
    case head
    /// The head is whole, and some of the body may be there.
    case body

    /// - Returns: `nil` for bytes that are none, or one of more than `WireRequest.maximumLength` bytes.
    init?(_ bytes: Span<UInt8>) {
        guard !bytes.isEmpty, bytes.count < WireRequest.maximumLength, Self.hasMethod(bytes) else { return nil }
        var framing = Framing()
        var lineStart = 0
        for place in bytes.indices {
            switch bytes[place] {
            case Self.newLine:
                guard place > 0, bytes[place - 1] == Self.carriageReturn else { return nil }
                let line = bytes.extracting(lineStart..<place - 1)
                let next = place + 1
                if lineStart == 0 {
                    guard Self.namesVersion(line) else { return nil }
                } else if line.isEmpty {
                    guard let end = framing.end(after: next), bytes.count < end, end <= WireRequest.maximumLength
                    else { return nil }
                    self = .body
                    return
                } else {
                    framing.read(line)
                }
                lineStart = next
            case _ where place > 0 && bytes[place - 1] == Self.carriageReturn: return nil
            case Self.carriageReturn, UInt8(ascii: "\t"), 0x20..<0x7F, 0x80...: continue
            default: return nil
            }
        }
        self = .head
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

/// What the headers say of the body, as far as it is one `Content-Length` and nothing else.
private struct Framing {
    private var length: Int?
    private var isPlain = true

    /// - Returns: where the request ends, by the place of its body; `nil` where that is not so plain.
    func end(after head: Int) -> Int? {
        guard isPlain, let length else { return nil }
        return head + length
    }

    mutating func read(_ line: Span<UInt8>) {
        var name = 0
        while name < line.count, line[name] != UInt8(ascii: ":") { name += 1 }
        guard name < line.count else { return isPlain = false }
        switch line.extracting(..<name) {
        case let name where name.spells("content-length"):
            let isFirst = length == nil
            length = Framing.number(line.extracting((name.count + 1)...))
            isPlain = isPlain && isFirst && length != nil
        // Another kind of body, or a client that waits for an answer before it sends one.
        case let name where name.spells("transfer-encoding") || name.spells("expect") || name.spells("upgrade"):
            isPlain = false
        case let name where name.isEmpty || name[0].isBlank:
            isPlain = false
        default: break
        }
    }

    /// Of four digits at most, with blanks around them: more than fit into a small request need no look.
    private static func number(_ text: Span<UInt8>) -> Int? {
        var (start, end) = (0, text.count)
        while start < end, text[start].isBlank { start += 1 }
        while end > start, text[end - 1].isBlank { end -= 1 }
        guard (1...4).contains(end - start) else { return nil }
        var number = 0
        for place in start..<end {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[place]) else { return nil }
            number = number * 10 + Int(text[place] - UInt8(ascii: "0"))
        }
        return number
    }
}
