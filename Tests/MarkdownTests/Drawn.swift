import KeyCore
import Markdown
import Portal

/// What a page makes of a source.
struct Drawn {
    struct Tag: Hashable {
        let name: String
        let attributes: [String: String]
    }

    let html: String

    init(_ source: String) throws {
        html = ProseView().html(try Markdown.prose(source).blocks).source
    }

    /// Each opening tag. A `<` that is text is escaped, so there is no other.
    var tags: [Tag] {
        html.matches(of: #/<([a-z0-9]+)((?: [a-z-]+="[^"<>]*")*)>/#).map { match in
            let pairs = match.2.matches(of: #/ ([a-z-]+)="([^"]*)"/#).map { (String($0.1), String($0.2)) }
            return Tag(name: String(match.1), attributes: Dictionary(pairs) { $1 })
        }
    }

    /// Each `<` that begins neither a tag as we write them nor its end.
    var strays: Int {
        html.count { $0 == "<" } - tags.count - html.matches(of: #/<\/[a-z0-9]+>/#).count
    }

    var links: [String] { tags.filter { $0.name == "a" }.compactMap { $0.attributes["href"] } }
}

func drawn(_ source: String) throws -> String { try Drawn(source).html }
