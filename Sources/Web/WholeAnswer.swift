import Hummingbird
import HTTPTypes

/// An answer whose body is there as a whole: what a route returns, and what the fast lane writes by itself.
package struct WholeAnswer: Sendable {
    package let status: HTTPResponse.Status
    package let headers: HTTPFields
    package let body: ByteBuffer

    package init(status: HTTPResponse.Status, headers: HTTPFields, body: ByteBuffer) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Of JSON that nobody keeps.
    package static func json(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, contentType: String = "application/json",
        headers: HTTPFields = [:]
    ) -> WholeAnswer {
        var headers = headers
        headers[.contentType] = contentType
        headers[.cacheControl] = "no-store"
        return WholeAnswer(status: status, headers: headers, body: JSONText.encode(value))
    }

    package var response: Response {
        Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
