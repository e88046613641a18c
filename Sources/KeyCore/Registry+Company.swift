/// A key with the one whose it is, for those who look after a company's keys.
package struct CompanyKey: Sendable {
    package let key: Key
    package let owner: Account
}

/// One page of a company's keys.
package struct CompanyKeyPage: Sendable {
    package let keys: [CompanyKey]
    /// How many keys match in all.
    package let total: Int
    /// Where the next page starts, if there is one.
    package let next: KeyQuery.Cursor?
}

extension Registry {
    /// A page of all keys of the caller's company.
    ///
    /// - Throws: `missing_permission` without `users:read` and `api-keys:read`.
    package func companyKeys(_ query: KeyQuery, by caller: Caller) async throws(Refusal) -> CompanyKeyPage {
        try caller.require(platform.right(.users, .read))
        try caller.require(platform.right(.apiKeys, .read))
        var query = query
        query.scope = .company(caller.account.company.id)
        return try await read { [query] transaction throws(StoreError) in
            let page = try transaction.keys(query)
            var owners: [ID<User>: Account] = [:]
            for id in Set(page.keys.map(\.owner)) { owners[id] = try transaction.account(id) }
            let keys = page.keys.compactMap { key in owners[key.owner].map { CompanyKey(key: key, owner: $0) } }
            return CompanyKeyPage(keys: keys, total: page.total, next: page.next)
        }
    }

    /// Deletes a key of a colleague. When it returns, no node accepts it any more.
    ///
    /// - Throws: `missing_permission` without `users:read` and `api-keys:delete`; `not_found`.
    package func deleteCompanyKey(_ id: ID<Key>, by caller: Caller) async throws(Refusal) -> Deletion {
        try await deleteCompanyKeys([id], by: caller)
    }

    /// Deletes those of the keys that are the company's. When it returns, no node accepts them any more.
    ///
    /// - Parameter ids: at most `KeySelection.maximumCount`.
    /// - Throws: `missing_permission` without `users:read` and `api-keys:delete`; `not_found` when none can be deleted.
    package func deleteCompanyKeys(_ ids: [ID<Key>], by caller: Caller) async throws(Refusal) -> Deletion {
        try caller.require(platform.right(.users, .read))
        let right = platform.right(.apiKeys, .delete)
        try caller.require(right)
        let (deleted, revision) = try await write(by: caller, needing: right) {
            [platform] transaction, caller throws(StoreError) in
            try refusing { () throws(Refusal) in try caller.require(platform.right(.users, .read)) }
            var deleted: [ID<Key>] = []
            for id in ids {
                guard let key = try transaction.companyKey(id, of: caller)?.key else { continue }
                deleted += try transaction.deleteKeys([id], of: key.owner, at: caller.occasion.at)
            }
            if deleted.isEmpty {
                return try Registry.deletedAgain(ids, in: transaction) { (key) throws(StoreError) in
                    try transaction.account(key.owner)?.company.id == caller.account.company.id
                }
            }
            try Registry.recordDeletion(of: deleted, by: caller, in: transaction)
            return (deleted.count, try transaction.note(deleted.map(Change.key)))
        }
        let settlement = await propagation.settle(revision)
        if deleted == 0 { throw .notFound }
        return Deletion(deleted: deleted, settlement: settlement)
    }

    /// Those of the keys that are the company's and not deleted, each with whose it is, in the order asked for.
    ///
    /// - Throws: `missing_permission` without `users:read` and `api-keys:read`.
    package func companyKeys(_ ids: [ID<Key>], by caller: Caller) async throws(Refusal) -> [CompanyKey] {
        try caller.require(platform.right(.users, .read))
        try caller.require(platform.right(.apiKeys, .read))
        return try await read { transaction throws(StoreError) in
            var keys: [CompanyKey] = []
            for id in ids { if let key = try transaction.companyKey(id, of: caller) { keys.append(key) } }
            return keys
        }
    }
}

extension ReadTransaction {
    /// A key of somebody in the caller's company, unless it is deleted.
    fileprivate func companyKey(_ id: ID<Key>, of caller: Caller) throws(StoreError) -> CompanyKey? {
        guard let key = try key(id), key.deletedAt == nil, let owner = try account(key.owner),
            owner.company.id == caller.account.company.id
        else { return nil }
        return CompanyKey(key: key, owner: owner)
    }
}
