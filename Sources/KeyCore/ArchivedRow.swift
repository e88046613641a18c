/// A value of a row, whatever the engine.
package enum ArchivedValue: Hashable, Sendable {
    case null
    case integer(Int64)
    /// UTF-8 as it is stored: two texts are the same when their bytes are.
    case text([UInt8])
    case bytes([UInt8])
}

/// A row in its one canonical form: of each field the length of its bytes, as 4 bytes with the highest first, −1 for
/// null, and the bytes. An integer is 8 bytes, the highest first; a text is UTF-8.
///
/// It is the form in which PostgreSQL's binary COPY takes a row, so that nothing is written twice.
package struct ArchivedRow: Hashable, Sendable {
    package private(set) var bytes: [UInt8]

    package init(capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// A row as it was stored in this form.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    package init(_ values: [ArchivedValue]) {
        self.init()
        for value in values {
            switch value {
            case .null: appendNull()
            case .integer(let integer): append(integer)
            case .text(let bytes), .bytes(let bytes): bytes.withUnsafeBytes { append($0) }
            }
        }
    }

    package mutating func appendNull() {
        append(bigEndian: Int32(-1))
    }

    package mutating func append(_ integer: Int64) {
        append(bigEndian: Int32(MemoryLayout<Int64>.size))
        append(bigEndian: integer)
    }

    package mutating func append(_ field: UnsafeRawBufferPointer) {
        append(bigEndian: Int32(field.count))
        bytes.append(contentsOf: field)
    }

    private mutating func append(bigEndian number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}

extension ArchivedRow {
    /// The values of the first columns of a table.
    ///
    /// - Throws: `unavailable` where the bytes are no such row.
    package func values(_ columns: ArraySlice<ArchivedTable.Column>) throws(StoreError) -> [ArchivedValue] {
        var values: [ArchivedValue] = []
        values.reserveCapacity(columns.count)
        var position = 0
        for column in columns {
            guard let length: Int32 = number(&position) else { throw .damaged(column.name) }
            let end = position + Int(length)
            switch column.kind {
            case _ where length == -1: values.append(.null)
            case _ where length < 0 || end > bytes.count: throw .damaged(column.name)
            case .integer:
                guard length == 8, let integer: Int64 = number(&position) else { throw .damaged(column.name) }
                values.append(.integer(integer))
            case .text: values.append(.text(Array(bytes[position..<end])))
            case .bytes: values.append(.bytes(Array(bytes[position..<end])))
            }
            position = max(position, end)
        }
        return values
    }

    /// The key of a row of a table, by which the rows after it are found.
    package func key(of table: ArchivedTable) throws(StoreError) -> ArchivedRow {
        ArchivedRow(try values(table.key))
    }

    private func number<Number: FixedWidthInteger>(_ position: inout Int) -> Number? {
        let end = position + MemoryLayout<Number>.size
        guard end <= bytes.count else { return nil }
        defer { position = end }
        return bytes.withUnsafeBytes { Number(bigEndian: $0.loadUnaligned(fromByteOffset: position, as: Number.self)) }
    }
}

/// What the rows of a table come to, in whatever order they are read: their number, and the sum modulo 2^64 of the
/// first 8 bytes of the SHA-256 of each.
package struct TableChecksum: Hashable, Sendable {
    package private(set) var rows: Int64 = 0
    package private(set) var sum: UInt64 = 0

    package init() {}

    package mutating func add(_ row: ArchivedRow) {
        rows += 1
        sum &+= UInt64(bigEndian: Digest(of: row.bytes).words.0)
    }
}
