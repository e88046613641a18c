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
}
