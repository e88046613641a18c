import GRDB
import KeyCore

extension SQLiteTransaction {
    func append(_ event: AuditEvent) throws(StoreError) {
        try execute(
            """
            INSERT INTO audit_events (company_id, at, address, actor_id, action, target, before, after)
            VALUES (\(event.company), \(event.occasion.at), \(event.occasion.address), \(event.actor),
                \(event.action.rawValue), \(event.target), \(event.before), \(event.after))
            """)
    }

    func auditEntries(_ query: AuditQuery) throws(StoreError) -> [AuditEntry] {
        var conditions: [SQL] = ["company_id = \(query.company)"]
        if let actor = query.actor { conditions.append("actor_id = \(actor)") }
        if let action = query.action { conditions.append("action = \(action.rawValue)") }
        if let before = query.before { conditions.append("id < \(before)") }
        let rows = try rows(
            """
            SELECT * FROM audit_events WHERE \(conditions.joined(separator: " AND "))
            ORDER BY id DESC LIMIT \(query.limit)
            """)
        var entries: [AuditEntry] = []
        for row in rows { entries.append(AuditEntry(number: row["id"], event: try auditEvent(row))) }
        return entries
    }

    private func auditEvent(_ row: Row) throws(StoreError) -> AuditEvent {
        guard let action = AuditEvent.Action(rawValue: row["action"]) else { throw .damaged("audit_events.action") }
        return AuditEvent(
            action, on: Occasion(at: row.moment("at"), address: row["address"]), company: row.id("company_id"),
            actor: (row["actor_id"] as Int64?).map(ID.init(rawValue:)), target: row["target"],
            before: row["before"], after: row["after"])
    }
}
