import Foundation
import KeyCore

extension PostgresTransaction {
    /// How many keys, people or roles of one name the audit log is searched for; it bounds one argument.
    private static let targetsNamed = 10_000

    func append(_ events: [AuditEvent]) throws(StoreError) {
        try execute(
            """
            INSERT INTO audit_events (company_id, at, address, actor_id, key_id, action, target, before, after)
            SELECT company_id, at, address, actor_id, key_id, action, target, before, after
            FROM unnest(
                \(events.map(\.company)), \(events.map(\.occasion.at)), \(events.map(\.occasion.address)),
                \(events.map(\.actor)), \(events.map(\.key)), \(events.map(\.action.rawValue)),
                \(events.map(\.target)), \(events.map(\.before)), \(events.map(\.after))
            ) WITH ORDINALITY
                AS event (company_id, at, address, actor_id, key_id, action, target, before, after, place)
            ORDER BY place
            """)
    }

    func auditEntries(_ query: AuditQuery) throws(StoreError) -> [AuditEntry] {
        let conditions = try conditions(query).joined(separator: " AND ")
        let direction: SQL = query.after == nil ? "DESC" : "ASC"
        // The inner query goes along the index, which holds all that it judges by but texts, so that rows are read
        // for one page only.
        let rows = try rows(
            """
            SELECT * FROM audit_events WHERE id IN (
                SELECT id FROM audit_events WHERE \(conditions) ORDER BY id \(direction) LIMIT \(query.limit)
            )
            ORDER BY id DESC
            """)
        var entries: [AuditEntry] = []
        for row in rows { entries.append(AuditEntry(number: row["id"], event: try auditEvent(row))) }
        return entries
    }

    private func conditions(_ query: AuditQuery) throws(StoreError) -> [SQL] {
        var conditions: [SQL] = ["company_id = \(query.company)"]
        switch query.actor {
        case nil: break
        case .user(let id): conditions.append("actor_id = \(id)")
        case .named(let name): conditions.append("actor_id IN \(people(named: name, of: query.company))")
        case .operator: conditions.append("actor_id IS NULL")
        }
        if !query.actions.isEmpty {
            conditions.append("action = ANY (\(query.actions.map(\.rawValue)))")
        }
        if let since = query.since { conditions.append("at >= \(since)") }
        if let until = query.until { conditions.append("at < \(until)") }
        if let before = query.before { conditions.append("id < \(before)") }
        if let after = query.after { conditions.append("id > \(after)") }
        let target = query.target.trimmingCharacters(in: .whitespacesAndNewlines)
        if !target.isEmpty { conditions.append(try concerns(target, of: query.company)) }
        return conditions
    }

    /// An event concerns what is called so now, what was called so then, and what has this very identifier.
    private func concerns(_ text: String, of company: ID<Company>) throws(StoreError) -> SQL {
        let named = try targets(named: text, of: company) + [text]
        let lowered = text.lowercased().replacing("ς", with: "σ")
        // What knows ASCII only is several times as quick.
        let isASCII = lowered.utf8.allSatisfy { $0 < 0x80 }
        let inLowerCase: (SQL) -> SQL = { isASCII ? "lower(\($0) COLLATE \"C\")" : SQL.lowered($0) }
        return """
            (target = ANY (\(named)) OR strpos(\(inLowerCase("before")), \(lowered)) > 0
                OR strpos(\(inLowerCase("after")), \(lowered)) > 0)
            """
    }

    private func targets(named text: String, of company: ID<Company>) throws(StoreError) -> [String] {
        let folded = KeyName.folded(query: text)
        let limit = PostgresTransaction.targetsNamed
        let keys = try rows(
            """
            SELECT keys.id FROM keys JOIN users ON users.id = user_id
            WHERE company_id = \(company) AND strpos(name_folded, \(folded)) > 0 LIMIT \(limit)
            """
        ).map { ($0.id("id") as ID<Key>).description }
        let users = try rows("SELECT id FROM \(people(named: text, of: company)) AS people LIMIT \(limit)")
            .map { ($0.id("id") as ID<User>).description }
        let roles = try rows(
            "SELECT id FROM roles WHERE company_id = \(company) AND strpos(name_folded, \(folded)) > 0 LIMIT \(limit)"
        ).map { ($0.id("id") as ID<Role>).description }
        return keys + users + roles
    }

    private func auditEvent(_ row: Row) throws(StoreError) -> AuditEvent {
        guard let action = AuditEvent.Action(rawValue: row["action"]) else { throw .damaged("audit_events.action") }
        return AuditEvent(
            action, on: Occasion(at: row.moment("at"), address: row["address"]), company: row.id("company_id"),
            actor: (row["actor_id"] as Int64?).map(ID.init(rawValue:)),
            key: (row["key_id"] as Int64?).map(ID.init(rawValue:)), target: row["target"],
            before: row["before"], after: row["after"])
    }
}
