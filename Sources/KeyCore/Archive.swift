/// One database as it was at one moment, however long the reading takes. Every call blocks: only commands make them.
package protocol ArchiveReader: Sendable {
    func count(of table: ArchivedTable) throws(StoreError) -> Int64

    /// The rows after a key in the order of the keys, from the first where none is given; fewer than the limit only
    /// where the table ends.
    func rows(of table: ArchivedTable, after key: ArchivedRow?, limit: Int) throws(StoreError) -> [ArchivedRow]

    /// The highest value of an integer column; `nil` where the table is empty.
    func highest(_ column: String, of table: ArchivedTable) throws(StoreError) -> Int64?
}

/// A database that is filled by a copy. It holds the mark of an unfinished one from `begin` to `finish`, and while it
/// does, nothing else opens it.
package protocol ArchiveTarget: ArchiveReader {
    /// How far a copy came that was not finished.
    func unfinished() throws(StoreError) -> CopyProgress?

    /// Sets the mark.
    func begin(_ progress: CopyProgress) throws(StoreError)

    /// Empties the target of what an unfinished copy has brought, and sets the mark anew.
    func restart(_ progress: CopyProgress) throws(StoreError)

    /// Writes rows, and how far the copy has come with them: both or neither survive whatever happens.
    func append(
        _ rows: [ArchivedRow], to table: ArchivedTable, from progress: CopyProgress, to next: CopyProgress
    ) throws(StoreError)

    /// Makes what was written durable, lets new rows be numbered after those that were copied, and takes the mark away,
    /// if the copy is still where this run left it.
    func finish(_ progress: CopyProgress) throws(StoreError)
}

package enum Archive {
    /// How many rows are held in memory at a time.
    package static let batch = 10_000
}

extension ArchiveReader {
    /// How many rows there are, of all tables together.
    package func total() throws(StoreError) -> Int64 {
        var total: Int64 = 0
        for table in ArchivedTable.all { total += try count(of: table) }
        return total
    }

    /// Streams a table once.
    ///
    /// - Parameter report: is told how many rows each batch had.
    package func checksum(
        of table: ArchivedTable, batch: Int = Archive.batch, report: (Int) -> Void = { _ in }
    ) throws(StoreError) -> TableChecksum {
        var checksum = TableChecksum()
        var last: ArchivedRow?
        while true {
            let rows = try rows(of: table, after: last, limit: batch)
            for row in rows { checksum.add(row) }
            report(rows.count)
            guard rows.count == batch, let end = rows.last else { return checksum }
            last = try end.key(of: table)
        }
    }

    /// Tells a source from itself before a change. Not a proof, which would cost as much as the copy: what it
    /// overlooks, the comparison at the end finds.
    package func fingerprint() throws(StoreError) -> String {
        var text = ""
        for table in ArchivedTable.all {
            text += "\(table.name)(\(table.columns.map(\.name).joined(separator: ","))) \(try count(of: table))"
            if let column = table.telltale { text += " \(try highest(column, of: table) ?? 0)" }
            text += "\n"
        }
        return Digest(of: Array(text.utf8)).bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
