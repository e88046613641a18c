import Foundation
import GRDB
import KeyCore

extension SQLiteTransaction {
    func people(_ query: PersonQuery) throws(StoreError) -> PersonPage {
        let filter = SQLiteTransaction.filter(query)
        let total = try number("SELECT count(*) FROM users WHERE \(filter)")
        // The inner query reads the users alone, so that the rest is joined for one page only. One row more than the
        // page holds tells whether there is a next page.
        let accounts = try rows(
            """
            \(SQLiteTransaction.accounts) WHERE users.id IN (
                SELECT id FROM users WHERE \(filter) AND \(SQLiteTransaction.start(query))
                ORDER BY name, id LIMIT \(query.limit + 1) OFFSET \(query.offset)
            )
            ORDER BY users.name, users.id
            """
        ).map(account)
        let page = accounts.prefix(query.limit)
        let keys = try liveKeys(of: page.map(\.user.id), at: query.now)
        return PersonPage(
            people: page.map { Person(account: $0, liveKeys: keys[$0.user.id] ?? 0) }, total: Int(total),
            next: accounts.count > query.limit ? page.last.map(PersonQuery.Cursor.init) : nil)
    }

    private func liveKeys(of owners: [ID<User>], at now: Timestamp) throws(StoreError) -> [ID<User>: Int] {
        let rows = try rows(
            """
            SELECT user_id, count(*) AS live FROM keys
            WHERE user_id IN \(owners.map(\.rawValue)) AND deleted_at IS NULL AND confirmed_at IS NOT NULL
                AND expires_at > \(now)
            GROUP BY user_id
            """)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.id("user_id"), $0["live"]) })
    }

    private static func filter(_ query: PersonQuery) -> SQL {
        var conditions: [SQL] = ["company_id = \(query.company)", "removed_at IS NULL"]
        if let role = query.role { conditions.append("role_id = \(role)") }
        switch query.state {
        case nil: break
        case .active: conditions.append("blocked_at IS NULL")
        case .blocked: conditions.append("blocked_at IS NOT NULL")
        }
        let text = query.text.trimmingCharacters(in: .whitespacesAndNewlines)
        if !text.isEmpty {
            let folded = PersonQuery.folded(text)
            conditions.append("(instr(folded(name), \(folded)) > 0 OR instr(email_folded, \(folded)) > 0)")
        }
        return conditions.joined(separator: " AND ")
    }

    private static func start(_ query: PersonQuery) -> SQL {
        guard case .after(let cursor) = query.start else { return "TRUE" }
        return "(name, id) > (\(cursor.name), \(cursor.id))"
    }
}

extension PersonQuery {
    fileprivate var offset: Int {
        if case .offset(let count) = start { max(count, 0) } else { 0 }
    }
}

extension PersonQuery.Cursor {
    fileprivate init(_ account: Account) {
        self.init(name: account.user.name, id: account.user.id)
    }
}

/// SQLite's own `lower` knows ASCII only.
extension DatabaseFunction {
    static let folded = DatabaseFunction("folded", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).map(PersonQuery.folded)
    }
}
