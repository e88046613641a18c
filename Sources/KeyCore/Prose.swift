/// Text with structure, from articles and from people: what a page can show of it, and nothing else.
///
/// No case holds HTML, and a link or a picture exists only where its own type allows it. So whoever draws the tree
/// cannot let through what is not in it.
package struct Prose: Hashable, Sendable {
    /// Reads a source.
    package typealias Reader = @Sendable (String) throws(Fault) -> Prose

    /// Code points of a source.
    package static let maximumLength = 20_000
    /// Levels that lie in one another, of blocks and inline text together.
    package static let maximumDepth = 32

    /// Why a source is not read.
    package enum Fault: Error, Hashable, Sendable {
        case tooLong, tooDeep
    }

    package indirect enum Block: Hashable, Sendable {
        case heading(level: Int, [Inline])
        case paragraph([Inline])
        case list(List)
        case quote([Block])
        case code(String)
        case table(Table)
        case rule
    }

    package struct List: Hashable, Sendable {
        /// The number of the first item; `nil` where the items have none.
        package let start: Int?
        /// Whether its items stand close, without space between paragraphs.
        package let isTight: Bool
        package let items: [[Block]]

        package init(start: Int?, isTight: Bool, items: [[Block]]) {
            self.start = start
            self.isTight = isTight
            self.items = items
        }
    }

    package struct Table: Hashable, Sendable {
        package let heads: [[Inline]]
        package let rows: [[[Inline]]]

        package init(heads: [[Inline]], rows: [[[Inline]]]) {
            self.heads = heads
            self.rows = rows
        }
    }

    package indirect enum Inline: Hashable, Sendable {
        case text(String)
        case code(String)
        case emphasis([Inline])
        case strong([Inline])
        case struck([Inline])
        case link([Inline], Link)
        case picture(Picture, description: String)
        case lineBreak
    }

    package let blocks: [Block]

    package init(blocks: [Block]) {
        self.blocks = blocks
    }
}

// MARK: - As plain text

extension Prose.Inline {
    package var text: String {
        switch self {
        case .text(let text), .code(let text): text
        case .emphasis(let parts), .strong(let parts), .struck(let parts), .link(let parts, _): parts.text
        case .picture: ""
        case .lineBreak: " "
        }
    }
}

extension [Prose.Inline] {
    package var text: String { map(\.text).joined() }
}

extension Prose.Block {
    /// Without pictures, and on one line but for code.
    package var text: String {
        switch self {
        case .heading(_, let parts), .paragraph(let parts): parts.text
        case .list(let list): list.items.map(\.text).joined(separator: " ")
        case .quote(let blocks): blocks.text
        case .code(let text): text
        case .table(let table): ([table.heads] + table.rows).flatMap(\.self).map(\.text).joined(separator: " ")
        case .rule: ""
        }
    }
}

extension [Prose.Block] {
    package var text: String { map(\.text).filter { !$0.isEmpty }.joined(separator: " ") }
}
