import Foundation
import GRDB
import KeyCore

extension SQLiteTransaction {
    func append(_ events: [AuditEvent]) throws(StoreError) {
        for event in events {
            try execute(
                """
                INSERT INTO audit_events (company_id, at, address, actor_id, key_id, action, target, before, after)
                VALUES (\(event.company), \(event.occasion.at), \(event.occasion.address), \(event.actor),
                    \(event.key), \(event.action.rawValue), \(event.target), \(event.before), \(event.after))
                """)
        }
    }

    func auditEntries(_ query: AuditQuery) throws(StoreError) -> [AuditEntry] {
        let conditions = try conditions(query).joined(separator: " AND ")
        let direction = SQL(sql: query.after == nil ? "DESC" : "ASC")
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
            conditions.append("action IN (SELECT value FROM json_each(\(json(query.actions.map(\.rawValue)))))")
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
        let named = json(try targets(named: text, of: company) + [text])
        let lowered = text.lowercased()
        // SQLite's own function knows ASCII only, and is several times as quick.
        let lower = SQL(sql: lowered.utf8.allSatisfy { $0 < 0x80 } ? "lower" : "swiftLowercaseString")
        return """
            (target IN (SELECT value FROM json_each(\(named)))
                OR instr(\(lower)(before), \(lowered)) > 0 OR instr(\(lower)(after), \(lowered)) > 0)
            """
    }

    private func targets(named text: String, of company: ID<Company>) throws(StoreError) -> [String] {
        let folded = KeyName.folded(query: text)
        let limit = SQLiteStore.Limit.targetsNamed
        let keys = try rows(
            """
            SELECT keys.id FROM keys JOIN users ON users.id = user_id
            WHERE company_id = \(company) AND instr(name_folded, \(folded)) > 0 LIMIT \(limit)
            """
        ).map { ($0.id("id") as ID<Key>).description }
        let users = try rows("SELECT id FROM \(people(named: text, of: company)) LIMIT \(limit)")
            .map { ($0.id("id") as ID<User>).description }
        let roles = try rows(
            "SELECT id FROM roles WHERE company_id = \(company) AND instr(name_folded, \(folded)) > 0 LIMIT \(limit)"
        ).map { ($0.id("id") as ID<Role>).description }
        return keys + users + roles
    }

    /// A list as one argument, whatever its length: a statement of its own for each length would be kept for ever.
    private func json(_ texts: [String]) -> String {
        String(decoding: (try? JSONEncoder().encode(texts)) ?? Data("[]".utf8), as: UTF8.self)
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
