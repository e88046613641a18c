import Foundation
import HTTPTypes
import Hummingbird
import KeyCore

/// An answer that says what went wrong: `application/problem+json` (RFC 9457) with a stable `code`.
package struct Problem: Error, Sendable {
    package struct FieldProblem: Encodable, Sendable {
        package let field: String
        package let code: String
        package let detail: String

        package init(field: String, code: String, detail: String) {
            self.field = field
            self.code = code
            self.detail = detail
        }
    }

    package let status: HTTPResponse.Status
    package let code: String
    package let detail: String
    package var errors: [FieldProblem] = []
    package var headers: HTTPFields = [:]
    /// For the log only.
    package var cause: String?

    package init(_ status: HTTPResponse.Status, _ code: String, _ detail: String) {
        self.status = status
        self.code = code
        self.detail = detail
    }

    package func response() -> Response { answer.response }

    package var answer: WholeAnswer {
        let body = Body(
            type: "/docs#\(code)", title: status.reasonPhrase, status: status.code, detail: detail, code: code,
            errors: errors.isEmpty ? nil : errors)
        return .json(body, status: status, contentType: "application/problem+json", headers: headers)
    }

    private struct Body: Encodable {
        let type: String
        let title: String
        let status: Int
        let detail: String
        let code: String
        let errors: [FieldProblem]?
    }
}

extension Problem {
    package static let bodyTooLarge = Problem(
        .contentTooLarge, "body_too_large", "The body is larger than is taken here: 64 KiB for most calls. Send less.")
    package static let bodyIncomplete = Problem(
        .badRequest, "body_incomplete", "The body ended before its announced length. Send it again.")
    package static let requestTimeout = {
        var problem = Problem(
            .requestTimeout, "request_timeout", "The request took too long to come. Send it again, all of it at once.")
        problem.headers[.connection] = "close"
        return problem
    }()
    package static let crossSite = Problem(
        .forbidden, "cross_site",
        "A request that changes something must come from this site's own pages: Sec-Fetch-Site must be same-origin,"
            + " or Origin must name this host.")
    package static let notFound = Problem(.notFound, "not_found", "There is nothing here that you may see.")
    package static let fault = Problem(
        .internalServerError, "internal",
        "Something went wrong on our side. Try again; if it stays, tell the operator.")

    package static func methodNotAllowed(_ allowed: [HTTPRequest.Method]) -> Problem {
        let names = allowed.map(\.rawValue).sorted().joined(separator: ", ")
        var problem = Problem(.methodNotAllowed, "method_not_allowed", "This address answers \(names).")
        problem.headers[.allow] = names
        return problem
    }
}

/// JSON as we write it: members in alphabetical order, so that the same answer is the same bytes.
package enum JSONText {
    package static func encode(_ value: some Encodable) -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Our answers hold strings, numbers and lists only; encoding those cannot fail.
        let data = (try? encoder.encode(value)) ?? Data("{}".utf8)
        return ByteBuffer(bytes: data)
    }

    /// A string with its quotes.
    package static func bytes(_ text: String) -> [UInt8] {
        Array(encode(text).readableBytesView)
    }
}
