import HTTPTypes
import Hummingbird
import NIOCore

/// Packs the pages that answer a GET, for clients that take gzip.
///
/// The length of a packed answer tells something of what is in it (the attack BREACH, CVE-2013-3587), so nothing that
/// holds a secret may pass here: a key or an invitation's link stands only in the answer to the POST that made it, and
/// the API's answers are left as they are, as are streams. Files of the binary come packed (`StaticFile`).
package struct Compression: RouterMiddleware {
    package typealias Context = WebContext

    /// Below it what is won is less than a packet.
    private static let smallest = 1024

    package init() {}

    package func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        guard request.method == .get || request.method == .head, isPage(response) else { return response }
        response.headers[.vary] = "Accept-Encoding"
        guard request.headers.acceptsGZip else { return response }
        // The router takes the body from a HEAD's answer only after this, so that has its GET's length.
        if let packed = GZip.pack(try await response.body.whole(), .eachTime) {
            response.headers[.contentEncoding] = "gzip"
            response.body = ResponseBody(byteBuffer: packed)
        }
        return response
    }

    private func isPage(_ response: Response) -> Bool {
        guard let type = response.headers[.contentType], type.hasPrefix("text/html"),
            response.headers[.contentEncoding] == nil, response.headers[.vary] == nil
        else { return false }
        return (response.headers[.contentLength].flatMap { Int($0) } ?? 0) >= Compression.smallest
    }
}

extension ResponseBody {
    /// All bytes of a body that is there as a whole.
    fileprivate func whole() async throws -> ByteBuffer {
        let gathered = Gathered()
        try await write(gathered)
        return gathered.bytes
    }
}

/// What a body writes, kept.
private final class Gathered: ResponseBodyWriter {
    private(set) var bytes = ByteBuffer()

    func write(_ buffer: ByteBuffer) async throws {
        // Most bodies are one buffer, which needs no copy.
        if bytes.readableBytes == 0 { bytes = buffer } else { bytes.writeImmutableBuffer(buffer) }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
