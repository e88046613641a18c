/// What verifying needs to know of a key.
package struct Grant: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case notCopied, confirmed, deleted
    }

    package let key: ID<Key>
    package let digest: Digest
    package let owner: ID<User>
    package let name: String
    package let createdAt: Timestamp
    package let expiresAt: Timestamp
    package let state: State
    package let subset: PermissionSet?

    package init(
        key: ID<Key>, digest: Digest, owner: ID<User>, name: String, createdAt: Timestamp, expiresAt: Timestamp,
        state: State, subset: PermissionSet?
    ) {
        self.key = key
        self.digest = digest
        self.owner = owner
        self.name = name
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.state = state
        self.subset = subset
    }
}

extension Grant {
    /// What the rule of a key looks at.
    package struct Terms: Hashable, Sendable {
        package let state: State
        package let expiresAt: Timestamp
        package let subset: PermissionSet?

        package init(state: State, expiresAt: Timestamp, subset: PermissionSet?) {
            self.state = state
            self.expiresAt = expiresAt
            self.subset = subset
        }
    }

    package var terms: Terms { Terms(state: state, expiresAt: expiresAt, subset: subset) }
}

/// What verifying needs to know of a key's owner. Kept apart from the grants: a changed role touches one owner,
/// not each of their keys.
package struct Owner: Hashable, Sendable {
    package let user: ID<User>
    package let name: String
    package let company: ID<Company>
    package let companyName: String
    package let role: String
    package let permissions: PermissionSet
    package let isBlocked: Bool

    package init(
        user: ID<User>, name: String, company: ID<Company>, companyName: String, role: String,
        permissions: PermissionSet, isBlocked: Bool
    ) {
        self.user = user
        self.name = name
        self.company = company
        self.companyName = companyName
        self.role = role
        self.permissions = permissions
        self.isBlocked = isBlocked
    }
}
