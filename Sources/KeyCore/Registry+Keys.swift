/// What is asked for when a key is made.
package struct KeyForm: Sendable {
    package var name: String
    package var expiresOn: Day?
    /// Fewer rights than the caller's; `nil` for all of them.
    package var permissions: PermissionSet?
    /// Make it `not_copied`, to be confirmed once its owner has it.
    package var awaitsConfirmation: Bool

    package init(
        name: String, expiresOn: Day? = nil, permissions: PermissionSet? = nil, awaitsConfirmation: Bool = false
    ) {
        self.name = name
        self.expiresOn = expiresOn
        self.permissions = permissions
        self.awaitsConfirmation = awaitsConfirmation
    }
}

/// A new key and, this once, the key itself.
package struct CreatedKey: Sendable {
    package let key: Key
    package let secret: Secret
}

/// Which of their keys a person deletes.
package enum KeySelection: Hashable, Sendable {
    /// At most `KeySelection.maximumCount`.
    case some([ID<Key>])
    case all

    package static let maximumCount = 1000
}

/// What a deletion did, and how far it had travelled when it was acknowledged.
package struct Deletion: Hashable, Sendable {
    package let deleted: Int
    package let settlement: Settlement
}

extension Registry {
    /// Makes a key.
    ///
    /// - Throws: `missing_permission`; `name_empty`, `name_too_long`, `name_taken`; `expires_in_past`,
    ///   `expires_too_late`; `permission_not_held`.
    package func createKey(_ form: KeyForm, by caller: Caller) async throws(Refusal) -> CreatedKey {
        try caller.require(platform.right(.apiKeys, .create))
        let user = caller.account.user
        let now = caller.occasion.at
        var checks = FieldChecks()
        let name = checks.check { () throws(Refusal) in try KeyName(form.name) }
        let expiry = checks.check { () throws(Refusal) in
            try Expiry.choose(form.expiresOn, now: now, in: user.timeZone.timeZone)
        }
        if let asked = form.permissions, !asked.isSubset(of: caller.permissions) {
            checks.note("permissions", .permissionNotHeld)
        }
        try checks.finish()
        guard let name, let expiry else { preconditionFailure("Each field was checked or its fault was thrown.") }

        let secret = Secret.generate(prefix: platform.keyPrefix)
        let right = platform.right(.apiKeys, .create)
        let (key, revision) = try await write(by: caller, needing: right) { transaction, caller throws(StoreError) in
            let limits = try Registry.limits(of: form, expiry, by: caller, in: transaction)
            let key = Key(
                id: .random(), owner: user.id, name: name, last4: secret.last4, createdAt: now, expiry: limits.expiry,
                confirmedAt: form.awaitsConfirmation ? nil : now, subset: limits.subset,
                granted: limits.subset.map(caller.permissions.intersection) ?? caller.permissions)
            try transaction.insert(key, digest: secret.digest)
            try transaction.append(AuditEvent(.keyCreated, key.id, by: caller, after: name.text))
            return (key, try transaction.note([.key(key.id)]))
        }
        _ = await propagation.settle(revision)
        return CreatedKey(key: key, secret: secret)
    }

    /// A key made with a key has neither more rights nor a longer life than the one that made it.
    private static func limits(
        of form: KeyForm, _ expiry: Expiry, by caller: Caller, in transaction: any ReadTransaction
    ) throws(StoreError) -> (expiry: Expiry, subset: PermissionSet?) {
        guard case .key(let id, let own) = caller.means, let maker = try transaction.key(id) else {
            return (expiry, form.permissions)
        }
        if form.expiresOn != nil, expiry.end > maker.expiry.end {
            throw .refused(.field("expires_on", .expiresTooLate))
        }
        return (expiry.end > maker.expiry.end ? maker.expiry : expiry, form.permissions ?? own)
    }

    /// "I have copied the key": from now on it works. Saying it again changes nothing, and yet waits for every node by a
    /// revision of its own: whoever asks again has lost the first answer, and nobody knows whether its commit will last.
    ///
    /// - Throws: `not_found`; `confirmation_too_late` a day after the key was shown.
    package func confirmKey(_ id: ID<Key>, by caller: Caller) async throws(Refusal) -> Key {
        let right = platform.right(.apiKeys, .create)
        try caller.requireOwn(right)
        let owner = caller.account.user.id
        let now = caller.occasion.at
        let (key, revision) = try await write(by: caller) { transaction, caller throws(StoreError) in
            try refusing { () throws(Refusal) in try caller.requireOwn(right) }
            guard var key = try transaction.key(id), key.owner == owner, key.deletedAt == nil else {
                throw .refused(.notFound)
            }
            guard key.confirmedAt == nil else { return (key, try transaction.note([.key(id)])) }
            guard now.since(key.createdAt) < Key.confirmationLimit else {
                throw .refused(Refusal(.conflict, .confirmationTooLate))
            }
            try transaction.confirmKey(id, at: now)
            key.confirmedAt = now
            try transaction.append(AuditEvent(.keyConfirmed, id, by: caller))
            return (key, try transaction.note([.key(id)]))
        }
        _ = await propagation.settle(revision)
        return key
    }

