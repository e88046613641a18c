import HTTPTypes
import NIOCore
import Web

/// An answer as bytes, but for its date: every refusal that says the same to everybody.
struct PreparedAnswer: Sendable {
    private let beforeDate: [UInt8]
    private let afterDate: [UInt8]

    /// In the order in which the ordinary pipeline would write the headers.
    init(_ answer: WholeAnswer, security: SecurityHeaders) {
        var headers = answer.headers
        headers[.contentLength] = String(answer.body.readableBytes)
        security.add(to: &headers)
        let start = "HTTP/1.1 \(answer.status.code) \(answer.status.reasonPhrase)\r\n"
        beforeDate = Array("\(start)\(PreparedAnswer.lines(headers))Date: ".utf8)
        afterDate = Array("\r\n\r\n".utf8) + answer.body.readableBytesView
    }

    func write(date: [UInt8], to out: inout ByteBuffer) {
        out.writeBytes(beforeDate)
        out.writeBytes(date)
        out.writeBytes(afterDate)
    }

    static func lines(_ headers: HTTPFields) -> String {
        headers.map { "\($0.name.rawName): \($0.value)\r\n" }.joined()
    }
}
