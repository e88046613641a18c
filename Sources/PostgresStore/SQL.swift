import KeyCore

/// A statement and the values that go with it. A value that is interpolated becomes `$1`, `$2`... and is sent apart
/// from the text, so it is never read as SQL, whatever it holds. SQL that is interpolated is put in as SQL.
struct SQL: ExpressibleByStringInterpolation, Sendable {
    fileprivate var parts: [Part]

    fileprivate enum Part: Sendable {
        case text(String)
        case value(SQLValue)
    }

    init(stringLiteral text: String) {
        parts = [.text(text)]
    }

    init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }

    fileprivate init(parts: [Part]) {
        self.parts = parts
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(2 * interpolationCount + 1)
        }

        mutating func appendLiteral(_ text: String) {
            parts.append(.text(text))
        }

        mutating func appendInterpolation(_ sql: SQL) {
            parts.append(contentsOf: sql.parts)
        }

        /// `nil` is a NULL of the value's own type: PostgreSQL need not guess one from what stands around it.
        mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value?) {
            parts.append(.value(value?.sqlValue ?? .null(Value.sqlType)))
        }
    }

    /// The text with its placeholders numbered, and what they stand for.
    var statement: (text: String, values: [SQLValue]) {
        var text = ""
        var values: [SQLValue] = []
        for part in parts {
            switch part {
            case .text(let literal):
                text += literal
            case .value(let value):
                values.append(value)
                text += "$\(values.count)"
            }
        }
        return (text, values)
    }
}

extension [SQL] {
    func joined(separator: String) -> SQL {
        var parts: [SQL.Part] = []
        for (position, sql) in enumerated() {
            if position > 0 { parts.append(.text(separator)) }
            parts += sql.parts
        }
        return SQL(parts: parts)
    }
}
