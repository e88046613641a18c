import CCMark
import KeyCore

/// Makes `Prose` of the parser's tree. What has no case there becomes text, HTML included.
struct TreeReader {
    typealias Node = OpaquePointer

    /// Bytes of all links together: one definition can be used thousands of times.
    private static let maximumLinkBytes = 100_000

    private var linkBytes = 0

    mutating func blocks(of parent: Node, depth: Int) throws(Prose.Fault) -> [Prose.Block] {
        guard depth <= Prose.maximumDepth else { throw .tooDeep }
        var blocks: [Prose.Block] = []
        for node in TreeReader.children(of: parent) {
            if let block = try block(node, depth: depth) { blocks.append(block) }
        }
        return blocks
    }

    private mutating func block(_ node: Node, depth: Int) throws(Prose.Fault) -> Prose.Block? {
        switch TreeReader.kind(of: node) {
        case "paragraph": .paragraph(try inlines(of: node, depth: depth + 1))
        case "heading":
            .heading(level: Int(cmark_node_get_heading_level(node)), try inlines(of: node, depth: depth + 1))
        case "block_quote": .quote(try blocks(of: node, depth: depth + 1))
        case "list": .list(try list(node, depth: depth + 1))
        case "table": .table(try table(node, depth: depth + 1))
        case "code_block": .code(TreeReader.literal(of: node))
        case "thematic_break": .rule
        case "html_block": .paragraph([.text(TreeReader.literal(of: node))])
        default: nil
        }
    }

    private mutating func list(_ node: Node, depth: Int) throws(Prose.Fault) -> Prose.List {
        var items: [[Prose.Block]] = []
        for item in TreeReader.children(of: node) { items.append(try blocks(of: item, depth: depth + 1)) }
        let isNumbered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
        return Prose.List(
            start: isNumbered ? Int(cmark_node_get_list_start(node)) : nil,
            isTight: cmark_node_get_list_tight(node) != 0, items: items)
    }

    private mutating func table(_ node: Node, depth: Int) throws(Prose.Fault) -> Prose.Table {
        var rows: [[[Prose.Inline]]] = []
        for row in TreeReader.children(of: node) {
            var cells: [[Prose.Inline]] = []
            for cell in TreeReader.children(of: row) { cells.append(try inlines(of: cell, depth: depth + 1)) }
            rows.append(cells)
        }
        return Prose.Table(heads: rows.first ?? [], rows: Array(rows.dropFirst()))
    }

    private mutating func inlines(
        of parent: Node, depth: Int, inLink: Bool = false
    ) throws(Prose.Fault) -> [Prose.Inline] {
        guard depth <= Prose.maximumDepth else { throw .tooDeep }
        var parts: [Prose.Inline] = []
        for node in TreeReader.children(of: parent) {
            parts += try inline(node, depth: depth, inLink: inLink)
        }
        return TreeReader.joined(parts).flatMap { part in
            guard !inLink, case .text(let text) = part else { return [part] }
            return Prose.Inline.findingAddresses(in: text)
        }
    }

    private mutating func inline(_ node: Node, depth: Int, inLink: Bool) throws(Prose.Fault) -> [Prose.Inline] {
        switch TreeReader.kind(of: node) {
        case "text", "html_inline": [.text(TreeReader.literal(of: node))]
        case "softbreak": [.text("\n")]
        case "linebreak": [.lineBreak]
        case "code": [.code(TreeReader.literal(of: node))]
        case "emph": [.emphasis(try inlines(of: node, depth: depth + 1, inLink: inLink))]
        case "strong": [.strong(try inlines(of: node, depth: depth + 1, inLink: inLink))]
        case "strikethrough": [.struck(try inlines(of: node, depth: depth + 1, inLink: inLink))]
        case "link": try link(node, depth: depth)
        case "image": [try picture(node, depth: depth)]
        default: []
        }
    }

    /// A link that may not be is the text that it would have had.
    private mutating func link(_ node: Node, depth: Int) throws(Prose.Fault) -> [Prose.Inline] {
        let parts = try inlines(of: node, depth: depth + 1, inLink: true)
        guard let link = Prose.Link(TreeReader.string(cmark_node_get_url(node))) else { return parts }
        linkBytes += link.address.utf8.count
        return linkBytes <= TreeReader.maximumLinkBytes ? [.link(parts, link)] : parts
    }

    /// A picture that is not ours is the text that stands for it.
    private mutating func picture(_ node: Node, depth: Int) throws(Prose.Fault) -> Prose.Inline {
        let parts = try inlines(of: node, depth: depth + 1, inLink: true)
        let description = parts.text
        guard let picture = Prose.Picture(TreeReader.string(cmark_node_get_url(node))) else {
            return .text(description)
        }
        return .picture(picture, description: description)
    }

    /// Neighbouring texts as one.
    private static func joined(_ parts: [Prose.Inline]) -> [Prose.Inline] {
        parts.reduce(into: []) { joined, part in
            if case .text(let text) = part, case .text(let before) = joined.last {
                joined[joined.count - 1] = .text(before + text)
            } else {
                joined.append(part)
            }
        }
    }

    private static func children(of node: Node) -> [Node] {
        var children: [Node] = []
        var next = cmark_node_first_child(node)
        while let child = next {
            children.append(child)
            next = cmark_node_next(child)
        }
        return children
    }

    private static func kind(of node: Node) -> String {
        string(cmark_node_get_type_string(node))
    }

    private static func literal(of node: Node) -> String {
        string(cmark_node_get_literal(node))
    }

    private static func string(_ characters: UnsafePointer<CChar>?) -> String {
        characters.map { String(cString: $0) } ?? ""
    }
}
