import CLibPQ
import KeyCore

/// What a statement returned. Rows keep it alive; it is freed with the last of them.
///
/// All values come in PostgreSQL's binary format.
final class ResultSet {
    let handle: OpaquePointer
    let count: Int
    /// Looked for by comparing: a result has a dozen columns at most, and names of up to 15 bytes compare as words.
    let columns: [String]

    init(_ handle: OpaquePointer) {
        self.handle = handle
        count = Int(PQntuples(handle))
        // What begins a COPY has columns without names.
        columns = (0..<PQnfields(handle)).compactMap { PQfname(handle, $0).map { String(cString: $0) } }
    }

    deinit {
        PQclear(handle)
    }

    /// How many rows the statement changed, or returned where it changed none.
    var changes: Int {
        Int(String(cString: PQcmdTuples(handle))) ?? 0
    }

    var rows: [Row] {
        (0..<count).map { Row(result: self, number: Int32($0)) }
    }
}

/// A row of a result, by the names of its columns.
struct Row {
    fileprivate let result: ResultSet
    fileprivate let number: Int32

    init(result: ResultSet, number: Int32) {
        self.result = result
        self.number = number
    }

    var columns: [String] { result.columns }

    /// NULL in a column that is read as something that is never NULL is a mistake in our SQL, as is a column that the
    /// statement does not return: the program ends, naming it.
    subscript<Value: ColumnValue>(column: String) -> Value {
        guard let value: Value = self[column] else { preconditionFailure("The column \(column) is NULL.") }
        return value
    }

    subscript<Value: ColumnValue>(column: String) -> Value? {
        guard let position = result.columns.firstIndex(of: column) else {
            preconditionFailure("There is no column \(column) among \(result.columns).")
        }
        return self[position]
    }

    subscript<Value: ColumnValue>(position: Int) -> Value? {
        let column = Int32(position)
        guard PQgetisnull(result.handle, number, column) == 0 else { return nil }
        let length = Int(PQgetlength(result.handle, number, column))
        let bytes = UnsafeRawBufferPointer(start: PQgetvalue(result.handle, number, column), count: length)
        guard let value = Value(column: bytes) else {
            preconditionFailure("The column \(columns[position]) of \(length) bytes is read as \(Value.self).")
        }
        return value
    }

    func id<Subject>(_ column: String) -> ID<Subject> {
        ID(rawValue: self[column])
    }

    func moment(_ column: String) -> Timestamp {
        Timestamp(milliseconds: self[column])
    }

    func momentIfAny(_ column: String) -> Timestamp? {
        (self[column] as Int64?).map(Timestamp.init(milliseconds:))
    }

    /// A column that holds what no version ever wrote is damage, and says so.
    func digest(_ column: String) throws(StoreError) -> Digest {
        guard let digest = Digest(bytes: self[column] as [UInt8]) else { throw .damaged(column) }
        return digest
    }
}

/// What a column can be read as. `count(*)` is a bigint; `sum` of bigints is a numeric, which must be cast to one.
protocol ColumnValue {
    /// `nil` when the bytes are no such value.
    init?(column bytes: UnsafeRawBufferPointer)
}

extension Int64: ColumnValue {
    /// A smallint, an integer or a bigint.
    init?(column bytes: UnsafeRawBufferPointer) {
        switch bytes.count {
        case 8: self = Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        case 4: self = Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        case 2: self = Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        default: return nil
        }
    }
}

extension Int: ColumnValue {
    init?(column bytes: UnsafeRawBufferPointer) {
        guard let value = Int64(column: bytes) else { return nil }
        self.init(value)
    }
}

extension Bool: ColumnValue {
    init?(column bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 1 else { return nil }
        self = bytes[0] != 0
    }
}

extension String: ColumnValue {
    init?(column bytes: UnsafeRawBufferPointer) {
        self.init(decoding: bytes, as: UTF8.self)
    }
}

extension [UInt8]: ColumnValue {
    init?(column bytes: UnsafeRawBufferPointer) {
        self.init(bytes)
    }
}
