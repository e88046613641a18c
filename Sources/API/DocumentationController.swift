import CAssets
import HTTPTypes
import Hummingbird
import Web

/// What the service says of itself: `GET /openapi.json` for programs, `GET /docs` for people.
///
/// The page's script renders the document, so the two cannot tell different things.
struct DocumentationController: Sendable {
    private let document = DocumentationController.file("openapi.json", "application/json")
    private let page = DocumentationController.file("docs.html", "text/html; charset=utf-8")

    func addRoutes(to router: Router<WebContext>) {
        router.resource("openapi.json", [.get: answer(with: document)])
        router.resource("docs", [.get: answer(with: page)])
    }

    /// For browsers to ask for anew each time: an upgrade changes it under the same address.
    private func answer(with file: StaticFile) -> @Sendable (Request, WebContext) async throws -> Response {
        { request, _ in file.answer(to: request, cacheControl: "no-cache") }
    }

    /// A file of the binary.
    private static func file(_ name: String, _ contentType: String) -> StaticFile {
        guard let asset = latchkey_asset(name)?.pointee else { preconditionFailure("no file is called \(name)") }
        let bytes = UnsafeBufferPointer(start: asset.bytes, count: asset.length)
        return StaticFile(contentType: contentType, bytes: ByteBuffer(bytes: bytes))
    }
}
