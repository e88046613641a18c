import KeyCore

/// Text with structure as a page shows it. Whatever stands in it is escaped, so what looks like HTML stays text.
package struct ProseView {
    /// What programs hold as an example, and what the reader has in its place.
    var examples: [(text: String, own: String)] = []
    /// The one level of headings in what people write, whose words are no chapters of the page; `nil` for articles.
    private let headingOfPeople: Int?

    package init() {
        headingOfPeople = nil
    }

    /// For what people write: without pictures, and no search engine follows their links.
    init(ofPeopleUnder heading: Int) {
        headingOfPeople = heading + 1
    }

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
            "<a href=\"\(link.address)\"\(if: link.isForeign, " rel=\"\(relation)\"")>\(html(parts))</a>"
        case .picture(_, let description) where headingOfPeople != nil: .text(description)
        case .picture(let picture, let description): html(picture, description)
        case .lineBreak: "<br>"
        }
    }

    private var relation: String { headingOfPeople == nil ? "nofollow noopener" : "nofollow ugc noopener" }

    /// Below the title of the page, which is of the first level.
    private func heading(_ level: Int, _ parts: [Prose.Inline]) -> HTML {
        switch headingOfPeople ?? level {
        case 1, 2: "<h2>\(html(parts))</h2>\n"
        case 3: "<h3>\(html(parts))</h3>\n"
        default: "<h4>\(html(parts))</h4>\n"
        }
    }

    private func paragraph(_ parts: [Prose.Inline]) -> HTML {
        if headingOfPeople == nil, parts.count == 1, case .picture = parts[0] {
            return "<figure>\(html(parts))</figure>\n"
        }
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
        guard let light = ScreenPicture(picture.name) else { return .text(description) }
        let image: HTML = """
            <img src="\(Asset.path(light.name))" srcset="\(light.sources)" sizes="\(light.sizes)" \
            alt="\(description)" width="\(light.width)" height="\(light.height)" loading="lazy" decoding="async">
            """
        guard let dark = ScreenPicture(picture.name.replacing(".avif", with: "-dark.avif")) else { return image }
        return """
            <picture><source srcset="\(dark.sources)" sizes="\(dark.sizes)" media="(prefers-color-scheme: dark)">\
            \(image)</picture>
            """
    }

    private func own(_ text: String) -> String {
        examples.reduce(text) { $0.replacing($1.text, with: $1.own) }
    }
}
