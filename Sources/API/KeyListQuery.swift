import Foundation
import Hummingbird
import KeyCore
import Web

/// The query of `GET /v1/keys`: `query`, `status`, `sort`, `limit`, `cursor`.
struct KeyListQuery {
    private(set) var query: KeyQuery

    /// - Throws: 422 that names the parameter.
    init(_ request: Request, caller: Caller) throws(Problem) {
        let parameters = request.uri.queryParameters
        query = KeyQuery(owner: caller.account.user.id, now: caller.occasion.at)
        query.text = parameters["query"].map(String.init) ?? ""
        query.status = try KeyListQuery.status(parameters["status"])
        (query.order, query.descending) = try KeyListQuery.sort(parameters["sort"])
        query.limit = try KeyListQuery.limit(parameters["limit"])
        if let cursor = parameters["cursor"], !cursor.isEmpty {
            guard let start = decode(cursor) else {
                throw KeyListQuery.problem("cursor", .cursorInvalid, Refusal.Code.cursorInvalid.detail)
            }
            query.start = .after(start)
        }
    }

    /// A cursor as text that is safe in a URL. It names the order that it was made for, so that it cannot be used
    /// with another.
    func encode(_ cursor: KeyQuery.Cursor) -> String {
        let text = [order, "\(cursor.id)", cursor.value].joined(separator: " ")
        return Data(text.utf8).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    private func decode(_ text: Substring) -> KeyQuery.Cursor? {
        let plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: plain + padding), let decoded = String(data: data, encoding: .utf8)
        else { return nil }
        let parts = decoded.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == order, let id = ID<Key>(parts[1]) else { return nil }
        // A moment is a number; a text that is none would be compared as text.
        let isNumber = Int64(parts[2]) != nil || parts[2].isEmpty
        guard query.order == .name || query.order == .key || isNumber else { return nil }
        return KeyQuery.Cursor(value: String(parts[2]), id: id)
    }

    private var order: String { (query.descending ? "-" : "") + query.order.rawValue }

    private static func status(_ text: Substring?) throws(Problem) -> Key.Status? {
        guard let text, !text.isEmpty else { return nil }
        guard let status = Key.Status(rawValue: String(text)) else {
            let names = Key.Status.allCases.map(\.rawValue).joined(separator: ", ")
            throw problem("status", .invalid, "A status is one of \(names).")
        }
        return status
    }

    private static func sort(_ text: Substring?) throws(Problem) -> (KeyQuery.Order, descending: Bool) {
        guard let text, !text.isEmpty else { return (.created, true) }
        let descending = text.hasPrefix("-")
        guard let order = KeyQuery.Order(rawValue: String(descending ? text.dropFirst() : text)) else {
            let names = KeyQuery.Order.allCases.map(\.rawValue).joined(separator: ", ")
            throw problem("sort", .invalid, "Sort by one of \(names), with a minus sign in front for descending.")
        }
        return (order, descending)
    }

    private static func limit(_ text: Substring?) throws(Problem) -> Int {
        guard let text else { return KeyQuery.defaultLimit }
        guard let limit = Int(text), (1...KeyQuery.maximumLimit).contains(limit) else {
            throw problem("limit", .invalid, "A limit is a number from 1 to \(KeyQuery.maximumLimit).")
        }
        return limit
    }

    private static func problem(_ field: String, _ code: Refusal.Code, _ detail: String) -> Problem {
        var problem = Problem(.unprocessableContent, code.rawValue, detail)
        problem.errors = [Problem.FieldProblem(field: field, code: code.rawValue, detail: detail)]
        return problem
    }
}
