/// A place in a company that is kept for somebody until they come: their e-mail address and the role they will have.
package struct Invitation: Identified, Hashable, Sendable {
    package static let idPrefix = "inv"
    /// Long enough for a holiday week, short enough that a forgotten mailbox opens nothing for long.
    package static let lifetime = Duration.days(7)
    /// How many a company may have open: bounds the list, and the mail that strangers get in our name.
    package static let maximumOpen = 200
    /// How many a company may send in 24 hours, withdrawn ones included: each is a letter to a stranger.
    package static let maximumADay = 300

    package let id: ID<Invitation>
    package let company: ID<Company>
    package let role: ID<Role>
    package let email: EmailAddress
    package let inviter: ID<User>
    /// The key that it was made with; `nil` where a person made it.
    package let key: ID<Key>?
    package let createdAt: Timestamp
    package let expiresAt: Timestamp

    package init(
        id: ID<Invitation>, company: ID<Company>, role: ID<Role>, email: EmailAddress, inviter: ID<User>,
        key: ID<Key>?, createdAt: Timestamp, expiresAt: Timestamp
    ) {
        self.id = id
        self.company = company
        self.role = role
        self.email = email
        self.inviter = inviter
        self.key = key
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// An invitation that begins now.
    init(_ email: EmailAddress, to role: Role, by caller: Caller) {
        let now = caller.occasion.at
        self.init(
            id: .random(), company: role.company, role: role.id, email: email, inviter: caller.account.user.id,
            key: caller.key, createdAt: now, expiresAt: now.advanced(by: Invitation.lifetime))
    }
}

/// An invitation with all that decides whether it still counts.
package struct OpenInvitation: Hashable, Sendable {
    package enum Status: String, CaseIterable, Sendable {
        case pending, expired
        /// The inviter has left, is blocked, or may not give this role any more; or the key that made it is gone.
        case void
    }

    package let invitation: Invitation
    package let company: Company
    package let role: Role
    /// `nil` when they have been removed.
    package let inviter: Account?
    /// The key that it was made with, if it was.
    package let key: Key?

    package init(invitation: Invitation, company: Company, role: Role, inviter: Account?, key: Key? = nil) {
        self.invitation = invitation
        self.company = company
        self.role = role
        self.inviter = inviter
        self.key = key
    }

    /// An invitation is worth what its inviter may do at the moment of asking, as a key is worth what its owner may:
    /// one that was made with a key ends with the key.
    package func status(on platform: Platform, at now: Timestamp) -> Status {
        guard let rights = rightsOfTheInviter(at: now), rights.contains(platform.right(.users, .create)),
            role.permissions.isSubset(of: rights)
        else { return .void }
        return now >= invitation.expiresAt ? .expired : .pending
    }

    private func rightsOfTheInviter(at now: Timestamp) -> PermissionSet? {
        guard let inviter, inviter.user.blockedAt == nil else { return nil }
        guard invitation.key != nil else { return inviter.permissions }
        guard let key, key.status(at: now) == .active else { return nil }
        return key.permissions(of: inviter.permissions)
    }
}

/// What the store knows of a link.
package enum FoundInvitation: Hashable, Sendable {
    case used
    case open(OpenInvitation)
}

/// What an invitation's link holds: 190 random bits, of which only the digest is stored.
package struct InvitationToken: Sendable {
    private static let length = 32

    package let text: String

    package static func generate() -> InvitationToken {
        InvitationToken(unchecked: String(decoding: Base62.random(length), as: UTF8.self))
    }

    private init(unchecked text: String) {
        self.text = text
    }

    /// Reads a link's last part; `nil` when it cannot be a token.
    package init?(_ text: String) {
        guard text.utf8.count == InvitationToken.length, text.utf8.allSatisfy(Base62.isDigit) else { return nil }
        self.init(unchecked: text)
    }

    package var digest: Digest { Digest(of: Array(text.utf8)) }
}

extension InvitationToken: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "InvitationToken(…)" }
    package var debugDescription: String { description }
}

/// What the invited are told by mail.
package struct InvitationNotice: Sendable {
    package let to: EmailAddress
    package let inviter: String
    package let company: String
    package let platform: String
    /// The address that accepts: as secret as the token in it.
    package let link: String
    package let language: Language
    package let sentAt: Timestamp
    /// How long the link works.
    package let days: Int
}

/// What became of a mail.
package enum Delivery: Hashable, Sendable {
    /// The mail server has taken it.
    case sent
    /// It did not go out. The text is for the log: it holds neither password nor link.
    case failed(cause: String)
    /// No mail server was set.
    case off
}

/// Tells people what they wait for, by whatever reaches them.
package protocol Mailer: Sendable {
    /// Returns within a time limit of its own, whatever the mail server does.
    func send(_ notice: InvitationNotice) async -> Delivery
}