    /// A page of the caller's own keys.
    package func keys(_ query: KeyQuery, by caller: Caller) async throws(Refusal) -> KeyPage {
        try caller.requireOwn(platform.right(.apiKeys, .read))
        var query = query
        query.scope = .user(caller.account.user.id)
        return try await read { [query] transaction throws(StoreError) in try transaction.keys(query) }
    }

    /// One of the caller's own keys. Somebody else's, a deleted one and none at all are told apart by nobody.
    package func key(_ id: ID<Key>, by caller: Caller) async throws(Refusal) -> Key {
        try caller.requireOwn(platform.right(.apiKeys, .read))
        let key = try await read { transaction throws(StoreError) in try transaction.key(id) }
        guard let key, key.owner == caller.account.user.id, key.deletedAt == nil else { throw .notFound }
        return key
    }

    package func keyCounts(by caller: Caller) async throws(Refusal) -> KeyCounts {
        let (owner, now) = (caller.account.user.id, caller.occasion.at)
        return try await read { transaction throws(StoreError) in try transaction.keyCounts(of: owner, now: now) }
    }

    package func keySummary(by caller: Caller) async throws(Refusal) -> KeySummary {
        let (owner, now) = (caller.account.user.id, caller.occasion.at)
        return try await read { transaction throws(StoreError) in
            try transaction.keySummary(of: owner, now: now)
        }
    }

    package func isNameTaken(_ name: KeyName, by caller: Caller) async throws(Refusal) -> Bool {
        let owner = caller.account.user.id
        return try await read { transaction throws(StoreError) in
            try transaction.isNameTaken(name, owner: owner)
        }
    }

    /// Deletes keys of the caller. When it returns, no node accepts them any more.
    ///
    /// - Throws: `not_found` when a selection names nothing that can be deleted, because it is deleted already or never
    ///   was; no node accepts it then either.
    package func deleteKeys(_ selection: KeySelection, by caller: Caller) async throws(Refusal) -> Deletion {
        let right = platform.right(.apiKeys, .delete)
        try caller.requireOwn(right)
        let owner = caller.account.user.id
        let now = caller.occasion.at
        let (deleted, revision) = try await write(by: caller) { transaction, caller throws(StoreError) in
            try refusing { () throws(Refusal) in try caller.requireOwn(right) }
            let deleted: [ID<Key>]
            switch selection {
            case .all: deleted = try transaction.deleteAllKeys(of: owner, at: now)
            case .some(let ids): deleted = try transaction.deleteKeys(ids, of: owner, at: now)
            }
            // To delete all where nothing is left is a revision too: the answer stands on a commit of its own, not on
            // one whose outcome nobody knows yet.
            if case .some(let ids) = selection, deleted.isEmpty {
                return try Registry.deletedAgain(ids, in: transaction) { $0.owner == owner }
            }
            try Registry.recordDeletion(of: deleted, by: caller, in: transaction)
            let changes: [Change] = selection == .all ? [.keysOfUser(owner)] : deleted.map(Change.key)
            return (deleted.count, try transaction.note(changes))
        }
        let settlement = await propagation.settle(revision)
        if deleted == 0, selection != .all { throw .notFound }
        return Deletion(deleted: deleted, settlement: settlement)
    }

    /// What to wait for before "not found" is said of keys that are deleted already. Whoever lost the first answer and
    /// asks again takes it for "deleted", and that must be so on every node; the revision is a new one, since nobody
    /// knows whether the first commit will last.
    ///
    /// - Throws: `not_found` where none of the keys was theirs to delete.
    static func deletedAgain(
        _ keys: [ID<Key>], in transaction: any WriteTransaction, where isTheirs: (Key) throws(StoreError) -> Bool
    ) throws(StoreError) -> (deleted: Int, revision: Revision) {
        var known: [Change] = []
        for id in keys {
            if let key = try transaction.key(id), try isTheirs(key) { known.append(.key(id)) }
        }
        guard !known.isEmpty else { throw .refused(.notFound) }
        return (0, try transaction.note(known))
    }

    /// One audit row a key, with the name that it had. In few statements: who has a hundred thousand keys and deletes
    /// them all must not keep every other writer waiting for twice as many answers of a database far away.
    static func recordDeletion(
        of keys: [ID<Key>], by caller: Caller, in transaction: any WriteTransaction
    ) throws(StoreError) {
        let names = try transaction.keyNames(keys)
        try transaction.append(keys.map { AuditEvent(.keyDeleted, $0, by: caller, before: names[$0]) })
    }
}
