import Foundation
import KeyCore
import Web

/// What the reader wants to see of their keys, as it stands in the address: search, status, order and page.
struct KeyList: Hashable, Sendable {
    static let rows = 50

    var text = ""
    var status: Key.Status?
    var order = KeyQuery.Order.created
    var descending = true
    /// From 1.
    var page = 1

    init() {}

    /// Reads an address; what it does not understand counts as not said.
    init(_ fields: FormFields) {
        text = String(fields["query"].prefix(KeyName.maximumLength))
        status = Key.Status(rawValue: fields["status"]).flatMap { $0 == .deleted ? nil : $0 }
        let sort = fields["sort"]
        if let order = KeyQuery.Order(rawValue: String(sort.drop { $0 == "-" })) {
            self.order = order
            descending = sort.hasPrefix("-")
        }
        page = min(max(Int(fields["page"]) ?? 1, 1), KeyList.lastPage)
    }

    /// Bounds the offset that the store has to count to.
    private static let lastPage = 100_000

    var sort: String { (descending ? "-" : "") + order.rawValue }

    func query(of owner: ID<User>, now: Timestamp) -> KeyQuery {
        KeyQuery(
            owner: owner, text: text, status: status, order: order, descending: descending, limit: KeyList.rows,
            start: .offset((page - 1) * KeyList.rows), now: now)
    }

    /// The same list by a column: a column that it is sorted by already turns round, a new one starts with what one
    /// looks for, names from A and dates from the latest.
    func sorted(by column: KeyQuery.Order) -> KeyList {
        var list = self
        list.page = 1
        list.order = column
        list.descending = column == order ? !descending : column != .name && column != .key
        return list
    }

    func turned(to page: Int) -> KeyList {
        var list = self
        list.page = page
        return list
    }

    /// The address, without what is as it would be anyway.
    var path: String {
        let standard = KeyList()
        let pairs: [(String, String)] = [
            ("query", text), ("status", status?.rawValue ?? ""), ("sort", sort == standard.sort ? "" : sort),
            ("page", page == 1 ? "" : String(page)),
        ]
        let query = pairs.filter { !$0.1.isEmpty }.map { $0.0 + "=" + FormFields.encode($0.1) }
        return "/settings/keys" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }
}
