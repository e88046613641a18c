import CAssets
import KeyCore

/// An article of the help.
struct HelpArticle: Sendable {
    struct Section: Sendable {
        /// 2 for a part of the article, 3 for a part of that.
        let level: Int
        /// The same in every language: a link leads to its place whatever the reader speaks.
        let anchor: String
        let title: [Prose.Inline]
        var blocks: [Prose.Block] = []
    }

    /// The last part of its address.
    let name: String
    let title: String
    /// What stands before the first section.
    let lead: [Prose.Block]
    let sections: [Section]

    var path: String { "\(HelpArticle.folder)/\(name)" }

    static let folder = "/help"
    /// The one that the discussions belong to.
    static let discussed = "\(folder)/api-keys"

    /// - Parameter prose: a heading of the first level, then its text and sections. A section's heading ends with its
    ///   anchor as `{#anchor}`, or begins with it as code.
    init(name: String, _ prose: Prose) {
        var (title, lead, sections) = ("", [Prose.Block](), [Section]())
        for block in prose.blocks {
            switch block {
            case .heading(1, let parts): title = parts.text
            case .heading(let level, let parts): sections.append(Section(level: level, heading: parts))
            default:
                if sections.isEmpty { lead.append(block) } else { sections[sections.count - 1].blocks.append(block) }
            }
        }
        (self.name, self.title, self.lead, self.sections) = (name, title, lead, sections)
    }
}

extension HelpArticle.Section {
    fileprivate init(level: Int, heading: [Prose.Inline]) {
        self.level = level
        if case .code(let code) = heading.first {
            (anchor, title) = (code, heading)
        } else if case .text(let text) = heading.last, text.hasSuffix("}"), let mark = text.firstRange(of: " {#") {
            anchor = String(text[mark.upperBound...].dropLast())
            title = heading.dropLast() + [.text(String(text[..<mark.lowerBound]))]
        } else {
            preconditionFailure("No anchor: \(heading.text)")
        }
    }
}

/// The articles of the help in each language, read while the service starts.
package struct HelpLibrary: Sendable {
    /// In the order in which they are listed.
    static let names = ["api-keys", "people"]

    private let articles: [Language: [HelpArticle]]
    private let indices: [Language: HelpIndex]

    /// - Parameter read: reads CommonMark.
    package init(reading read: Portal.ProseReader) {
        var articles: [Language: [HelpArticle]] = [:]
        for language in Language.allCases {
            articles[language] = HelpLibrary.names.map { name in
                guard let prose = try? read(HelpLibrary.source(of: name, in: language)) else {
                    preconditionFailure("The article \(name) in \(language) cannot be read.")
                }
                return HelpArticle(name: name, prose)
            }
        }
        self.articles = articles
        indices = articles.mapValues(HelpIndex.init)
    }

    func articles(in language: Language) -> [HelpArticle] { articles[language] ?? [] }

    func index(in language: Language) -> HelpIndex { indices[language] ?? HelpIndex([]) }

    /// Of docs/help, which the binary holds.
    private static func source(of name: String, in language: Language) -> String {
        guard let file = latchkey_asset("help/\(language.rawValue)/\(name).md")?.pointee else { return "" }
        return String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.length), as: UTF8.self)
    }
}
