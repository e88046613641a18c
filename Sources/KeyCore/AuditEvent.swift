/// When and from where a request came: what every change remembers.
package struct Occasion: Hashable, Sendable {
    package let at: Timestamp
    /// The network address that asked, or `cli`.
    package let address: String

    package init(at: Timestamp, address: String) {
        self.at = at
        self.address = address
    }
}

/// One line of the audit log: who did what to which. Written in the transaction of the change itself.
package struct AuditEvent: Hashable, Sendable {
    package enum Action: String, CaseIterable, Sendable {
        case accountRegistered = "account.registered"
        case sessionStarted = "session.started"
        case sessionEnded = "session.ended"
        case passwordChanged = "password.changed"
        case profileChanged = "profile.changed"
        case keyCreated = "key.created"
        case keyConfirmed = "key.confirmed"
        case keyDeleted = "key.deleted"
        case userAdded = "user.added"
        case userChanged = "user.changed"
        case userBlocked = "user.blocked"
        case userUnblocked = "user.unblocked"
        case userRemoved = "user.removed"
        case roleAdded = "role.added"
        case roleChanged = "role.changed"
        case roleDeleted = "role.deleted"
    }

    package let occasion: Occasion
    package let company: ID<Company>
    /// Who did it; `nil` for the operator at the command line.
    package let actor: ID<User>?
    package let action: Action
    /// What it was done to, as an identifier.
    package let target: String
    package let before: String?
    package let after: String?

    package init(
        _ action: Action, on occasion: Occasion, company: ID<Company>, actor: ID<User>?, target: String,
        before: String? = nil, after: String? = nil
    ) {
        self.action = action
        self.occasion = occasion
        self.company = company
        self.actor = actor
        self.target = target
        self.before = before
        self.after = after
    }

    /// Something that a caller did.
    init<Subject>(
        _ action: Action, _ target: ID<Subject>, by caller: Caller, before: String? = nil, after: String? = nil
    ) {
        var after = after
        if case .key(let key, _) = caller.means {
            // So that what a leaked key has done can be found.
            after = [after, "with \(key)"].compactMap(\.self).joined(separator: ", ")
        }
        self.init(
            action, on: caller.occasion, company: caller.account.company.id, actor: caller.actor,
            target: target.description, before: before, after: after)
    }
}

/// An event with its place in the log.
package struct AuditEntry: Hashable, Sendable {
    /// Grows with each event; the next page of the log starts after the last one of this.
    package let number: Int64
    package let event: AuditEvent

    package init(number: Int64, event: AuditEvent) {
        self.number = number
        self.event = event
    }
}

/// What part of a company's audit log is asked for, the newest first.
package struct AuditQuery: Sendable {
    package static let pageSize = 100

    package var company: ID<Company>
    package var actor: ID<User>?
    package var action: AuditEvent.Action?
    /// Only what is older than this entry.
    package var before: Int64?
    package var limit: Int

    package init(
        company: ID<Company>, actor: ID<User>? = nil, action: AuditEvent.Action? = nil, before: Int64? = nil,
        limit: Int = pageSize
    ) {
        self.company = company
        self.actor = actor
        self.action = action
        self.before = before
        self.limit = limit
    }
}
