import Foundation
import Hummingbird
import KeyCore
import Web

/// The query of `GET /v1/keys`: `query`, `status`, `filter`, `sort`, `limit`, `cursor`.
struct KeyListQuery {
    private(set) var query: KeyQuery

    /// - Throws: 422 that names the parameter.
    init(_ request: Request, caller: Caller) throws(Problem) {
        let parameters = request.query
        query = KeyQuery(owner: caller.account.user.id, now: caller.occasion.at)
        query.text = parameters["query"]
        let statuses = Key.Status.allCases.map(\.rawValue).joined(separator: ", ")
        query.status = try Problem.parameter("status", parameters["status"], "A status is one of \(statuses).") {
            Key.Status(rawValue: String($0))
        }
        let conditions = KeyQuery.Condition.names.joined(separator: ", ")
        query.condition = try Problem.parameter("filter", parameters["filter"], "A filter is one of \(conditions).") {
            KeyQuery.Condition.read($0, now: caller.occasion.at, in: caller.account.user.timeZone.timeZone)
        }
        let orders = KeyQuery.Order.allCases.map(\.rawValue).joined(separator: ", ")
        let sort = try Problem.parameter(
            "sort", parameters["sort"], "Sort by one of \(orders), with a minus sign in front for descending.",
            KeyQuery.Order.read)
        if let sort { (query.order, query.descending) = sort }
        let limits = 1...PageLimit.maximum
        query.limit =
            try Problem.parameter(
                "limit", parameters["limit"], "A limit is a number from 1 to \(PageLimit.maximum)."
            ) { Int($0).flatMap { limits.contains($0) ? $0 : nil } } ?? PageLimit.standard
        let cursor = try Problem.parameter(
            "cursor", parameters["cursor"], Refusal.Code.cursorInvalid.detail, code: .cursorInvalid, decode)
        if let cursor { query.start = .after(cursor) }
    }

    /// A cursor as text that is safe in a URL. It names the order that it was made for, so that it cannot be used
    /// with another.
    func encode(_ cursor: KeyQuery.Cursor) -> String {
        let text = [order, "\(cursor.id)", cursor.value].joined(separator: " ")
        return Data(text.utf8).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    private func decode(_ text: String) -> KeyQuery.Cursor? {
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
}

extension Problem {
    /// A query parameter's value; an empty one counts as absent.
    ///
    /// - Throws: 422 that names the parameter, when the text cannot be converted.
    static func parameter<Value>(
        _ name: String, _ text: String, _ detail: String, code: Refusal.Code = .invalid,
        _ convert: (String) -> Value?
    ) throws(Problem) -> Value? {
        if text.isEmpty { return nil }
        if let value = convert(text) { return value }
        var problem = Problem(.unprocessableContent, code.rawValue, detail)
        problem.errors = [FieldProblem(field: name, code: code.rawValue, detail: detail)]
        throw problem
    }
}
