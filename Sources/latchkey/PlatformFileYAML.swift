import Yams

/// A piece of YAML, not to be mistaken for a node of the service.
typealias YAMLNode = Yams.Node

/// The YAML below a platform file.
enum PlatformFileYAML {
    /// - Throws: why the text is no YAML, with its line.
    static func root(of text: String) throws(PlatformFileMistake) -> YAMLNode {
        let text = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        if let line = lineOfAnchor(in: text) {
            throw PlatformFileMistake(
                "anchors (a word that begins with “&”) have no place here. Write out what they stand for; in a "
                    + "text, put a space after “&”.", line: line)
        }
        let root: YAMLNode?
        do {
            root = try Parser(yaml: text, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            throw PlatformFileMistake(error)
        } catch {
            throw PlatformFileMistake("is not YAML: \(error)")
        }
        guard let root else {
            throw PlatformFileMistake("is empty. Begin with what “latchkey platform show” prints.")
        }
        return root
    }

    /// The line of what may be an anchor. A few of them, each made of many of the one before, stand for more nodes
    /// than any machine can hold, and the parser walks through them all where they are a member's name; so they are
    /// looked for before it runs, and in quotes as well.
    private static func lineOfAnchor(in text: String) -> Int? {
        var line = 1
        var previous: Unicode.Scalar = "\n"
        var scalars = text.unicodeScalars.makeIterator()
        var current = scalars.next()
        while let scalar = current {
            let next = scalars.next()
            if scalar == "&", mayStandBeforeAnchor(previous), let next, isPartOfName(next) { return line }
            if isLineBreak(scalar), !(scalar == "\r" && next == "\n") { line += 1 }
            previous = scalar
            current = next
        }
        return nil
    }

    private static func mayStandBeforeAnchor(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value <= 0x20 || isLineBreak(scalar) || [",", ":", "?", "[", "{"].contains(scalar)
    }

    /// As YAML 1.1 has them (section 4.2).
    private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
        ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
    }

    private static func isPartOfName(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            || scalar == "_" || scalar == "-"
    }
}

extension PlatformFileMistake {
    fileprivate init(_ error: YamlError) {
        switch error {
        case .scanner(let context?, _, let mark, _) where context.text.contains("alias"):
            self.init(PlatformFileMistake.asterisk, line: mark.line)
        case .composer(_, let problem, let mark, _) where problem.contains("alias"):
            self.init(PlatformFileMistake.asterisk, line: mark.line)
        case .composer(_, let problem, let mark, _) where problem.contains("another document"):
            self.init("a second document begins here (---). A platform file holds one.", line: mark.line)
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let told = [context?.text, problem].compactMap(\.self).joined(separator: ": ")
            self.init("this is not YAML: \(told).", line: mark.line)
        case .reader(let problem, let offset, _, let yaml):
            let line = offset.map { yaml.prefix($0).count(where: \.isNewline) + 1 }
            self.init("this is not text: \(problem).", line: line)
        case .duplicatedKeysInMapping(let names, let context):
            let shown = names.map(PlatformFileReader.quoted).joined(separator: ", ")
            self.init("stands twice in one place: \(shown). Keep one of them.", line: context.mark.line)
        default:
            self.init("is not YAML: \(error)")
        }
    }

    private static let asterisk = "a text that begins with “*” needs quotes in YAML: \"*\", \"*:read\"."
}
