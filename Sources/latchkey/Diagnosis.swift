/// What `latchkey doctor` has found out, as it is printed: facts line by line, the nodes as a table, and last what is
/// not as it should be, with what to do about it.
struct Diagnosis {
    struct Finding: Hashable {
        let text: String
        /// What to do about it.
        let remedy: String
    }

    private var facts: [(name: String, text: String)] = []
    private var table: [[String]] = []
    private(set) var findings: [Finding] = []

    mutating func note(_ name: String, _ text: String) {
        facts.append((name, text))
    }

    mutating func find(_ text: String, remedy: String) {
        findings.append(Finding(text: text, remedy: remedy))
    }

    /// The nodes; the first row holds the names of the columns.
    mutating func show(nodes table: [[String]]) {
        self.table = table
    }

    var lines: [String] {
        let end = ("Findings", findings.isEmpty ? "none" : "\(findings.count)")
        var lines = aligned((facts + [end]).map { [$0.name, $0.text] })
        if !table.isEmpty { lines.insert(contentsOf: [""] + aligned(table).map { "  " + $0 } + [""], at: facts.count) }
        for (number, finding) in findings.enumerated() {
            lines += ["", "\(number + 1). \(finding.text)", "   \(finding.remedy)"]
        }
        return lines
    }

    /// Each column but the last as wide as its widest cell.
    private func aligned(_ rows: [[String]]) -> [String] {
        let widths = rows[0].indices.dropLast().map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0.padded(to: $1) + "  " }.joined() + (row.last ?? "")
        }
    }
}
