/// When and from where a request came: what every change remembers.
package struct Occasion: Hashable, Sendable {
    package let at: Timestamp
    /// The network address that asked, or `cli`.
    package let address: String
    /// What the program that asked calls itself, as far as it is kept.
    package let agent: String?

    /// Code points of an agent that are kept.
    package static let maximumAgentLength = 200

    package init(at: Timestamp, address: String, agent: String? = nil) {
        self.at = at
        self.address = address
        self.agent = agent.map { Attempt.kept($0, Occasion.maximumAgentLength) }
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
        case userInvited = "user.invited"
        case invitationWithdrawn = "invitation.withdrawn"
        case userJoined = "user.joined"
        case roleAdded = "role.added"
        case roleChanged = "role.changed"
        case roleDeleted = "role.deleted"
        case auditExported = "audit.exported"
        case topicCreated = "topic.created"
        case topicClosed = "topic.closed"
        case topicReopened = "topic.reopened"
        case topicHidden = "topic.hidden"
        case topicShown = "topic.shown"
        case replyHidden = "reply.hidden"
        case replyShown = "reply.shown"
    }

    package let occasion: Occasion
    package let company: ID<Company>
    /// Who did it; `nil` for the operator at the command line.
    package let actor: ID<User>?
    /// The key with which it was done, so that what a leaked key has done can be found; `nil` for a person at a
    /// browser and for the operator.
    package let key: ID<Key>?
    package let action: Action
    /// What it was done to, as an identifier.
    package let target: String
    package let before: String?
    package let after: String?

    package init(
        _ action: Action, on occasion: Occasion, company: ID<Company>, actor: ID<User>?, key: ID<Key>? = nil,
        target: String, before: String? = nil, after: String? = nil
    ) {
        self.action = action
        self.occasion = occasion
        self.company = company
        self.actor = actor
        self.key = key
        self.target = target
        self.before = before
        self.after = after
    }

    /// Something that a caller did.
    init<Subject>(
        _ action: Action, _ target: ID<Subject>, by caller: Caller, before: String? = nil, after: String? = nil
    ) {
        self.init(
            action, on: caller.occasion, company: caller.account.company.id, actor: caller.actor, key: caller.key,
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
