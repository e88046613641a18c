import Foundation
import GRDB
import KeyCore

extension SQLiteTransaction {
    func keys(_ query: KeyQuery) throws(StoreError) -> KeyPage {
        let filter = filter(query)
        let total = try number("SELECT count(*) FROM keys WHERE \(filter)")
        let direction = SQL(sql: query.descending ? "DESC" : "ASC")
        let order: SQL = "ORDER BY \(query.order.value) \(direction), keys.id \(direction)"
        // The inner query sorts what the index holds, so that rows are read for one page only. One row more than the
        // page holds tells whether there is a next page.
        let rows = try rows(
            """
            \(SQLiteTransaction.keys) WHERE keys.id IN (
                SELECT keys.id FROM keys LEFT JOIN key_uses ON key_uses.key_id = keys.id
                WHERE \(filter) AND \(try SQLiteTransaction.start(query))
                \(order) LIMIT \(query.limit + 1) OFFSET \(query.offset)
            )
            \(order)
            """)
        var page: [Key] = []
        for row in rows.prefix(query.limit) { page.append(try key(row)) }
        let next = rows.count > query.limit ? page.last.map(query.order.cursor) : nil
        return KeyPage(keys: page, total: Int(total), next: next)
    }

    func keyCounts(of owner: ID<User>, now: Timestamp) throws(StoreError) -> KeyCounts {
        let counts = try row(
            """
            SELECT count(*) AS total,
                count(*) FILTER (WHERE confirmed_at IS NOT NULL AND expires_at > \(now)) AS active
            FROM keys WHERE user_id = \(owner) AND deleted_at IS NULL
            """)
        return KeyCounts(total: counts?["total"] ?? 0, active: counts?["active"] ?? 0)
    }

    func keySummary(of owner: ID<User>, now: Timestamp) throws(StoreError) -> KeySummary {
        let weekAgo = now.advanced(by: .zero - KeySummary.recentUse)
        let counts = try row(
            """
            SELECT count(*) AS total,
                count(*) FILTER (WHERE confirmed_at IS NOT NULL AND expires_at > \(now)) AS active,
                count(*) FILTER (WHERE last_used_at >= \(weekAgo)) AS used
            FROM keys LEFT JOIN key_uses ON key_uses.key_id = keys.id
            WHERE user_id = \(owner) AND deleted_at IS NULL
            """)
        let names = try rows(
            """
            SELECT name FROM keys JOIN key_uses ON key_uses.key_id = keys.id
            WHERE user_id = \(owner) AND deleted_at IS NULL AND last_used_at >= \(weekAgo)
            ORDER BY last_used_at DESC, id LIMIT \(KeySummary.namesShown)
            """)
        return KeySummary(
            total: counts?["total"] ?? 0, active: counts?["active"] ?? 0, usedLastWeek: counts?["used"] ?? 0,
            namesUsedLastWeek: names.map { $0["name"] })
    }
}

extension SQLiteTransaction {
    /// Whose keys. A user's own are found by the index; a company's through its people.
    private func scope(_ query: KeyQuery) -> SQL {
        var conditions: [SQL] = []
        switch query.scope {
        case .user(let id): conditions.append("user_id = \(id)")
        case .company(let id):
            conditions.append("user_id IN (SELECT id FROM users WHERE company_id = \(id) AND removed_at IS NULL)")
            if !query.person.isEmpty { conditions.append("user_id IN \(people(named: query.person, of: id))") }
        }
        if let user = query.user { conditions.append("user_id = \(user)") }
        if let permission = query.permission { conditions.append(allows(permission)) }
        return conditions.joined(separator: " AND ")
    }

