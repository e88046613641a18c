import Foundation
import KeyCore
import Web

/// What the reader wants to see of their keys, as it stands in the address: search, filter, order and page.
struct KeyList: Hashable, Sendable {
    static let rows = 50

    var text = ""
    var filter: Filter?
    var order = KeyQuery.Order.created
    var descending = true
    /// From 1.
    var page = 1

    /// The one choice beside the search: a state of keys, or what one looks for among them.
    enum Filter: Hashable, Sendable {
        case status(Key.Status)
        /// One of `KeyQuery.Condition.names`.
        case condition(String)

        /// As the address says it.
        var name: String {
            switch self {
            case .status(let status): status.rawValue
            case .condition(let name): name
            }
        }
    }

    init() {}

    /// Reads an address; what it does not understand counts as not said.
    init(_ fields: FormFields) {
        text = String(fields["query"].prefix(KeyName.maximumLength))
        filter = fields.keyStatus.map(Filter.status) ?? KeyList.condition(fields["status"])
        if let sort = KeyQuery.Order.read(fields["sort"]) { (order, descending) = sort }
        page = fields.page
    }

    var sort: String { (descending ? "-" : "") + order.rawValue }

    func query(of owner: ID<User>, by reader: Reader) -> KeyQuery {
        var query = KeyQuery(
            owner: owner, text: text, order: order, descending: descending, limit: KeyList.rows,
            start: .offset((page - 1) * KeyList.rows), now: reader.now)
        switch filter {
        case nil: break
        case .status(let status): query.status = status
        case .condition(let name): query.condition = .read(name, now: reader.now, in: reader.timeZone)
        }
        return query
    }

    private static func condition(_ name: String) -> Filter? {
        KeyQuery.Condition.names.contains(name) ? .condition(name) : nil
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
                ("query", text), ("status", filter?.name ?? ""), ("sort", sort == standard.sort ? "" : sort),
                ("page", page == 1 ? "" : String(page)),
            ])
    }
}
