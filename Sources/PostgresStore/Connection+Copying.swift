import CLibPQ
import KeyCore

extension Connection {
    /// Writes rows into a table with PostgreSQL's COPY, in its binary format: the canonical form of a row is the one
    /// that it takes.
    func copy(_ rows: [ArchivedRow], to table: ArchivedTable) throws(Failure) {
        let columns = table.columns.map(\.name).joined(separator: ", ")
        try run(script: "COPY \(table.name) (\(columns)) FROM STDIN (FORMAT binary)")
        let size = rows.reduce(0) { $0 + $1.bytes.count + 2 }
        var data: [UInt8] = []
        data.reserveCapacity(Connection.copyHeader.count + size + 2)
        data += Connection.copyHeader
        let count = Int16(table.columns.count).bigEndianBytes
        for row in rows {
            data += count
            data += row.bytes
        }
        data += Int16(-1).bigEndianBytes
        // libpq keeps what the socket does not take at once, and `exchange` sees to it that it goes out.
        _ = try exchange {
            let isTaken = data.withUnsafeBytes { bytes in
                PQputCopyData(handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
            }
            return isTaken == 1 ? PQputCopyEnd(handle, nil) : isTaken
        }
    }

    /// The signature, no flags and no further header: "Binary Format" in PostgreSQL's manual of COPY.
    private static let copyHeader =
        Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + Int32(0).bigEndianBytes + Int32(0).bigEndianBytes
}

/// Reading tables as they are. Their names and those of their columns are KeyCore's own, never anybody's input.
extension Connection {
    func count(of table: ArchivedTable) throws(Failure) -> Int64 {
        try number("SELECT count(*) FROM \(raw: table.name)") ?? 0
    }

    func highest(_ column: String, of table: ArchivedTable) throws(Failure) -> Int64? {
        try number("SELECT max(\(raw: column)) FROM \(raw: table.name)")
    }

    func number(_ sql: SQL) throws(Failure) -> Int64? {
        try run(sql).rows.first?[0]
    }

    func archivedRows(
        of table: ArchivedTable, after key: [ArchivedValue]?, limit: Int
    ) throws(Failure) -> [ArchivedRow] {
        let columns = table.columns.map(\.name).joined(separator: ", ")
        let order = table.key.map(\.name).joined(separator: ", ")
        var condition: SQL = ""
        if let key { condition = "WHERE (\(raw: order)) > (\(key.map(\.sql).joined(separator: ", ")))" }
        let result = try run(
            """
            SELECT \(raw: columns) FROM \(raw: table.name) \(condition) ORDER BY \(raw: order) LIMIT \(limit)
            """)
        return (0..<result.count).map { ArchivedRow(result, Int32($0), columns: Int32(table.columns.count)) }
    }
}

extension ArchivedRow {
    /// PostgreSQL's binary format of a bigint, a text and a bytea is what stands in a row of ours.
    fileprivate init(_ result: ResultSet, _ row: Int32, columns: Int32) {
        let size = (0..<columns).reduce(0) { $0 + 4 + Int(PQgetlength(result.handle, row, $1)) }
        self.init(capacity: size)
        for column in 0..<columns {
            if PQgetisnull(result.handle, row, column) == 1 {
                appendNull()
            } else {
                append(
                    UnsafeRawBufferPointer(
                        start: PQgetvalue(result.handle, row, column),
                        count: Int(PQgetlength(result.handle, row, column))))
            }
        }
    }
}

extension ArchivedValue {
    fileprivate var sql: SQL {
        switch self {
        case .null: "NULL"
        case .integer(let integer): "\(integer)"
        case .text(let bytes): "\(String(decoding: bytes, as: UTF8.self))"
        case .bytes(let bytes): "\(bytes)"
        }
    }
}

extension SQL.StringInterpolation {
    /// Puts in a name of our own as SQL.
    fileprivate mutating func appendInterpolation(raw name: String) {
        appendInterpolation(SQL(stringLiteral: name))
    }
}
