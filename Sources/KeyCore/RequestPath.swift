/// The path of a request, decoded once and cut into segments: what a rule is compared with.
///
/// A path that two programs could read differently is refused, not repaired: what the gateway's rule saw and what the
/// service behind it serves must be the same. So there is no resolving of `..` here (RFC 3986, section 5.2.4) and no
/// second decoding.
package struct RequestPath: Hashable, Sendable {
    /// Bytes of a path; a gateway's own limit is of this size.
    package static let maximumLength = 8192

    /// Why a path has no one meaning.
    package enum Fault: String, Error, Hashable, CaseIterable, Sendable {
        case notAbsolute, tooLong, emptySegment, dotSegment, parameters, backslash, control, encoding, encodedSlash
        case encodedTwice, fragment
    }

    package let segments: [String]

    /// - Parameter target: a path in its encoded form, with or without a query, which does not count.
    /// - Throws: `Fault`.
    package init(_ target: some StringProtocol) throws(Fault) {
        let path = target.utf8.prefix { $0 != UInt8(ascii: "?") }
        guard path.first == UInt8(ascii: "/") else { throw .notAbsolute }
        guard path.count <= RequestPath.maximumLength else { throw .tooLong }
        guard !path.contains(UInt8(ascii: "#")) else { throw .fragment }
        var parts = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        // With or without a slash at its end it is the same page; "/" itself has no segments.
        if parts.last?.isEmpty == true { parts.removeLast() }
        var segments: [String] = []
        segments.reserveCapacity(parts.count)
        for part in parts { segments.append(try RequestPath.segment(part)) }
        self.segments = segments
    }

    /// Cuts a path that is plain: one in which nothing is to be decoded, and nothing to be refused.
    ///
    /// - Returns: whether it is; otherwise the segments mean nothing.
    static func cut(_ target: Span<UInt8>, into segments: inout [Range<Int>]) -> Bool {
        segments.removeAll(keepingCapacity: true)
        guard !target.isEmpty, target[0] == UInt8(ascii: "/"), target.count <= maximumLength else { return false }
        var start = 1
        var position = 1
        while position < target.count, target[position] != UInt8(ascii: "?") {
            switch target[position] {
            case UInt8(ascii: "/"):
                guard isPlain(target.extracting(start..<position)) else { return false }
                segments.append(start..<position)
                start = position + 1
            // What is encoded, what a decoded path may not hold, and what is no ASCII.
            case 0...0x20, UInt8(ascii: "%"), UInt8(ascii: "#"), UInt8(ascii: ";"), UInt8(ascii: "\\"), 0x7F...:
                return false
            default: break
            }
            position += 1
        }
        // With or without a slash at its end it is the same page.
        guard start < position else { return true }
        guard isPlain(target.extracting(start..<position)) else { return false }
        segments.append(start..<position)
        return true
    }

    private static func isPlain(_ segment: Span<UInt8>) -> Bool {
        let dot = UInt8(ascii: ".")
        return switch segment.count {
        case 0: false
        case 1: segment[0] != dot
        case 2: segment[0] != dot || segment[1] != dot
        default: true
        }
    }

    private static func segment(_ encoded: some Collection<UInt8>) throws(Fault) -> String {
        guard !encoded.isEmpty else { throw .emptySegment }
        let decoded = try decode(encoded)
        guard let text = String(validating: decoded, as: UTF8.self) else { throw .encoding }
        guard text != ".", text != ".." else { throw .dotSegment }
        for byte in decoded {
            switch byte {
            case 0...0x1F, 0x7F: throw .control
            case UInt8(ascii: "/"): throw .encodedSlash
            case UInt8(ascii: "\\"): throw .backslash
            // Some servers cut "devices;x=1" to "devices", others do not.
            case UInt8(ascii: ";"): throw .parameters
            default: continue
            }
        }
        guard !hasEscape(decoded) else { throw .encodedTwice }
        return text
    }

    /// Percent-decoding (RFC 3986, section 2.1), once.
    private static func decode(_ encoded: some Collection<UInt8>) throws(Fault) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(encoded.count)
        var rest = encoded.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = rest.next().flatMap(hexValue), let low = rest.next().flatMap(hexValue) else {
                throw .encoding
            }
            decoded.append(high << 4 | low)
        }
        return decoded
    }

    /// Whether another decoding would find something to decode.
    private static func hasEscape(_ bytes: [UInt8]) -> Bool {
        bytes.indices.dropLast(2).contains { index in
            bytes[index] == UInt8(ascii: "%") && hexValue(bytes[index + 1]) != nil && hexValue(bytes[index + 2]) != nil
        }
    }

    private static func hexValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension RequestPath.Fault {
    /// What is wrong with the path, as the end of a sentence that begins with "it".
    package var phrase: String {
        switch self {
        case .notAbsolute: "does not begin with a slash"
        case .tooLong: "is longer than \(RequestPath.maximumLength) bytes"
        case .emptySegment: "holds an empty segment (“//”)"
        case .dotSegment: "holds a “.” or “..” segment"
        case .parameters: "holds a “;”"
        case .backslash: "holds a backslash"
        case .control: "holds a control character"
        case .encoding: "is not percent-encoded UTF-8"
        case .encodedSlash: "holds an encoded slash"
        case .encodedTwice: "is percent-encoded twice"
        case .fragment: "holds a “#”"
        }
    }
}