    /// What counts is the owner's role AND the key's subset, as they are stored: names between spaces, or `*`.
    private func allows(_ permission: Permission) -> SQL {
        let name = platform.name(of: permission)
        let held: (SQL) -> SQL = { rights in
            "(\(rights) = '*' OR instr(' ' || \(rights) || ' ', ' ' || \(name) || ' ') > 0)"
        }
        return """
            (keys.permissions IS NULL OR \(held("keys.permissions"))) AND user_id IN (
                SELECT users.id FROM users JOIN roles ON roles.id = users.role_id WHERE \(held("roles.permissions"))
            )
            """
    }

    /// The people of a company with a text in their name or address, those who were removed included.
    func people(named text: String, of company: ID<Company>) -> SQL {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        return """
            (SELECT id FROM users WHERE company_id = \(company)
                AND (instr(email_folded, \(text)) > 0 OR instr(swiftLowercaseString(name), \(text)) > 0))
            """
    }

    /// Deleted keys are found only by those who ask for them.
    private func filter(_ query: KeyQuery) -> SQL {
        var conditions: [SQL] = [scope(query)]
        switch query.status {
        case nil: conditions.append("deleted_at IS NULL")
        case .deleted: conditions.append("deleted_at IS NOT NULL")
        case .notCopied: conditions.append("deleted_at IS NULL AND confirmed_at IS NULL")
        case .active:
            conditions.append("deleted_at IS NULL AND confirmed_at IS NOT NULL AND expires_at > \(query.now)")
        case .expired:
            conditions.append("deleted_at IS NULL AND confirmed_at IS NOT NULL AND expires_at <= \(query.now)")
        }
        switch query.condition {
        case nil: break
        case .expiring(let limit):
            conditions.append(
                """
                deleted_at IS NULL AND confirmed_at IS NOT NULL
                    AND expires_at > \(query.now) AND expires_at <= \(limit)
                """)
        case .neverUsed:
            conditions.append("NOT EXISTS (SELECT 1 FROM key_uses WHERE key_uses.key_id = keys.id)")
        }
        let text = query.text.trimmingCharacters(in: .whitespacesAndNewlines)
        if !text.isEmpty {
            conditions.append("(instr(name_folded, \(KeyName.folded(query: text))) > 0 OR last4 = \(text))")
        }
        return conditions.joined(separator: " AND ")
    }

    private static func start(_ query: KeyQuery) throws(StoreError) -> SQL {
        guard case .after(let cursor) = query.start else { return "TRUE" }
        let comparison = SQL(sql: query.descending ? "<" : ">")
        let value = try query.order.value(of: cursor)
        return "(\(query.order.value), keys.id) \(comparison) (\(value), \(cursor.id))"
    }
}

extension KeyQuery {
    fileprivate var offset: Int {
        if case .offset(let count) = start { max(count, 0) } else { 0 }
    }
}

extension KeyQuery.Order {
    /// What is sorted by. "Never used" is older than every use.
    fileprivate var value: SQL {
        switch self {
        case .name: "name_folded"
        case .key: "last4"
        case .created: "keys.created_at"
        case .expires: "expires_at"
        case .lastUsed: "coalesce(last_used_at, -1)"
        }
    }

    fileprivate func cursor(_ key: Key) -> KeyQuery.Cursor {
        let value =
            switch self {
            case .name: key.name.folded
            case .key: key.last4
            case .created: String(key.createdAt.milliseconds)
            case .expires: String(key.expiry.end.milliseconds)
            case .lastUsed: key.lastUsedAt.map { String($0.milliseconds) } ?? ""
            }
        return KeyQuery.Cursor(value: value, id: key.id)
    }

    /// - Throws: `cursor_invalid` for one that was made for another order, or made up.
    fileprivate func value(of cursor: KeyQuery.Cursor) throws(StoreError) -> SQL {
        switch self {
        case .name, .key: return "\(cursor.value)"
        case .lastUsed where cursor.value.isEmpty: return "-1"
        case .created, .expires, .lastUsed:
            guard let moment = Int64(cursor.value) else { throw .refused(.field("cursor", .cursorInvalid)) }
            return "\(moment)"
        }
    }
}
