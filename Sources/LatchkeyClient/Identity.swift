import Foundation

/// Who stands behind an accepted key, and what they may do: the answer of one verify, true at that moment.
///
/// Keep it for the request that it was asked for, and no longer: the next request may find the key deleted, its owner
/// blocked, or a right taken away.
public struct Identity: Hashable, Sendable {
    /// The key that was presented. The key itself is not in here, so that it can reach no log.
    public struct Key: Hashable, Sendable {
        /// An opaque name that never changes: `key_1v8q0k3m2n7p4`.
        public let id: String
        /// What its owner calls it.
        public let name: String
        /// The moment from which on it is refused.
        public let expiresAt: Date

        /// A key as a test of your own needs it.
        public init(id: String, name: String, expiresAt: Date) {
            self.id = id
            self.name = name
            self.expiresAt = expiresAt
        }
    }

    /// The user who created the key.
    public struct User: Hashable, Sendable {
        /// An opaque name that never changes.
        public let id: String
        /// What they are called; they may change it.
        public let name: String

        /// A user as a test of your own needs one.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// The company of that user. What belongs to another company is not theirs to see.
    public struct Company: Hashable, Sendable {
        /// An opaque name that never changes.
        public let id: String
        /// What it is called; it may change.
        public let name: String

        /// A company as a test of your own needs one.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// The key that was presented.
    public let key: Key
    /// Its owner.
    public let user: User
    /// The owner's company.
    public let company: Company
    /// The name of the owner's role, to be shown. Decide by ``permissions``: companies write roles of their own.
    public let role: String
    /// What the key may do, written `devices:read`: the owner's rights, and of those the ones given to this key.
    public let permissions: Set<String>

    /// An identity as a test of your own needs it. ``LatchkeyClient/LatchkeyClient/verify(_:permission:)`` makes the
    /// real ones.
    public init(key: Key, user: User, company: Company, role: String, permissions: Set<String>) {
        self.key = key
        self.user = user
        self.company = company
        self.role = role
        self.permissions = permissions
    }

    /// Whether the key may do this.
    ///
    /// - Parameter permission: a section and an action of the platform, as `devices:read`. One that the platform does
    ///   not have is nobody's.
    public func may(_ permission: String) -> Bool {
        permissions.contains(permission)
    }
}
