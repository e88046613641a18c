import CAssets
import HTTPTypes
import Hummingbird
import Web

/// `GET /openapi.json`: the description of everything that the service answers to.
struct DocumentationController: Sendable {
    func addRoutes(to router: Router<WebContext>) {
        router.resource("openapi.json", [.get: { _, _ in try DocumentationController.openAPI() }])
    }

    private static func openAPI() throws -> Response {
        guard let asset = latchkey_asset("openapi.json") else { throw Problem.notFound }
        let bytes = UnsafeBufferPointer(start: asset.pointee.bytes, count: asset.pointee.length)
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
