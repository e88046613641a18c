import KeyCore

/// One line of the audit log as the API and the export show it.
package struct AuditEventJSON: Encodable {
    private let entry: AuditEntry

    package init(_ entry: AuditEntry) {
        self.entry = entry
    }

    private enum Member: String, CodingKey {
        case id, at, actor, key, action, target, address, before, after
    }

    /// Every member is always there; `null` says that there is nothing to say.
    package func encode(to encoder: any Encoder) throws {
        let event = entry.event
        var members = encoder.container(keyedBy: Member.self)
        try members.encode("\(entry.number)", forKey: .id)
        try members.encode(event.occasion.at.rfc3339, forKey: .at)
        try members.encode(event.actor.map { "\($0)" }, forKey: .actor)
        try members.encode(event.key.map { "\($0)" }, forKey: .key)
        try members.encode(event.action.rawValue, forKey: .action)
        try members.encode(event.target, forKey: .target)
        try members.encode(event.occasion.address, forKey: .address)
        try members.encode(event.before, forKey: .before)
        try members.encode(event.after, forKey: .after)
    }
}
