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
        let width = Diagnosis.width(facts.map(\.name) + ["Findings"])
        var lines = facts.map { Diagnosis.padded($0.name, width) + $0.text }
        if !table.isEmpty { lines += [""] + aligned(table) + [""] }
        lines.append(Diagnosis.padded("Findings", width) + (findings.isEmpty ? "none" : "\(findings.count)"))
        for (number, finding) in findings.enumerated() {
            lines += ["", "\(number + 1). \(finding.text)", "   \(finding.remedy)"]
        }
        return lines
    }

    /// Each column as wide as its widest cell; numbers stand at its right.
    private func aligned(_ table: [[String]]) -> [String] {
        let columns = table[0].indices
        let widths = columns.map { column in Diagnosis.width(table.map { $0[column] }) }
        return table.map { row in
            let cells = columns.map { column in
                row[column].first?.isNumber == true
                    ? Diagnosis.padded("", widths[column] - 2 - row[column].count) + row[column] + "  "
                    : Diagnosis.padded(row[column], widths[column])
            }
            let line = "  " + cells.joined()
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// With two spaces to the next column.
    private static func width(_ cells: [String]) -> Int {
        (cells.map(\.count).max() ?? 0) + 2
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
