import Foundation
import KeyCore

extension PostgresTransaction {
    func people(_ query: PersonQuery) throws(StoreError) -> PersonPage {
        let filter = PostgresTransaction.filter(query)
        let total = try number("SELECT count(*) FROM users WHERE \(filter)")
        // The inner query reads the users alone, so that the rest is joined for one page only. One row more than the
        // page holds tells whether there is a next page.
        let accounts = try rows(
            """
            \(PostgresTransaction.accounts) WHERE users.id IN (
                SELECT id FROM users WHERE \(filter) AND \(PostgresTransaction.start(query))
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
            WHERE user_id = ANY (\(owners)) AND deleted_at IS NULL AND confirmed_at IS NOT NULL
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
            conditions.append("(strpos(\(SQL.folded("name")), \(folded)) > 0 OR strpos(email_folded, \(folded)) > 0)")
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

extension SQL {
    /// A column as KeyCore folds a text: lower case of upper case of lower case, in NFC.
    static func folded(_ column: SQL) -> SQL {
        "normalize(\(lowered("upper(lower(\(column) COLLATE \"und-x-icu\"))")), NFC)"
    }

    /// A column in lower case. ICU's rules are those of Unicode whatever the database's locale; but a sigma at the end
    /// of a word it writes in a way of its own, which Swift, looking at one character at a time, does not.
    static func lowered(_ column: SQL) -> SQL {
        "replace(lower(\(column) COLLATE \"und-x-icu\"), 'ς', 'σ')"
    }
}
