import Foundation
import Hummingbird
import KeyCore
import Web

/// The help, for everybody: its articles, and the search in them.
struct HelpController: Sendable {
    let reception: Reception
    let library: HelpLibrary

    func addRoutes(to router: Router<WebContext>) {
        router.resource("/help", [.get: page(first)])
        router.resource("/help/search", [.get: page(search)])
        for (place, name) in HelpLibrary.names.enumerated() {
            router.resource("/help/\(name)", [.get: page { article(at: place, for: $0, $1) }])
        }
    }

    /// A page as it is without what stands around it.
    private struct Leaf {
        let title: String
        let content: HTML
    }

    /// A handler that answers those who are logged in within their account, and others outside it.
    private func page(_ leaf: @escaping @Sendable (Request, Reader) -> Leaf) -> Reception.Handler {
        { request, context in
            if let person = try await reception.person(request, context) {
                let leaf = leaf(request, person.reader)
                return .page(
                    person.frame.signedIn(
                        person.account, at: .help, title: leaf.title, isWide: true, leaf.content))
            }
            let visitor = reception.visitor(request, context)
            let leaf = leaf(request, visitor.reader)
            return .page(
                visitor.frame.signedOut(
                    title: leaf.title, path: OwnPath(request.uri.string).path, isForReading: true, leaf.content))
        }
    }

    @Sendable private func first(_ request: Request, _ reader: Reader) -> Leaf {
        let page = HelpPage(reader: reader, articles: library.articles(in: reader.language))
        return Leaf(title: reader.phrases.help.title, content: page.content)
    }

    @Sendable private func article(at place: Int, for request: Request, _ reader: Reader) -> Leaf {
        let article = library.articles(in: reader.language)[place]
        let page = HelpArticlePage(
            reader: reader, article: article, address: reception.address.text(for: request),
            variable: KeyVariable(reception.registry.platform))
        return Leaf(title: article.title, content: page.content)
    }

    @Sendable private func search(_ request: Request, _ reader: Reader) -> Leaf {
        let question = String(request.query["q"].unicodeScalars.prefix(HelpIndex.maximumLength))
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let page = HelpSearchPage(
            reader: reader, question: question, results: library.index(in: reader.language).results(for: question),
            articles: library.articles(in: reader.language))
        return Leaf(title: page.title, content: page.content)
    }
}
