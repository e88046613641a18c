import CCMark
import KeyCore
import Synchronization

/// Reads CommonMark, with the tables and the strikethrough of GitHub's form of it.
package enum Markdown {
    /// - Throws: what the source exceeds. A source that is read costs a bounded time and a bounded tree.
    package static func prose(_ source: String) throws(Prose.Fault) -> Prose {
        guard source.unicodeScalars.count <= Prose.maximumLength else { throw .tooLong }
        return try parsing.withLock { extensions throws(Prose.Fault) in
            let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE)
            defer { cmark_parser_free(parser) }
            for name in extensions where name != "table" || mayHoldTables(source) {
                cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
            }
            var text = source
            text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
            }
            guard let root = cmark_parser_finish(parser) else { return Prose(blocks: []) }
            defer { cmark_node_free(root) }
            cmark_consolidate_text_nodes(root)
            var reader = TreeReader()
            return Prose(blocks: try reader.blocks(of: root, depth: 1))
        }
    }

    /// The extensions, once they are there. One source at a time: while the parser reads inline text, it keeps the
    /// extensions' special characters in tables that are the whole process's.
    private static let parsing: Mutex<[String]> = {
        cmark_gfm_core_extensions_ensure_registered()
        return Mutex(["table", "strikethrough"])
    }()

    /// Cells that tables may have together. Rows are filled up to the width of their head, so a long source with a
    /// wide head would grow to millions of cells.
    private static let maximumCells = 20_000

    private static func mayHoldTables(_ source: String) -> Bool {
        var (widest, bars, lines) = (0, 0, 1)
        for byte in source.utf8 {
            switch byte {
            case UInt8(ascii: "|"):
                bars += 1
                widest = max(widest, bars)
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                bars = 0
                lines += 1
            default: break
            }
        }
        return (widest + 1) * lines <= maximumCells
    }
}
