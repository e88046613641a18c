/// How a key is used, for the one who waits for it to be.
extension Registry {
    /// One of their own keys, for a person at a browser who waits for its first use; asked again while they wait.
    ///
    /// - Parameter now: the moment of asking, since the caller's own may be minutes ago.
    /// - Throws: `not_signed_in` for a program, and once the session has ended; `not_found`, once it is deleted too.
    package func awaitedKey(_ id: ID<Key>, by caller: Caller, at now: Timestamp) async throws(Refusal) -> Key {
        let digest = try caller.requireSession()
        return try await read { transaction throws(StoreError) in
            guard try transaction.session(digest)?.isLive(at: now) == true,
                let caller = try caller.renewed(in: transaction)
            else { throw .refused(.notSignedIn) }
            guard let key = try transaction.key(id), key.owner == caller.account.user.id, key.deletedAt == nil else {
                throw .refused(.notFound)
            }
            return key
        }
    }

    /// The first uses of keys, whoever owns them: for the node itself, which tells each only to the key's owner.
    package func firstUses(of keys: [ID<Key>]) async throws(Refusal) -> [ID<Key>: FirstUse] {
        try await read { transaction throws(StoreError) in try transaction.firstUses(of: keys) }
    }

    /// How often one of the caller's own keys was used on each of the last days.
    ///
    /// - Throws: `missing_permission` for a program without `api-keys:read`; `not_found`.
    package func dailyUses(of id: ID<Key>, by caller: Caller) async throws(Refusal) -> DailyUses {
        let now = caller.occasion.at
        _ = try await key(id, by: caller)
        return try await read { transaction throws(StoreError) in
            try transaction.dailyUses(of: [id], at: now)[id] ?? DailyUses(at: now)
        }
    }
}
