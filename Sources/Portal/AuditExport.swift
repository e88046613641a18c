import Foundation
import Hummingbird
import KeyCore
import Web

/// How the log is written into a file.
enum AuditFormat: String, Sendable {
    /// RFC 4180, with a byte order mark: without one Excel takes Cyrillic for something else.
    case csv
    /// One object a line, as `GET /v1/audit` shows each event.
    case jsonLines = "jsonl"

    var contentType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8; header=present"
        case .jsonLines: "application/jsonl; charset=utf-8"
        }
    }

    /// What stands before the first event.
    var head: ByteBuffer {
        switch self {
        case .csv: ByteBuffer(string: "\u{FEFF}" + CSVRow(AuditFormat.columns).text)
        case .jsonLines: ByteBuffer()
        }
    }

    func write(_ entry: AuditEntry, _ names: AuditNames, to buffer: inout ByteBuffer) {
        switch self {
        case .csv: buffer.writeString(CSVRow(AuditFormat.cells(entry, names)).text)
        case .jsonLines:
            var line = JSONText.encode(AuditEventJSON(entry))
            buffer.writeBuffer(&line)
            buffer.writeString("\n")
        }
    }

    private static let columns = [
        "id", "at", "actor", "actor_name", "key", "action", "target", "target_name", "address", "before", "after",
    ]

    private static func cells(_ entry: AuditEntry, _ names: AuditNames) -> [String] {
        let event = entry.event
        let actor = event.actor?.description
        return [
            String(entry.number), event.occasion.at.rfc3339, actor ?? "", actor.flatMap { names[$0] } ?? "",
            event.key?.description ?? "", event.action.rawValue, event.target, names[event.target] ?? "",
            event.occasion.address, event.before ?? "", event.after ?? "",
        ]
    }
}

/// A line of a file that spreadsheets open (RFC 4180).
struct CSVRow {
    let text: String

    init(_ cells: [String]) {
        text = cells.map { CSVRow.quoted(CSVRow.harmless($0)) }.joined(separator: ",") + "\r\n"
    }

    /// What a spreadsheet would take for a formula becomes text by an apostrophe before it (OWASP, "CSV Injection"):
    /// somebody may name a key `=HYPERLINK(…)` for an administrator to open.
    private static func harmless(_ cell: String) -> String {
        guard let first = cell.unicodeScalars.first, starts.contains(first) else { return cell }
        return "'" + cell
    }

    /// Full-width signs count where the spreadsheet's language is an East Asian one.
    private static let starts: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

    private static func quoted(_ cell: String) -> String {
        guard cell.utf8.contains(where: { special.contains($0) }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }

    private static let special = Set("\",\r\n".utf8)
}

/// Writes the log out a piece at a time: however long it is, one piece is in memory, and a reader who hangs up ends
/// the work.
struct AuditExport: Sendable {
    /// How many events a piece has: some 200 KB.
    static let piece = 1_000

    let registry: Registry
    let caller: Caller
    let query: AuditQuery
    let format: AuditFormat

    var body: ResponseBody {
        ResponseBody { writer in
            try await writer.write(format.head)
            var query = query
            query.limit = AuditExport.piece
            while true {
                let (entries, names) = try await registry.namedAuditLog(query, by: caller)
                guard let last = entries.last else { break }
                var buffer = ByteBuffer()
                for entry in entries { format.write(entry, names, to: &buffer) }
                try await writer.write(buffer)
                if entries.count < query.limit { break }
                query.before = last.number
            }
            try await writer.finish(nil)
        }
    }
}
