/// One thing that is wrong with a platform file.
struct PlatformFileMistake: Error, Hashable {
    /// Counted from 1; `nil` where the file as a whole is meant.
    let line: Int?
    let text: String

    init(_ text: String, line: Int? = nil) {
        self.text = text
        self.line = line
    }
}

/// All that is wrong with a platform file: `FILE:LINE: what is wrong and what to write instead`, a line each, in the
/// order of the file.
struct PlatformFileError: Error, CustomStringConvertible {
    /// Nobody reads more at once.
    static let maximumTold = 100

    let file: String
    let mistakes: [PlatformFileMistake]

    init(file: String, mistakes: [PlatformFileMistake]) {
        self.file = file
        // The sort keeps the order of those on one line.
        self.mistakes = mistakes.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    }

    var description: String {
        var lines = mistakes.prefix(PlatformFileError.maximumTold).map { mistake in
            "\(file):\(mistake.line.map { "\($0):" } ?? "") \(mistake.text)"
        }
        let untold = mistakes.count - lines.count
        if untold > 0 { lines.append("\(file): and \(untold) more.") }
        return lines.joined(separator: "\n")
    }
}
