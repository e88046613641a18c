import Foundation
import Hummingbird

/// The fields of a form as a browser sends them (WHATWG URL, "application/x-www-form-urlencoded"), in their order.
/// Bytes that are no UTF-8 become U+FFFD; a broken escape stands for itself.
package struct FormFields: Sendable {
    private let pairs: [(name: String, value: String)]

    package init(_ encoded: some Sequence<UInt8>) {
        pairs = Array(encoded).split(separator: UInt8(ascii: "&")).map { pair in
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (FormFields.decode(halves[0]), halves.count > 1 ? FormFields.decode(halves[1]) : "")
        }
    }

    /// The first value of a field, empty where there is none.
    package subscript(name: String) -> String {
        pairs.first { $0.name == name }?.value ?? ""
    }

    package func all(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    private static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        var decoded: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                decoded.append(UInt8(ascii: " "))
            } else if byte == UInt8(ascii: "%"), let value = hexadecimal(rest.prefix(2)) {
                decoded.append(value)
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 2, digits.allSatisfy(\.isHexadecimalDigit) else { return nil }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}

extension FormFields {
    /// A value as it may stand in an address.
    package static func encode(_ value: String) -> String {
        value.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    /// RFC 3986, section 2.3.
    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

extension Request {
    /// The fields of a form that was sent.
    package func form() async throws -> FormFields {
        FormFields(try await boundedBody())
    }

    /// The fields in the address.
    package var query: FormFields {
        FormFields((uri.query ?? "").utf8)
    }
}

extension UInt8 {
    fileprivate var isHexadecimalDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
