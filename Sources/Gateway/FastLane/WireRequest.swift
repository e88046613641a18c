import KeyCore

/// A request for the fast lane, as places in the bytes that were read: nothing is copied.
///
/// What is taken for one is far less than HTTP/1.1 allows (RFC 9112): a GET of a path of ours with plain headers and
/// no body. All else is `foreign` and goes, byte for byte, to the ordinary pipeline; so a doubt is never a wrong answer.
struct WireRequest {
    /// Which of the two questions is asked.
    enum Path {
        /// `/v1/verify`, with the text behind `permission=` where that is the query.
        case verify(permission: Range<Int>?)
        /// `/v1/authorize`, with what follows it.
        case authorize(rest: Range<Int>)
    }

    /// A header that the lane looks at, once in a request.
    enum Field: Int, CaseIterable {
        case host, authorization, apiKey, originalMethod, originalTarget, forwardedMethod, forwardedTarget
    }

    fileprivate(set) var path: Path
    /// How many bytes of the buffer it is.
    fileprivate(set) var length = 0
    /// The last `X-Forwarded-For`.
    fileprivate(set) var forwardedFor: Range<Int>?
    private var fields: InlineArray<7, Range<Int>?> = .init(repeating: nil)

    init(path: Path) {
        self.path = path
    }

    subscript(_ field: Field) -> Range<Int>? {
        get { fields[field.rawValue] }
        set { fields[field.rawValue] = newValue }
    }

    /// A request's head that is longer is not for the lane.
    static let maximumLength = 8192
    static let maximumHeaders = 100
}

/// What stands at the beginning of the bytes that were read.
enum WireReading {
    /// It may yet become a request for the lane.
    case incomplete
    /// Anything else.
    case foreign
    case request(WireRequest)
}

extension WireRequest {
    static func read(_ bytes: Span<UInt8>) -> WireReading {
        var reader = WireReader()
        let reading = reader.request(bytes)
        switch reading {
        case .incomplete where bytes.count > maximumLength: return .foreign
        case .request(let request) where request.length > maximumLength: return .foreign
        default: return reading
        }
    }
}

/// Reads a request from left to right, each byte once.
private struct WireReader {
    /// Why reading ended before its time.
    private enum Stop: Error {
        case incomplete, foreign
    }

    private var position = 0

    mutating func request(_ bytes: Span<UInt8>) -> WireReading {
        do throws(Stop) {
            var request = WireRequest(path: try path(bytes))
            try expect(bytes, " HTTP/1.1\r\n")
            var headers = 0
            while try !endsHere(bytes) {
                try header(bytes, &request)
                headers += 1
            }
            guard headers <= WireRequest.maximumHeaders else { return .foreign }
            guard request[.host] != nil else { return .foreign }
            request.length = position
            return .request(request)
        } catch {
            return error == .incomplete ? .incomplete : .foreign
        }
    }

    // MARK: Request line

    private mutating func path(_ bytes: Span<UInt8>) throws(Stop) -> WireRequest.Path {
        try expect(bytes, "GET /v1/")
        switch try byte(bytes, at: position) {
        case UInt8(ascii: "v"):
            try expect(bytes, "verify")
            guard try byte(bytes, at: position) != UInt8(ascii: " ") else { return .verify(permission: nil) }
            try expect(bytes, "?permission=")
            let name = try run(bytes, of: WireReader.isPlainValue)
            guard !name.isEmpty else { throw .foreign }
            return .verify(permission: name)
        case UInt8(ascii: "a"):
            try expect(bytes, "authorize")
            let rest = try run(bytes, of: WireReader.isTarget)
            guard rest.isEmpty || WireReader.endsPath(bytes[rest.lowerBound]) else { throw .foreign }
            return .authorize(rest: rest)
        default: throw .foreign
        }
    }

    // MARK: Headers

    /// Whether the empty line comes, which is the end of the head.
    private mutating func endsHere(_ bytes: Span<UInt8>) throws(Stop) -> Bool {
        guard try byte(bytes, at: position) == UInt8(ascii: "\r") else { return false }
        try expect(bytes, "\r\n")
        return true
    }

