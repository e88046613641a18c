/// A piece of a page. A literal is HTML as it stands; a value that is interpolated is text, and becomes HTML
/// only escaped. There is no other way in.
package struct HTML: ExpressibleByStringInterpolation, Hashable, Sendable {
    package let source: String

    package init(stringLiteral literal: String) {
        source = literal
    }

    package init(stringInterpolation: StringInterpolation) {
        source = stringInterpolation.source
    }

    private init(escaped: String) {
        source = escaped
    }

    /// Text from anywhere, made harmless.
    package static func text(_ text: String) -> HTML {
        HTML(escaped: escape(text))
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            source.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: String) {
            source += literal
        }

        package mutating func appendInterpolation(_ text: String) {
            source += HTML.escape(text)
        }

        package mutating func appendInterpolation(_ number: Int) {
            source += String(number)
        }

        package mutating func appendInterpolation(_ html: HTML) {
            source += html.source
        }

        package mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { source += piece.source }
        }

        /// `\(if: isChosen, " selected")`
        package mutating func appendInterpolation(if condition: Bool, _ html: @autoclosure () -> HTML) {
            if condition { source += html().source }
        }
    }

    /// Safe both between tags and in a quoted attribute.
    private static func escape(_ text: String) -> String {
        guard text.utf8.contains(where: isSpecial) else { return text }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): escaped += "&amp;".utf8
            case UInt8(ascii: "<"): escaped += "&lt;".utf8
            case UInt8(ascii: ">"): escaped += "&gt;".utf8
            case UInt8(ascii: "\""): escaped += "&quot;".utf8
            case UInt8(ascii: "'"): escaped += "&#39;".utf8
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }
}
