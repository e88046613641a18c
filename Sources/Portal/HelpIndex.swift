import Foundation
import KeyCore

/// What can be found in the articles of one language: each section by the beginnings of its words.
struct HelpIndex: Sendable {
    /// Code points of a question, and words of it, that are looked at.
    static let maximumLength = 100
    private static let maximumWords = 8
    static let maximumResults = 20

    struct Result: Sendable {
        let path: String
        /// The title of the article that it is a section of; `nil` for an article itself.
        let article: String?
        let heading: [Piece]
        let excerpt: [Piece]
    }

    /// A part of a text.
    struct Piece: Hashable, Sendable {
        let text: String
        /// Whether it is what was looked for.
        let isFound: Bool
    }

    fileprivate struct Entry: Sendable {
        let path: String
        let article: String?
        let heading: [Word]
        let words: [Word]
    }

    private let entries: [Entry]

    init(_ articles: [HelpArticle]) {
        entries = articles.flatMap { article in
            let lead = Entry(
                path: article.path, article: nil, heading: Word.all(in: article.title),
                words: Word.all(in: article.lead.text))
            return [lead]
                + article.sections.map { section in
                    Entry(
                        path: "\(article.path)#\(section.anchor)", article: article.title,
                        heading: Word.all(in: section.title.text), words: Word.all(in: section.blocks.text))
                }
        }
    }

    /// The sections that hold every word of the question, those first that are about them.
    func results(for question: String) -> [Result] {
        let wanted = Word.all(in: String(question.unicodeScalars.prefix(HelpIndex.maximumLength)))
            .filter { !$0.folded.isEmpty }.prefix(HelpIndex.maximumWords)
        guard !wanted.isEmpty else { return [] }
        let found = entries.compactMap { entry -> (entry: Entry, score: Int)? in
            var score = 0
            for word in wanted {
                let worth = entry.worth(of: word)
                guard worth > 0 else { return nil }
                score += worth
            }
            return (entry, score)
        }
        // Equal ones in the order of the articles: the standard sort keeps it.
        return found.sorted { $0.score > $1.score }.prefix(HelpIndex.maximumResults).map { entry, _ in
            Result(
                path: entry.path, article: entry.article, heading: HelpIndex.marking(wanted, in: entry.heading[...]),
                excerpt: entry.excerpt(wanted))
        }
    }

    fileprivate static func marking(_ wanted: ArraySlice<Word>, in words: ArraySlice<Word>) -> [Piece] {
        words.flatMap { word in
            [
                Piece(text: word.before, isFound: false),
                Piece(text: word.text, isFound: wanted.contains { word.likeness(to: $0) > 0 }),
                Piece(text: word.after + " ", isFound: false),
            ]
        }
    }
}

extension HelpIndex.Entry {
    /// How much it tells about a word: most where the heading has it, more where it is written as it was asked.
    fileprivate func worth(of wanted: HelpIndex.Word) -> Int {
        let inHeading = heading.map { $0.likeness(to: wanted) }.max() ?? 0
        let inText = words.map { $0.likeness(to: wanted) }.filter { $0 > 0 }
        return inHeading * 10 + (inText.max() ?? 0) + min(inText.count, 3)
    }

    /// The words around the first that was looked for.
    fileprivate func excerpt(_ wanted: ArraySlice<HelpIndex.Word>) -> [HelpIndex.Piece] {
        let first = words.firstIndex { word in wanted.contains { word.likeness(to: $0) > 0 } } ?? 0
        let begin = max(0, first - 8)
        let end = min(words.count, begin + 32)
        let before = begin > 0 ? [HelpIndex.Piece(text: "… ", isFound: false)] : []
        let after = end < words.count ? [HelpIndex.Piece(text: "…", isFound: false)] : []
        return before + HelpIndex.marking(wanted, in: words[begin..<end]) + after
    }
}

extension HelpIndex {
    /// A word with the signs around it.
    struct Word: Sendable {
        let before: String
        let text: String
        let after: String
        /// Without case and marks: «ё» is found by «е».
        let folded: String

        static func all(in text: String) -> [Word] {
            text.split(whereSeparator: \.isWhitespace).map(Word.init)
        }

        private init(_ part: Substring) {
            func isSign(_ character: Character) -> Bool { !character.isLetter && !character.isNumber }
            before = String(part.prefix(while: isSign))
            let rest = part.dropFirst(before.count)
            let end = rest.lastIndex { !isSign($0) }.map(rest.index(after:)) ?? rest.startIndex
            text = String(rest[..<end])
            after = String(rest[end...])
            folded = text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
        }

        /// 3 for a word that begins with what is wanted, 1 for one that differs in its ending, 0 for another.
        func likeness(to wanted: Word) -> Int {
            guard !wanted.folded.isEmpty else { return 0 }
            if folded.hasPrefix(wanted.folded) { return 3 }
            return folded.hasPrefix(wanted.stem) ? 1 : 0
        }

        /// Endings change: of a word of 4 letters the last is not asked for, of one of 8 the last 3.
        private var stem: Substring { folded.dropLast(min(3, max(0, (folded.count - 2) / 2))) }
    }
}
