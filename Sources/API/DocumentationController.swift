import CAssets
import HTTPTypes
import Hummingbird
import Web

/// What the service says of itself: `GET /openapi.json` for programs, `GET /docs` for people.
///
/// The page's script renders the document, so the two cannot tell different things.
struct DocumentationController: Sendable {
    func addRoutes(to router: Router<WebContext>) {
        router.resource("openapi.json", [.get: { _, _ in try file("openapi.json", "application/json") }])
        router.resource("docs", [.get: { _, _ in try file("docs.html", "text/html; charset=utf-8") }])
    }

    /// A file of the binary, for browsers to ask for anew each time: an upgrade changes it under the same address.
    private func file(_ name: String, _ contentType: String) throws(Problem) -> Response {
        guard let asset = latchkey_asset(name) else { throw .notFound }
        let bytes = UnsafeBufferPointer(start: asset.pointee.bytes, count: asset.pointee.length)
        return Response(
            status: .ok, headers: [.contentType: contentType, .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
