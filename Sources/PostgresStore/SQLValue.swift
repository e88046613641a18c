import KeyCore

/// A value in PostgreSQL's binary format: what is sent needs no quoting, and is never cut.
struct SQLValue: Sendable {
    let type: SQLType
    /// `nil` is NULL.
    let bytes: [UInt8]?

    static func null(_ type: SQLType) -> SQLValue { SQLValue(type: type, bytes: nil) }
}

/// What PostgreSQL calls the types that we send: `pg_type.oid`, the same in every version.
enum SQLType: UInt32, Sendable {
    case boolean = 16
    case bytes = 17
    case integer = 20
    case text = 25
    case texts = 1009
    case integers = 1016
}

/// What can be interpolated into SQL.
protocol SQLConvertible {
    static var sqlType: SQLType { get }
    var sqlValue: SQLValue { get }
}

extension Int64: SQLConvertible {
    static var sqlType: SQLType { .integer }
    var sqlValue: SQLValue { SQLValue(type: .integer, bytes: bigEndianBytes) }
}

extension Int: SQLConvertible {
    static var sqlType: SQLType { .integer }
    var sqlValue: SQLValue { Int64(self).sqlValue }
}

extension ID: SQLConvertible {
    static var sqlType: SQLType { .integer }
    var sqlValue: SQLValue { rawValue.sqlValue }
}

extension Timestamp: SQLConvertible {
    static var sqlType: SQLType { .integer }
    var sqlValue: SQLValue { milliseconds.sqlValue }
}

extension Bool: SQLConvertible {
    static var sqlType: SQLType { .boolean }
    var sqlValue: SQLValue { SQLValue(type: .boolean, bytes: [self ? 1 : 0]) }
}

extension Digest: SQLConvertible {
    static var sqlType: SQLType { .bytes }
    var sqlValue: SQLValue { SQLValue(type: .bytes, bytes: bytes) }
}

/// PostgreSQL has no text with a NUL byte in it. Such a text is sent as NULL: it equals nothing, and a column that
/// must hold something refuses it. Sent as it is, the statement would fail; cut at the NUL, it would find another's.
extension String: SQLConvertible {
    static var sqlType: SQLType { .text }
    var sqlValue: SQLValue {
        let bytes = Array(utf8)
        return SQLValue(type: .text, bytes: bytes.contains(0) ? nil : bytes)
    }
}

/// A list as one argument, for `= ANY(...)` and `unnest(...)`: the statement is the same for every length.
extension Array: SQLConvertible where Element: SQLElement {
    static var sqlType: SQLType { Element.listType }
    var sqlValue: SQLValue { Element.list(self) }
}

/// What a list that is one argument may consist of.
protocol SQLElement {
    static var listType: SQLType { get }
    static func list(_ elements: [Self]) -> SQLValue
}

extension UInt8: SQLElement {
    static var listType: SQLType { .bytes }
    static func list(_ elements: [UInt8]) -> SQLValue { SQLValue(type: .bytes, bytes: elements) }
}

extension Int64: SQLElement {
    static var listType: SQLType { .integers }
    static func list(_ elements: [Int64]) -> SQLValue {
        .list(elements.map(\.sqlValue.bytes), of: .integer, as: listType)
    }
}

extension ID: SQLElement {
    static var listType: SQLType { .integers }
    static func list(_ elements: [ID]) -> SQLValue { .list(elements.map(\.sqlValue.bytes), of: .integer, as: listType) }
}

extension Timestamp: SQLElement {
    static var listType: SQLType { .integers }
    static func list(_ elements: [Timestamp]) -> SQLValue {
        .list(elements.map(\.sqlValue.bytes), of: .integer, as: listType)
    }
}

extension String: SQLElement {
    static var listType: SQLType { .texts }
    static func list(_ elements: [String]) -> SQLValue {
        .list(elements.map(\.sqlValue.bytes), of: .text, as: listType)
    }
}

/// An element that is `nil` is NULL.
extension Optional: SQLElement where Wrapped: SQLElement & SQLConvertible {
    static var listType: SQLType { Wrapped.listType }
    static func list(_ elements: [Wrapped?]) -> SQLValue {
        .list(elements.map { $0?.sqlValue.bytes }, of: Wrapped.sqlType, as: listType)
    }
}

extension SQLValue {
    /// One dimension, counted from 1: the format of `array_recv` in PostgreSQL's arrayfuncs.c.
    fileprivate static func list(_ values: [[UInt8]?], of type: SQLType, as listType: SQLType) -> SQLValue {
        var bytes = Int32(values.isEmpty ? 0 : 1).bigEndianBytes
        bytes += Int32(values.contains(nil) ? 1 : 0).bigEndianBytes
        bytes += type.rawValue.bigEndianBytes
        guard !values.isEmpty else { return SQLValue(type: listType, bytes: bytes) }
        bytes += Int32(values.count).bigEndianBytes + Int32(1).bigEndianBytes
        for value in values {
            guard let value else {
                bytes += Int32(-1).bigEndianBytes
                continue
            }
            bytes += Int32(value.count).bigEndianBytes
            bytes += value
        }
        return SQLValue(type: listType, bytes: bytes)
    }
}

extension FixedWidthInteger {
    var bigEndianBytes: [UInt8] {
        withUnsafeBytes(of: bigEndian, Array.init)
    }
}
