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
        status = fields.keyStatus
        if let sort = KeyQuery.Order.read(fields["sort"]) { (order, descending) = sort }
        page = fields.page
    }

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
        return FormFields.address(
            "/settings/keys",
            [
                ("query", text), ("status", status?.rawValue ?? ""), ("sort", sort == standard.sort ? "" : sort),
                ("page", page == 1 ? "" : String(page)),
            ])
    }
}
