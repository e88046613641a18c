import KeyCore

extension Prose.Inline {
    /// A text in which web addresses that were written out lead where they say.
    ///
    /// Ours and not the parser's own extension, which reads beyond the text's ends (CVE-2023-22485).
    static func findingAddresses(in text: String) -> [Prose.Inline] {
        var parts: [Prose.Inline] = []
        var (plain, rest) = ("", text[...])
        while let start = rest.firstRange(of: "http")?.lowerBound {
            let candidate = address(at: start, in: text)
            plain += rest[..<start]
            if let candidate, let link = Prose.Link(String(candidate)) {
                if !plain.isEmpty { parts.append(.text(plain)) }
                parts.append(.link([.text(String(candidate))], link))
                (plain, rest) = ("", text[candidate.endIndex...])
            } else {
                plain += "http"
                rest = text[start...].dropFirst("http".count)
            }
        }
        plain += rest
        return plain.isEmpty ? parts : parts + [.text(plain)]
    }

    private static func address(at start: String.Index, in text: String) -> Substring? {
        let rest = text[start...]
        guard rest.hasPrefix("https://") || rest.hasPrefix("http://") else { return nil }
        if start > text.startIndex {
            let before = text[text.index(before: start)]
            guard before.isWhitespace || "([\"'«“*_~".contains(before) else { return nil }
        }
        var address = rest.prefix { !$0.isWhitespace && !"<>\"«»“”".contains($0) }
        // What closes the sentence is not the address's; a bracket is where it was opened within.
        while let last = address.last, ".,:;!?'*_~)".contains(last) {
            if last == ")", address.contains("(") { break }
            address.removeLast()
        }
        return address
    }
}
