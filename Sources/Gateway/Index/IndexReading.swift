import KeyCore

/// How the index is read from a store, whole or what changed; each is one consistent snapshot.
extension GrantIndex.Content {
    static func whole(of transaction: any ReadTransaction) throws(StoreError) -> Self {
        var content = GrantIndex.Content(revision: try transaction.revision())
        try transaction.forEachOwner { content.set($0) }
        try transaction.forEachGrant { content.set($0) }
        return content
    }
}

extension GrantIndex.Update {
    /// How much is read of what changed, before it is given up.
    enum Extent {
        /// What takes a small part of a renewal's time: at most so many things, and nobody's keys as a whole.
        case little
        /// More things than an index of so many keys holds are not worth reading: everything anew costs no more. Any
        /// fewer are read, or a node that needs long to read everything would be too far behind again each time it has.
        case whileCheaper(thanKeys: Int)

        private static let mostLittle = 2_000
        /// Reading so many is quick, however few keys there are.
        private static let alwaysRead = 10_000

        fileprivate var limit: Int {
            switch self {
            case .little: Extent.mostLittle
            case .whileCheaper(let keys): max(keys, Extent.alwaysRead)
            }
        }

        fileprivate func covers(_ changed: ChangedThings) -> Bool {
            switch self {
            case .little: changed.ownersOfAll.isEmpty
            case .whileCheaper: true
            }
        }
    }

    /// Ids that one statement asks for; it bounds the argument and the answer.
    private static let idsAtATime = 2_000

    /// What changed after a revision; `nil` when that is more than was asked for, or longer ago than the change log
    /// reaches.
    static func since(
        _ revision: Revision, _ extent: Extent, in transaction: any ReadTransaction
    ) throws(StoreError) -> Self? {
        guard case .since(let changes, let latest) = try transaction.changes(after: revision, limit: extent.limit)
        else { return nil }
        let changed = ChangedThings(changes)
        return extent.covers(changed) ? try Self(changed, upTo: latest, in: transaction) : nil
    }

    /// A statement for each kind and so many ids, not one for each id: a node has the length of a lease for this.
    private init(
        _ changed: ChangedThings, upTo revision: Revision, in transaction: any ReadTransaction
    ) throws(StoreError) {
        self.init(revision: revision)
        for ids in changed.users.parts(of: Self.idsAtATime) { owners += try transaction.owners(ids) }
        for ids in changed.roles.parts(of: Self.idsAtATime) { owners += try transaction.owners(with: ids) }
        for ids in changed.keys.parts(of: Self.idsAtATime) { grants += try transaction.grants(ids) }
        for ids in changed.ownersOfAll.parts(of: Self.idsAtATime) { grants += try transaction.grants(of: ids) }
    }
}

/// Changes by their kinds.
private struct ChangedThings {
    var keys: [ID<Key>] = []
    var users: [ID<User>] = []
    var roles: [ID<Role>] = []
    /// Users of whom all keys changed.
    var ownersOfAll: [ID<User>] = []

    init(_ changes: Set<Change>) {
        for change in changes {
            switch change {
            case .key(let id): keys.append(id)
            case .user(let id): users.append(id)
            case .role(let id): roles.append(id)
            case .keysOfUser(let id): ownersOfAll.append(id)
            }
        }
    }
}

extension Array {
    /// The array in parts of a length, the last one shorter.
    func parts(of length: Int) -> [[Element]] {
        stride(from: 0, to: count, by: length).map { Array(self[$0..<Swift.min($0 + length, count)]) }
    }
}
