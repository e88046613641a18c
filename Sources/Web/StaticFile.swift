import Foundation
import HTTPTypes
import Hummingbird
import KeyCore
import NIOCore

/// What is the same for everybody until the next build: held ready in both codings that it is sent in.
package struct StaticFile: Sendable {
    package let contentType: String
    package let bytes: ByteBuffer
    /// Names the content: 16 digits, enough to tell the builds of one product apart.
    package let tag: String
    private let packed: ByteBuffer?

    package init(contentType: String, bytes: ByteBuffer) {
        self.contentType = contentType
        self.bytes = bytes
        tag = StaticFile.tag(of: Array(bytes.readableBytesView))
        let smaller = contentType.isPackable ? GZip.pack(bytes, .once) : nil
        packed = smaller.flatMap { $0.readableBytes < bytes.readableBytes ? $0 : nil }
    }

    package static func tag(of bytes: [UInt8]) -> String {
        Digest(of: bytes).bytes.prefix(8).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// The file in the coding that the client takes, or 304 where it has that already. The codings have tags of their
    /// own (RFC 9110, section 8.8.3.3): a cache must not take one's bytes for the other's. A part is one of the plain
    /// bytes, and never packed.
    package func answer(to request: Request, cacheControl: String) -> Response {
        let range = range(asked: request)
        let sent = range == nil && request.headers.acceptsGZip ? packed : nil
        let entityTag = sent == nil ? plainTag : "\"\(tag)-gzip\""
        var headers: HTTPFields = [.contentType: contentType, .cacheControl: cacheControl, .eTag: entityTag]
        if packed != nil { headers[.vary] = "Accept-Encoding" }
        if request.headers.know(entityTag) { return Response(status: .notModified, headers: headers) }
        if let sent {
            headers[.contentEncoding] = "gzip"
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: sent))
        }
        headers[.acceptRanges] = "bytes"
        return part(range, headers)
    }

    private var plainTag: String { "\"\(tag)\"" }

    /// What part a request is about: parts are known to GET alone (RFC 9110, section 14.2), and where `If-Range` names
    /// another version, or a date, of which we keep none, the client has to begin anew (section 13.1.5).
    private func range(asked request: Request) -> ByteRange? {
        guard request.method == .get, [nil, plainTag].contains(request.headers[.ifRange]) else { return nil }
        return ByteRange(request.headers[.range], of: bytes.readableBytes)
    }

    private func part(_ range: ByteRange?, _ headers: HTTPFields) -> Response {
        var headers = headers
        switch range {
        case nil: return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
        case .outside:
            headers[.contentRange] = "bytes */\(bytes.readableBytes)"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        case .part(let part):
            headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(bytes.readableBytes)"
            let slice = bytes.getSlice(at: bytes.readerIndex + part.lowerBound, length: part.count) ?? ByteBuffer()
            return Response(status: .partialContent, headers: headers, body: ResponseBody(byteBuffer: slice))
        }
    }
}

extension String {
    /// Whether packing makes content of this type smaller: fonts and films are packed already.
    fileprivate var isPackable: Bool {
        hasPrefix("text/") || hasPrefix("application/json") || hasPrefix("image/svg")
    }
}

extension HTTPFields {
    /// Whether `If-None-Match` names this tag (RFC 9110, section 13.1.2), weak or not.
    fileprivate func know(_ entityTag: String) -> Bool {
        (self[.ifNoneMatch] ?? "").split(separator: ",").contains { named in
            let named = named.trimmingCharacters(in: .whitespaces)
            return named == "*" || named == entityTag || named == "W/" + entityTag
        }
    }
}
