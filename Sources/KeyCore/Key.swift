/// An API key as its owner sees it in the list. The key itself is not in it: nobody can show it again.
package struct Key: Identified, Hashable, Sendable {
    package static let idPrefix = "key"
    /// How long after a key was shown its owner may still say that they have copied it.
    package static let confirmationLimit = Duration.days(1)

    package enum Status: String, CaseIterable, Sendable {
        /// Made, but its owner never said that they have copied it. It does not work and can only be deleted.
        case notCopied = "not_copied"
        case active
        case expired
        case deleted
    }

    package let id: ID<Key>
    package let owner: ID<User>
    package let name: KeyName
    package let last4: String
    package let createdAt: Timestamp
    package let expiry: Expiry
    /// When its owner said that they have copied it.
    package var confirmedAt: Timestamp?
    package var deletedAt: Timestamp?
    package var lastUsedAt: Timestamp?
    /// `nil` also for keys that were used before this was noted.
    package var firstUse: FirstUse?
    /// Fewer rights than its owner's, or `nil` for all of them.
    package let subset: PermissionSet?
    /// What it could do when it was made; `nil` for keys that are older than this knowledge.
    package let granted: PermissionSet?

    package init(
        id: ID<Key>, owner: ID<User>, name: KeyName, last4: String, createdAt: Timestamp, expiry: Expiry,
        confirmedAt: Timestamp? = nil, deletedAt: Timestamp? = nil, lastUsedAt: Timestamp? = nil,
        firstUse: FirstUse? = nil, subset: PermissionSet? = nil, granted: PermissionSet? = nil
    ) {
        self.id = id
        self.owner = owner
        self.name = name
        self.last4 = last4
        self.createdAt = createdAt
        self.expiry = expiry
        self.confirmedAt = confirmedAt
        self.deletedAt = deletedAt
        self.lastUsedAt = lastUsedAt
        self.firstUse = firstUse
        self.subset = subset
        self.granted = granted
    }

    package func status(at now: Timestamp) -> Status {
        if deletedAt != nil { return .deleted }
        if confirmedAt == nil { return .notCopied }
        return now < expiry.end ? .active : .expired
    }

    /// What the key may do now: its owner's rights, less those it was not given.
    package func permissions(of owner: PermissionSet) -> PermissionSet {
        subset.map(owner.intersection) ?? owner
    }

    /// What the key could do when it was made and cannot now, since its owner's role lost it. It comes back with
    /// the role's right.
    package func lost(of owner: PermissionSet) -> PermissionSet {
        granted.map { $0.subtracting(owner) } ?? PermissionSet()
    }
}
