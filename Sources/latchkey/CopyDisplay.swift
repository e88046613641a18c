import Foundation
import KeyCore
import Synchronization

/// How far a copy has come, on standard error: a bar where that is a terminal, else a line for each table.
final class CopyDisplay: Sendable {
    private let total: Int64
    private let verb: String
    private let start = ContinuousClock.now
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state = Mutex(State())

    private struct State {
        var table: String?
        var rows: Int64 = 0
        /// What an earlier run had done: it says nothing of how quick this one is.
        var before: Int64?
        /// How many rows there were when the table began.
        var tableStart: Int64 = 0
    }

    init(total: Int64, does verb: String = "copying") {
        self.total = total
        self.verb = verb
    }

    func copied(_ progress: CopyProgress) {
        state.withLock { show(progress.rows, in: progress.table, &$0) }
    }

    func advanced(by rows: Int, in table: String) {
        state.withLock { state in
            if state.before == nil { state.before = 0 }
            show(state.rows + Int64(rows), in: table, &state)
        }
    }

    /// Leaves the terminal at the beginning of an empty line.
    func end() {
        state.withLock { state in
            if isTerminal { write("\r\u{1B}[K") } else { writeLine(of: state) }
        }
    }

    private func show(_ rows: Int64, in table: String, _ state: inout State) {
        if state.before == nil { state.before = rows }
        if table != state.table {
            if !isTerminal { writeLine(of: state) }
            state.tableStart = state.table == nil ? state.before ?? 0 : state.rows
            state.table = table
        }
        state.rows = rows
        if isTerminal { write("\r\u{1B}[K" + bar(state)) }
    }

    private func writeLine(of state: State) {
        guard let table = state.table else { return }
        write("\(verb) \(table): \(state.rows - state.tableStart) rows\n")
    }

    /// `copying keys          [##########..............]  42 %  0:16 left, 35,120 rows/s, 420,000 of 1,000,000`
    private func bar(_ state: State) -> String {
        let fraction = total > 0 ? min(1, Double(state.rows) / Double(total)) : 1
        let width = 24
        let done = Int(fraction * Double(width))
        let bar = String(repeating: "#", count: done) + String(repeating: ".", count: width - done)
        let place = "\(verb) \(state.table ?? "")".padded(to: verb.count + 14)
        let text = "\(place) [\(bar)] \(String(Int(fraction * 100)).padded(to: 3, left: true)) %  \(pace(state))"
        // What does not fit would go to a second line, which nothing takes away again.
        return columns > 0 ? String(text.prefix(columns - 1)) : text
    }

    private func pace(_ state: State) -> String {
        let rows = "\(grouped(state.rows)) of \(grouped(total))"
        let seconds = Double((ContinuousClock.now - start).milliseconds) / 1000
        let rate = Double(state.rows - (state.before ?? 0)) / max(seconds, 0.001)
        // The first second says little of those that follow.
        guard seconds >= 1, rate >= 1 else { return rows }
        let left = Int(Double(max(0, total - state.rows)) / rate)
        return "\(left / 60):\(String(left % 60 + 100).suffix(2)) left, \(grouped(Int64(rate))) rows/s, \(rows)"
    }

    /// How wide the terminal is; 0 where it does not say.
    private var columns: Int {
        var size = winsize()
        return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 0
    }

    private func grouped(_ number: Int64) -> String {
        number.formatted(.number.locale(Locale(identifier: "en_US")))
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}

/// Ends the process on Ctrl-C or SIGTERM at once, with a word for the person who pressed it. There is nothing to tidy
/// up: what was committed stays, and what was not is undone by the database.
enum StopSignal {
    nonisolated(unsafe) private static var text: UnsafeMutablePointer<CChar>?

    static func announce(_ words: String) {
        text = strdup("\n" + words)
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                // Only what signal-safety(7) allows.
                if let text = StopSignal.text { _ = Foundation.write(STDERR_FILENO, text, strlen(text)) }
                _exit(128 + number)
            }
        }
    }
}
