import KeyCore
import Web

/// What the lists of the pages read from an address, and write into one.
extension FormFields {
    /// Bounds the offset that the store has to count to.
    private static let lastPage = 100_000

    /// Which page is asked for, from 1.
    var page: Int { min(max(Int(self["page"]) ?? 1, 1), FormFields.lastPage) }

    /// Which of the keys that a list shows: deleted ones are in none.
    var keyStatus: Key.Status? { Key.Status(rawValue: self["status"]).flatMap { $0 == .deleted ? nil : $0 } }

    /// Fields as the query of an address, but for the empty ones, which would say nothing.
    static func query(_ fields: [(name: String, value: String)]) -> String {
        fields.filter { !$0.value.isEmpty }.map { $0.name + "=" + encode($0.value) }.joined(separator: "&")
    }

    /// A path with such a query, where there is any.
    static func address(_ path: String, _ fields: [(name: String, value: String)]) -> String {
        let query = query(fields)
        return query.isEmpty ? path : path + "?" + query
    }
}
