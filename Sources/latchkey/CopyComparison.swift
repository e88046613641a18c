import KeyCore

/// What each table comes to in the source and in the target of a copy, both read anew.
struct Comparison {
    private let rows: [Row]

    private struct Row {
        let table: String
        let source: TableChecksum
        let target: TableChecksum

        var isSame: Bool { source == target }
    }

    /// Reads both at the same time.
    ///
    /// - Parameter total: how many rows the source has; for the display.
    init(of source: any ArchiveReader, with target: any ArchiveReader, total: Int64) async throws {
        let display = CopyDisplay(total: total, does: "comparing")
        async let theirs = Comparison.checksums(of: target)
        let ours = try Comparison.checksums(of: source) { display.advanced(by: $0, in: $1) }
        let others = try await theirs
        display.end()
        rows = zip(ArchivedTable.all, zip(ours, others)).map { table, sums in
            Row(table: table.name, source: sums.0, target: sums.1)
        }
    }

    private static func checksums(
        of reader: any ArchiveReader, report: (Int, String) -> Void = { _, _ in }
    ) throws(StoreError) -> [TableChecksum] {
        var sums: [TableChecksum] = []
        for table in ArchivedTable.all {
            sums.append(try reader.checksum(of: table) { report($0, table.name) })
        }
        return sums
    }

    /// For people: a line for each table.
    var table: String {
        let lines = rows.map { row in
            let found = row.isSame ? "same" : "DIFFERS: \(row.target.rows) rows, \(row.target.hexadecimal)"
            return [row.table, String(row.source.rows), row.source.hexadecimal, found]
        }
        return ([["Table", "Rows", "Checksum", "Target"]] + lines).map { line in
            line[0].padded(to: 14) + line[1].padded(to: 12, left: true) + "  " + line[2].padded(to: 18) + line[3]
        }.joined(separator: "\n")
    }

    /// - Throws: `Failure` that names each table that differs.
    func insist() throws {
        let names = rows.filter { !$0.isSame }.map(\.table)
        guard !names.isEmpty else { return }
        throw Failure(
            "The target differs from the source in \(names.joined(separator: ", ")), and cannot be served. "
                + "Run the command again with --restart.")
    }
}

extension TableChecksum {
    fileprivate var hexadecimal: String {
        let digits = String(sum, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension String {
    func padded(to width: Int, left: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, width - count))
        return left ? space + self : self + space
    }
}
