import Foundation
import KeyCore
import Web

/// What the reader wants to see of a company's keys, as it stands in the address.
struct CompanyKeyList: Hashable, Sendable {
    static let path = "/settings/company-keys"
    static let rows = 50
    /// What somebody may type for a person: an e-mail address fits.
    private static let longestPerson = 254

    var text = ""
    /// A name, an e-mail address or an id.
    var person = ""
    /// A right by its name, `devices:read`.
    var right = ""
    var status: Key.Status?
    var order = KeyQuery.Order.created
    var descending = true
    /// From 1.
    var page = 1

    init() {}

    /// Reads an address; what it does not understand counts as not said.
    init(_ fields: FormFields, _ platform: Platform) {
        text = String(fields["query"].prefix(KeyName.maximumLength))
        person = String(
            fields["user"].trimmingCharacters(in: .whitespacesAndNewlines).prefix(CompanyKeyList.longestPerson))
        right = platform.permission(fields["right"]) == nil ? "" : fields["right"]
        status = fields.keyStatus
        if let sort = KeyQuery.Order.read(fields["sort"]) { (order, descending) = sort }
        page = fields.page
    }

    var sort: String { (descending ? "-" : "") + order.rawValue }

    var isFiltered: Bool { !text.isEmpty || !person.isEmpty || !right.isEmpty || status != nil }

    func query(of company: ID<Company>, _ platform: Platform, now: Timestamp) -> KeyQuery {
        var query = KeyQuery(
            .company(company), text: text, status: status, order: order, descending: descending,
            limit: CompanyKeyList.rows, start: .offset((page - 1) * CompanyKeyList.rows), now: now)
        query.user = ID<User>(person)
        query.person = query.user == nil ? person : ""
        query.permission = platform.permission(right)
        return query
    }

    /// The same list by a column: one that it is sorted by already turns round, a new one starts with what one looks
    /// for, names from A and dates from the latest.
    func sorted(by column: KeyQuery.Order) -> CompanyKeyList {
        var list = turned(to: 1)
        list.order = column
        list.descending = column == order ? !descending : column != .name
        return list
    }

    func turned(to page: Int) -> CompanyKeyList {
        var list = self
        list.page = page
        return list
    }

    /// The address, without what is as it would be anyway.
    var path: String {
        let standard = CompanyKeyList()
        return FormFields.address(
            CompanyKeyList.path,
            [
                ("query", text), ("user", person), ("right", right), ("status", status?.rawValue ?? ""),
                ("sort", sort == standard.sort ? "" : sort), ("page", page == 1 ? "" : String(page)),
            ])
    }
}
