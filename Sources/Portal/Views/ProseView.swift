import KeyCore

/// Text with structure as a page shows it. Whatever stands in it is escaped, so what looks like HTML stays text.
package struct ProseView {
    /// What programs hold as an example, and what the reader has in its place.
    var examples: [(text: String, own: String)] = []

    package init() {}

    package func html(_ blocks: [Prose.Block]) -> HTML {
        "\(blocks.map(html))"
    }

    func html(_ parts: [Prose.Inline]) -> HTML {
        "\(parts.map(html))"
    }

    private func html(_ block: Prose.Block) -> HTML {
        switch block {
        case .heading(let level, let parts): heading(level, parts)
        case .paragraph(let parts): paragraph(parts)
        case .list(let list): html(list)
        case .quote(let blocks): "<blockquote>\n\(html(blocks))</blockquote>\n"
        case .code(let text): "<pre><code>\(own(text))</code></pre>\n"
        case .table(let table): html(table)
        case .rule: "<hr>\n"
        }
    }

    private func html(_ part: Prose.Inline) -> HTML {
        switch part {
        case .text(let text): .text(text)
        case .code(let text): "<code>\(own(text))</code>"
        case .emphasis(let parts): "<em>\(html(parts))</em>"
        case .strong(let parts): "<strong>\(html(parts))</strong>"
        case .struck(let parts): "<del>\(html(parts))</del>"
        case .link(let parts, let link):
            "<a href=\"\(link.address)\"\(if: link.isForeign, " rel=\"nofollow noopener\"")>\(html(parts))</a>"
        case .picture(let picture, let description): html(picture, description)
        case .lineBreak: "<br>"
        }
    }

    /// Below the title of the page, which is of the first level.
    private func heading(_ level: Int, _ parts: [Prose.Inline]) -> HTML {
        switch level {
        case 1, 2: "<h2>\(html(parts))</h2>\n"
        case 3: "<h3>\(html(parts))</h3>\n"
        default: "<h4>\(html(parts))</h4>\n"
        }
    }

    private func paragraph(_ parts: [Prose.Inline]) -> HTML {
        if parts.count == 1, case .picture = parts[0] { return "<figure>\(html(parts))</figure>\n" }
        return "<p>\(html(parts))</p>\n"
    }

    private func html(_ list: Prose.List) -> HTML {
        let items = list.items.map { blocks -> HTML in "<li>\(blocks.map { item($0, isTight: list.isTight) })</li>\n" }
        guard let start = list.start else { return "<ul>\n\(items)</ul>\n" }
        return "<ol\(if: start != 1, " start=\"\(start)\"")>\n\(items)</ol>\n"
    }

    private func item(_ block: Prose.Block, isTight: Bool) -> HTML {
        guard isTight, case .paragraph(let parts) = block else { return html(block) }
        return html(parts)
    }

    private func html(_ table: Prose.Table) -> HTML {
        let heads = table.heads.map { parts -> HTML in "<th scope=\"col\">\(html(parts))</th>" }
        let rows = table.rows.map { row -> HTML in
            let cells = row.map { parts -> HTML in "<td>\(html(parts))</td>" }
            return "<tr>\(cells)</tr>\n"
        }
        return "<table>\n<thead><tr>\(heads)</tr></thead>\n<tbody>\n\(rows)</tbody>\n</table>\n"
    }

    /// A picture that is not among the assets is the text that stands for it.
    private func html(_ picture: Prose.Picture, _ description: String) -> HTML {
        guard let asset = Asset.named(picture.name), let size = PictureSize(asset) else { return .text(description) }
        let shown = size.shown
        return """
            <img src="\(Asset.path(picture.name))" alt="\(description)" width="\(shown.width)" \
            height="\(shown.height)" loading="lazy" decoding="async">
            """
    }

    private func own(_ text: String) -> String {
        examples.reduce(text) { $0.replacing($1.text, with: $1.own) }
    }
}

/// The size of a WebP picture, read from its head: a page that knows it does not jump when the picture comes.
struct PictureSize {
    let width: Int
    let height: Int

    /// In pixels of the page: half the picture's own, so that it is sharp on fine screens, and at most so tall that
    /// the step that it shows stays in sight.
    var shown: (width: Int, height: Int) {
        let shownHeight = min(height / 2, PictureSize.tallest)
        return (width * shownHeight / max(1, height), shownHeight)
    }

    private static let tallest = 520

    /// RFC 9649, sections 2.5 and 2.7: a lossy picture, alone or in the extended form.
    init?(_ asset: Asset) {
        let bytes = asset.file.bytes
        let start = bytes.readerIndex
        guard bytes.getString(at: start + 8, length: 4) == "WEBP" else { return nil }
        func number(_ offset: Int, bytes count: Int) -> Int {
            (bytes.getBytes(at: start + offset, length: count) ?? []).reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        switch bytes.getString(at: start + 12, length: 4) {
        case "VP8 ": (width, height) = (number(26, bytes: 2) & 0x3FFF, number(28, bytes: 2) & 0x3FFF)
        case "VP8X": (width, height) = (number(24, bytes: 3) + 1, number(27, bytes: 3) + 1)
        default: return nil
        }
    }
}
