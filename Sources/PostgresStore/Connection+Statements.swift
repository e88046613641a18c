import CLibPQ
import KeyCore

extension Connection {
    /// Runs one statement; values come back in the binary format.
    func run(_ sql: SQL) throws(Failure) -> ResultSet {
        let (text, values) = sql.statement
        guard let name = try prepare(text, types: values.map(\.type)) else {
            return try exchange {
                Bound.send(values) { count, types, pointers, lengths, formats in
                    PQsendQueryParams(handle, text, count, types, pointers, lengths, formats, 1)
                }
            }
        }
        return try exchange {
            Bound.send(values) { count, _, pointers, lengths, formats in
                PQsendQueryPrepared(handle, name, count, pointers, lengths, formats, 1)
            }
        }
    }

    /// The name under which a statement is prepared; `nil` where it is to be sent as it is.
    ///
    /// A name tells all of the statement: behind a pooler, one that another client has prepared is the same statement.
    private func prepare(_ text: String, types: [SQLType]) throws(Failure) -> String? {
        guard prepares else { return nil }
        let name = Connection.name(of: text, types: types)
        if prepared.contains(name) { return name }
        guard prepared.count < Limit.prepared else { return nil }
        let oids = types.map(\.rawValue)
        _ = try exchange { PQsendPrepare(handle, name, text, Int32(oids.count), oids) }
        prepared.insert(name)
        return name
    }

    private static func name(of text: String, types: [SQLType]) -> String {
        let typed = types.reduce(into: text) { $0 += " \($1.rawValue)" }
        let digest = Digest(of: Array(typed.utf8)).bytes.prefix(16)
        return "latchkey_" + digest.map { String(UInt16($0) + 0x100, radix: 16).suffix(2) }.joined()
    }
}

/// Values as libpq takes them: pointers into one piece of memory.
private enum Bound {
    typealias Send = (
        Int32, UnsafePointer<Oid>?, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
    ) -> Int32

    static func send(_ values: [SQLValue], _ body: Send) -> Int32 {
        // One byte more: an empty text needs an address too, or it would be NULL.
        let memory = values.reduce(into: [UInt8]()) { $0 += $1.bytes ?? [] } + [0]
        let lengths = values.map { Int32($0.bytes?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: values.count)
        return memory.withUnsafeBytes { memory in
            var offset = 0
            let pointers = values.map { value -> UnsafePointer<CChar>? in
                guard let bytes = value.bytes else { return nil }
                defer { offset += bytes.count }
                return memory.baseAddress!.advanced(by: offset).assumingMemoryBound(to: CChar.self)
            }
            return body(Int32(values.count), values.map(\.type.rawValue), pointers, lengths, formats)
        }
    }
}
