/// What part of a company's audit log is asked for, the newest first.
package struct AuditQuery: Sendable {
    package static let pageSize = 100
    /// Names are not longer, and each row is compared with it.
    package static let maximumTextLength = 100

    /// Who did it.
    package enum Actor: Hashable, Sendable {
        case user(ID<User>)
        /// Part of a name or an e-mail address, in any letter case.
        case named(String)
        /// The operator at the command line.
        case `operator`
    }

    package var company: ID<Company>
    package var actor: Actor?
    /// Any of these; empty for every action.
    package var actions: [AuditEvent.Action]
    /// What it was done to: its id, or part of its name now or then, in any letter case. Empty for everything.
    package var target = ""
    /// From this moment on.
    package var since: Timestamp?
    /// Before this moment.
    package var until: Timestamp?
    /// Only what is older than this entry.
    package var before: Int64?
    /// Only what is newer than this entry, and of that the oldest: the page before this one.
    package var after: Int64?
    package var limit: Int

    package init(
        company: ID<Company>, actor: Actor? = nil, actions: [AuditEvent.Action] = [], before: Int64? = nil,
        limit: Int = pageSize
    ) {
        self.company = company
        self.actor = actor
        self.actions = actions
        self.before = before
        self.limit = limit
    }
}

/// A page of the log, with where the pages beside it begin.
package struct AuditPage: Sendable {
    package let entries: [AuditEntry]
    /// The number that older entries come before, if there are any.
    package let older: Int64?
    /// The number that newer entries come after, if there are any.
    package let newer: Int64?
}

/// What entries speak of, by name as far as it is known: also of what is deleted or removed.
package struct AuditNames: Sendable {
    private var names: [String: String] = [:]

    package init() {}

    /// The name that an identifier has now or had last.
    package subscript(_ identifier: String) -> String? { names[identifier] }

    mutating func note(_ identifier: String, _ name: String?) {
        names[identifier] = name
    }

    func knows(_ identifier: String) -> Bool { names[identifier] != nil }
}
