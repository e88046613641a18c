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
            router.resource("/help/\(name)", [.get: page { try await article(at: place, for: $0, $1, $2) }])
        }
    }

    /// A page as it is without what stands around it.
    private struct Leaf {
        let title: String
        let content: HTML
    }

    /// A handler that answers those who are logged in within their account, and others outside it.
    private func page(
        _ leaf: @escaping @Sendable (Request, Reader, Caller?) async throws -> Leaf
    ) -> Reception.Handler {
        { request, context in
            if let person = try await reception.person(request, context) {
                let leaf = try await leaf(request, person.reader, person.caller)
                return .page(
                    person.frame.signedIn(
                        person.account, at: .help, title: leaf.title, isWide: true, leaf.content))
            }
            let visitor = reception.visitor(request, context)
            let leaf = try await leaf(request, visitor.reader, nil)
            return .page(
                visitor.frame.signedOut(
                    title: leaf.title, path: OwnPath(request.uri.string).path, isForReading: true, leaf.content))
        }
    }

    @Sendable private func first(_ request: Request, _ reader: Reader, _ caller: Caller?) -> Leaf {
        let page = HelpPage(reader: reader, articles: library.articles(in: reader.language))
        return Leaf(title: reader.phrases.help.title, content: page.content)
    }

    @Sendable private func article(
        at place: Int, for request: Request, _ reader: Reader, _ caller: Caller?
    ) async throws -> Leaf {
        let article = library.articles(in: reader.language)[place]
        let page = HelpArticlePage(
            reader: reader, article: article, address: reception.address.text(for: request),
            variable: KeyVariable(reception.registry.platform),
            newest: article.path == HelpArticle.discussed ? try await newestTopics(for: reader, caller) : nil)
        return Leaf(title: article.title, content: page.content)
    }

    /// Nothing for those who may not read them.
    private func newestTopics(for reader: Reader, _ caller: Caller?) async throws -> NewestTopics? {
        switch reception.registry.platform.discussions {
        case .off: return nil
        case .signedIn, .company: if caller == nil { return nil }
        case .public: break
        }
        let found = try await reception.registry.topics(TopicQuery(limit: NewestTopics.count), by: caller)
        return NewestTopics(reader: reader, topics: found.topics, total: found.total, mayAsk: caller != nil)
    }

    @Sendable private func search(_ request: Request, _ reader: Reader, _ caller: Caller?) -> Leaf {
        let question = String(request.query["q"].unicodeScalars.prefix(HelpIndex.maximumLength))
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let page = HelpSearchPage(
            reader: reader, question: question, results: library.index(in: reader.language).results(for: question),
            articles: library.articles(in: reader.language))
        return Leaf(title: page.title, content: page.content)
    }
}
