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

    func auditEvents(of company: ID<Company>, limit: Int) throws(StoreError) -> [AuditEvent] {
        let rows = try rows("SELECT * FROM audit_events WHERE company_id = \(company) ORDER BY id DESC LIMIT \(limit)")
        var events: [AuditEvent] = []
        for row in rows {
            guard let action = AuditEvent.Action(rawValue: row["action"]) else {
                throw .damaged("audit_events.action")
            }
            events.append(
                AuditEvent(
                    action, on: Occasion(at: row.moment("at"), address: row["address"]), company: company,
                    actor: (row["actor_id"] as Int64?).map(ID.init(rawValue:)), target: row["target"],
                    before: row["before"], after: row["after"]))
        }
        return events
    }
}
