import Yams

/// How mistakes show what the file says, and guess what it means.
extension PlatformFileReader {
    /// Longer texts are cut.
    private static let maximumShown = 60

    static func quoted(_ text: String) -> String {
        let shown = text.unicodeScalars.prefix(maximumShown).map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
            default: String(scalar)
            }
        }
        return "“\(shown.joined())\(text.unicodeScalars.count > maximumShown ? "…" : "")”"
    }

    static func quoted(_ node: YAMLNode) -> String {
        node.scalar.map { quoted($0.string) } ?? "that is no text"
    }

    static func enumerated(_ words: some Sequence<String>) -> String {
        words.joined(separator: ", ")
    }

    /// `did you mean “roles”?`, or all that there is.
    static func hint(_ node: YAMLNode, _ known: [String]) -> String {
        hint(node.scalar?.string ?? "", known)
    }

    static func hint(_ word: String, _ known: [String]) -> String {
        if let meant = nearest(to: word, among: known) { return "did you mean “\(meant)”?" }
        return "there is: \(enumerated(known))."
    }

    /// The word that half of the letters or fewer, and no more than 3, make the difference to.
    private static func nearest(to word: String, among known: [String]) -> String? {
        guard word.utf8.count <= maximumShown else { return nil }
        let near = known.map { ($0, distance(Array(word.lowercased().utf8), Array($0.utf8))) }.min { $0.1 < $1.1 }
        guard let near, near.1 <= min(3, near.0.utf8.count / 2) else { return nil }
        return near.0
    }

    /// How many letters to put in, to take out or to change (Levenshtein).
    private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var row = Array(0...second.count)
        for (i, letter) in first.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in second.enumerated() {
                let change = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }
}
