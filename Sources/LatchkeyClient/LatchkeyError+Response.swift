import Foundation
import HTTPTypes
import Hummingbird

/// Thrown from a handler or a middleware of Hummingbird, a refusal is its own answer.
extension LatchkeyError: HTTPResponseError {
    /// 401 for a key that is none or no longer one, 403 for a lacking right, 429 for too many requests, and 503 when
    /// the key could not be checked.
    public var status: HTTPResponse.Status {
        switch self {
        case .missing, .malformed, .unknown, .deleted, .expired, .notCopied, .ownerBlocked: .unauthorized
        case .missingPermission: .forbidden
        case .rateLimited: .tooManyRequests
        case .notCurrent, .unreachable, .unexpectedAnswer: .serviceUnavailable
        }
    }

    /// A problem document (RFC 9457) with ``code`` and ``sentence``, `WWW-Authenticate` or `Retry-After`, kept by no
    /// cache.
    public func response(from request: Request, context: some RequestContext) throws -> Response {
        let problem = ProblemDocument(
            type: "about:blank", title: status.reasonPhrase, status: status.code, detail: sentence, code: code)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(problem))))
    }

    private var headers: HTTPFields {
        var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        headers[.wwwAuthenticate] = challenge
        headers[.retryAfter] = retryAfter.map { "\($0.components.seconds)" }
        return headers
    }

    private var retryAfter: Duration? {
        switch self {
        case .rateLimited(let interval): interval
        case .notCurrent, .unreachable, .unexpectedAnswer: .seconds(1)
        default: nil
        }
    }

    /// RFC 6750, section 3: no error code where no key was sent.
    private var challenge: String? {
        switch status {
        case .unauthorized where self == .missing: "Bearer realm=\"API\""
        case .unauthorized:
            "Bearer realm=\"API\", error=\"invalid_token\", error_description=\"\(sentence)\""
        case .forbidden: "Bearer realm=\"API\", error=\"insufficient_scope\"" + scope
        default: nil
        }
    }

    /// Left out where the permission has characters that RFC 6750 does not allow in a scope.
    private var scope: String {
        guard case .missingPermission(let permission) = self,
            permission.utf8.allSatisfy({
                (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
            })
        else { return "" }
        return ", scope=\"\(permission)\""
    }
}

private struct ProblemDocument: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let code: String
}
