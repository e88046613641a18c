import Hummingbird
import KeyCore
import NIOCore
import Web

/// What browsers show where the service cannot be reached: a page in each language, and the worker that keeps it.
///
/// The page is the same for everybody, and needs nothing that only a page of the account would have.
struct OfflineController: Sendable {
    private let pages: [Language: StaticFile]
    private let worker: StaticFile

    /// Browsers need not ask for the worker with every page. An upgrade reaches them that much later.
    private static let askAgain = "max-age=600"

    init(look: PlatformLook, now: Timestamp) {
        let files = Language.allCases.map { language in
            let reader = Reader(language: language, timeZone: .gmt, now: now)
            return (language, StaticFile(contentType: "text/html; charset=utf-8", text: page(for: reader, look)))
        }
        pages = Dictionary(uniqueKeysWithValues: files)
        // The worker keeps the page, so it is another whenever the page is.
        let version = files.map(\.1.tag).joined()
        let script = Asset.named("worker.js").map { String(buffer: $0.file.bytes) } ?? ""
        worker = StaticFile(
            contentType: "text/javascript; charset=utf-8", text: "const version = \"\(version)\";\n\(script)")
    }

    func addRoutes(to router: Router<WebContext>) {
        for (language, file) in pages {
            router.resource("/offline/\(language.rawValue)", [.get: answer(with: file, "no-cache")])
        }
        // A worker rules over what lies beside and below it, so this one lies above all pages.
        router.resource("/worker.js", [.get: answer(with: worker, OfflineController.askAgain)])
    }

    private func answer(with file: StaticFile, _ cacheControl: String) -> Reception.Handler {
        { request, _ in file.answer(to: request, cacheControl: cacheControl) }
    }
}

private func page(for reader: Reader, _ look: PlatformLook) -> String {
    let words = reader.phrases.offline
    let page = MessagePage(
        reader: reader, kind: .unreachable, title: words.title, text: words.text,
        // The page stands under the address that was asked for: this asks for it again.
        way: (words.again, ""))
    return Frame(reader: reader, look: look).alone(title: page.title, page.content).source
}

extension StaticFile {
    fileprivate init(contentType: String, text: String) {
        self.init(contentType: contentType, bytes: ByteBuffer(string: text))
    }
}
