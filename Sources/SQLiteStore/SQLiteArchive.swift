import Foundation
import GRDB
import KeyCore

/// A database file as it was when it was opened, whatever others write to it meanwhile.
package final class SQLiteArchive: SQLiteArchiveReader {
    private let snapshot: DatabaseSnapshot
    /// Holds the file open for the snapshot's connection.
    private let pool: DatabasePool

    /// Opens a database and changes nothing in it.
    ///
    /// - Throws: `olderSchema` too: its rows are not those that this version knows.
    package init(path: String) throws(OpenError) {
        (pool, snapshot) = try SQLiteStore.opening(path) {
            let pool = try SQLiteStore.openPool(at: try SQLiteStore.place(path, mode: .existing), mode: .existing)
            let snapshot = try pool.makeSnapshot()
            try snapshot.read { db in
                try Schema.refuseUnfinishedCopy(db)
                try db.execute(sql: "PRAGMA cache_size = -\(SQLiteArchiveTarget.cache)")
            }
            return (pool, snapshot)
        }
    }

    func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try snapshot.read(body)
    }
}

/// What the two ends of a copy read alike.
protocol SQLiteArchiveReader: ArchiveReader {
    func reading<Value>(_ body: (Database) throws -> Value) throws -> Value
}

extension SQLiteArchiveReader {
    package func count(of table: ArchivedTable) throws(StoreError) -> Int64 {
        try attempt { try reading { try $0.count(of: table) } }
    }

    package func rows(
        of table: ArchivedTable, after key: ArchivedRow?, limit: Int
    ) throws(StoreError) -> [ArchivedRow] {
        try attempt { try reading { try $0.archivedRows(of: table, after: key, limit: limit) } }
    }

    package func highest(_ column: String, of table: ArchivedTable) throws(StoreError) -> Int64? {
        try attempt { try reading { try $0.highest(column, of: table) } }
    }
}

/// Reading tables as they are. Their names and those of their columns are KeyCore's own, never anybody's input.
extension Database {
    func count(of table: ArchivedTable) throws -> Int64 {
        try Int64.fetchOne(self, sql: "SELECT count(*) FROM \(table.name)") ?? 0
    }

    func highest(_ column: String, of table: ArchivedTable) throws -> Int64? {
        try Int64.fetchOne(self, sql: "SELECT max(\(column)) FROM \(table.name)")
    }

    func archivedRows(of table: ArchivedTable, after key: ArchivedRow?, limit: Int) throws -> [ArchivedRow] {
        let columns = table.columns.map(\.name).joined(separator: ", ")
        let order = table.key.map(\.name).joined(separator: ", ")
        let values = try key?.values(table.key) ?? []
        let marks = table.key.map(\.placeholder).joined(separator: ", ")
        let statement = try cachedStatement(
            sql: """
                SELECT \(columns) FROM \(table.name) \(key == nil ? "" : "WHERE (\(order)) > (\(marks))")
                ORDER BY \(order) LIMIT ?
                """)
        let cursor = try Row.fetchCursor(
            statement, arguments: StatementArguments(values.map(\.databaseValue) + [limit.databaseValue]))
        var rows: [ArchivedRow] = []
        rows.reserveCapacity(limit)
        while let row = try cursor.next() {
            rows.append(try ArchivedRow(row, of: table, size: rows.last?.bytes.count ?? 0))
        }
        return rows
    }
}

extension ArchivedRow {
    /// - Parameter size: how many bytes the row may take; only a hint.
    fileprivate init(_ row: Row, of table: ArchivedTable, size: Int) throws {
        self.init(capacity: size)
        for (index, column) in table.columns.enumerated() {
            if row.hasNull(atIndex: index) {
                appendNull()
            } else if column.kind == .integer {
                append(row[index] as Int64)
            } else {
                try row.withUnsafeData(atIndex: index) { data in (data ?? Data()).withUnsafeBytes { append($0) } }
            }
        }
    }
}

extension ArchivedTable.Column {
    /// Texts are bound as their bytes, which SQLite takes whole: GRDB binds a text up to its first NUL.
    var placeholder: String { kind == .text ? "CAST(? AS TEXT)" : "?" }
}

extension ArchivedValue {
    var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let integer): integer.databaseValue
        case .text(let bytes), .bytes(let bytes): Data(bytes).databaseValue
        }
    }
}
