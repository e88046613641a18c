import KeyCore

/// How the index is read from a store, whole or what changed; each is one consistent snapshot.
extension GrantIndex.Content {
    static func whole(of transaction: any ReadTransaction) throws(StoreError) -> Self {
        var content = GrantIndex.Content(revision: try transaction.revision())
        try transaction.forEachOwner { content.set($0) }
        try transaction.forEachGrant(of: nil) { content.set($0) }
        return content
    }
}

extension GrantIndex.Update {
    /// Past so many changes, reading everything anew is cheaper than reading each.
    private static let maximumChanges = 10_000

    /// What changed after a revision; `nil` when that is too much, or longer ago than the change log reaches.
    static func since(_ revision: Revision, in transaction: any ReadTransaction) throws(StoreError) -> Self? {
        switch try transaction.changes(after: revision, limit: maximumChanges) {
        case .tooMany: nil
        case .since(let changes, let latest): try Self(changes, upTo: latest, in: transaction)
        }
    }

    private init(
        _ changes: [Change], upTo revision: Revision, in transaction: any ReadTransaction
    ) throws(StoreError) {
        self.init(revision: revision)
        for change in Set(changes) {
            switch change {
            case .key(let id):
                guard let grant = try transaction.grant(id) else { continue }
                grants.append(grant)
            case .user(let id):
                guard let owner = try transaction.owner(id) else { continue }
                owners.append(owner)
            case .role(let id):
                owners += try transaction.owners(with: id)
            case .keysOfUser(let id):
                var ofUser: [Grant] = []
                try transaction.forEachGrant(of: id) { ofUser.append($0) }
                grants += ofUser
            }
        }
    }
}