    private mutating func header(_ bytes: Span<UInt8>, _ request: inout WireRequest) throws(Stop) {
        let name = try run(bytes, of: WireReader.isToken)
        guard !name.isEmpty else { throw .foreign }
        try expect(bytes, ":")
        while try byte(bytes, at: position).isBlank { position += 1 }
        var value = try run(bytes, of: WireReader.isValue)
        try expect(bytes, "\r\n")
        while let last = value.last, bytes[last].isBlank { value.removeLast() }
        try note(bytes, name, value, in: &request)
    }

    /// Looks at the headers that mean something here; a name's length tells most of the others at once.
    private func note(
        _ bytes: Span<UInt8>, _ name: Range<Int>, _ value: Range<Int>, in request: inout WireRequest
    ) throws(Stop) {
        switch name.count {
        case 4 where spells(bytes, name, "host"): try set(.host, value, in: &request)
        case 9 where spells(bytes, name, "x-api-key"): try set(.apiKey, value, in: &request)
        case 13 where spells(bytes, name, "authorization"): try set(.authorization, value, in: &request)
        case 14 where spells(bytes, name, "x-original-uri"): try set(.originalTarget, value, in: &request)
        case 15 where spells(bytes, name, "x-forwarded-uri"): try set(.forwardedTarget, value, in: &request)
        case 15 where spells(bytes, name, "x-forwarded-for"): request.forwardedFor = value
        case 17 where spells(bytes, name, "x-original-method"): try set(.originalMethod, value, in: &request)
        case 18 where spells(bytes, name, "x-forwarded-method"): try set(.forwardedMethod, value, in: &request)
        // What comes after the head, or what becomes of the connection.
        case 6 where spells(bytes, name, "expect"), 7 where spells(bytes, name, "upgrade"),
            14 where spells(bytes, name, "content-length"), 14 where spells(bytes, name, "http2-settings"),
            16 where spells(bytes, name, "proxy-connection"), 17 where spells(bytes, name, "transfer-encoding"):
            throw .foreign
        case 10 where spells(bytes, name, "connection"):
            guard spells(bytes, value, "keep-alive") else { throw .foreign }
        default: break
        }
    }

    /// Two of a kind are for the ordinary pipeline to judge.
    private func set(
        _ field: WireRequest.Field, _ value: Range<Int>, in request: inout WireRequest
    ) throws(Stop) {
        guard request[field] == nil else { throw .foreign }
        request[field] = value
    }

    // MARK: Bytes

    private func byte(_ bytes: Span<UInt8>, at position: Int) throws(Stop) -> UInt8 {
        guard position < bytes.count else { throw .incomplete }
        return bytes[position]
    }

    private mutating func expect(_ bytes: Span<UInt8>, _ text: StaticString) throws(Stop) {
        for offset in 0..<text.utf8CodeUnitCount {
            guard try byte(bytes, at: position) == text.utf8Start[offset] else { throw .foreign }
            position += 1
        }
    }

    /// The bytes from here on that belong together; there must be one behind them.
    private mutating func run(_ bytes: Span<UInt8>, of belongs: (UInt8) -> Bool) throws(Stop) -> Range<Int> {
        let start = position
        while try belongs(byte(bytes, at: position)) { position += 1 }
        return start..<position
    }

    /// Whether a text is a word that is written in small letters, in whatever letter case it stands there.
    private func spells(_ bytes: Span<UInt8>, _ text: Range<Int>, _ word: StaticString) -> Bool {
        bytes.extracting(text).spells(word)
    }

    /// Visible ASCII and blanks. What else may stand in a header is for the ordinary pipeline.
    private static func isValue(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F || byte == UInt8(ascii: "\t") }

    /// What can stand behind a path of ours that is not a part of its name.
    private static func endsPath(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") }

    private static func isTarget(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

    /// What needs no decoding in a query.
    private static func isPlainValue(_ byte: UInt8) -> Bool {
        byte.isLetterOrDigit || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    /// RFC 9110, section 5.6.2.
    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^")...UInt8(ascii: "`"), UInt8(ascii: "|"),
            UInt8(ascii: "~"):
            true
        default: byte.isLetterOrDigit
        }
    }
}

extension Span<UInt8> {
    /// Whether it is a word that is written in small letters, in whatever letter case it stands there.
    func spells(_ word: StaticString) -> Bool {
        guard count == word.utf8CodeUnitCount else { return false }
        for offset in 0..<count where self[offset].lowercasedASCII != word.utf8Start[offset] { return false }
        return true
    }
}

extension UInt8 {
    /// A space or a tab (RFC 9110, section 5.6.3).
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    fileprivate var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
