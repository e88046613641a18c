import Hummingbird
import KeyCore
import Web

/// The query of `GET /v1/topics`: `state`, `query`, `limit`, `cursor`.
struct TopicListQuery {
    private(set) var query: TopicQuery

    /// - Throws: 422 that names the parameter.
    init(_ request: Request) throws(Problem) {
        let parameters = request.query
        let page = try PageParameters<TopicQuery.Cursor>(request, TopicQuery.Cursor.init)
        query = TopicQuery(text: parameters["query"], limit: page.limit, start: page.start)
        let states = TopicQuery.State.allCases.map(\.rawValue).joined(separator: ", ")
        let state = try Problem.parameter("state", parameters["state"], "A state is one of \(states).") {
            TopicQuery.State(rawValue: $0)
        }
        query.state = state ?? .all
    }
}

/// Which page of a list is asked for: `limit` and `cursor`.
struct PageParameters<Cursor: Hashable & Sendable> {
    let limit: Int
    let start: PageStart<Cursor>

    /// - Throws: 422 that names the parameter.
    init(_ request: Request, _ read: (String) -> Cursor?) throws(Problem) {
        let parameters = request.query
        let limits = 1...PageLimit.maximum
        limit =
            try Problem.parameter(
                "limit", parameters["limit"], "A limit is a number from 1 to \(PageLimit.maximum)."
            ) { Int($0).flatMap { limits.contains($0) ? $0 : nil } } ?? Discussions.pageSize
        let cursor = try Problem.parameter(
            "cursor", parameters["cursor"], Refusal.Code.cursorInvalid.detail, code: .cursorInvalid, read)
        start = cursor.map(PageStart.after) ?? .offset(0)
    }
}

extension TopicQuery.Cursor {
    /// The last activity and the topic: `1795291299120-top_2v8q0k3m9n7p4`.
    var text: String { "\(lastAt.milliseconds)-\(id)" }

    init?(_ text: String) {
        let parts = text.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let moment = Int64(parts[0]), let id = ID<Topic>(parts[1]) else { return nil }
        self.init(lastAt: Timestamp(milliseconds: moment), id: id)
    }
}
