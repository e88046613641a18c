/// A key with the one whose it is, for those who look after a company's keys.
package struct CompanyKey: Sendable {
    package let key: Key
    package let owner: Account
}

extension Registry {
    /// A page of all keys of the caller's company, with the number of all that match and where the next page starts.
    ///
    /// - Throws: `missing_permission` without `users:read` and `api-keys:read`.
    package func companyKeys(
        _ query: KeyQuery, by caller: Caller
    ) async throws(Refusal) -> (keys: [CompanyKey], total: Int, next: KeyQuery.Cursor?) {
        try caller.require(platform.right(.users, .read))
        try caller.require(platform.right(.apiKeys, .read))
        var query = query
        query.scope = .company(caller.account.company.id)
        return try await read { [query] transaction throws(StoreError) in
            let page = try transaction.keys(query)
            var owners: [ID<User>: Account] = [:]
            for id in Set(page.keys.map(\.owner)) { owners[id] = try transaction.account(id) }
            let keys = page.keys.compactMap { key in owners[key.owner].map { CompanyKey(key: key, owner: $0) } }
            return (keys, page.total, page.next)
        }
    }

    /// Deletes a key of a colleague. When it returns, no node accepts it any more.
    ///
    /// - Throws: `missing_permission` without `users:read` and `api-keys:delete`; `not_found`.
    package func deleteCompanyKey(_ id: ID<Key>, by caller: Caller) async throws(Refusal) -> Deletion {
        try caller.require(platform.right(.users, .read))
        try caller.require(platform.right(.apiKeys, .delete))
        let right = platform.right(.apiKeys, .delete)
        let revision = try await write(by: caller, needing: right) { transaction, caller throws(StoreError) in
            guard let key = try transaction.key(id), key.deletedAt == nil,
                let owner = try transaction.account(key.owner), owner.company.id == caller.account.company.id
            else { throw .refused(.notFound) }
            _ = try transaction.deleteKeys([id], of: key.owner, at: caller.occasion.at)
            try Registry.recordDeletion(of: [id], by: caller, in: transaction)
            return try transaction.note([.key(id)])
        }
        return Deletion(deleted: 1, settlement: await propagation.settle(revision))
    }

    /// A page of the company's audit log, the newest first.
    ///
    /// - Throws: `missing_permission` without `settings:read`.
    package func auditLog(_ query: AuditQuery, by caller: Caller) async throws(Refusal) -> [AuditEntry] {
        try caller.require(platform.right(.settings, .read))
        var query = query
        query.company = caller.account.company.id
        return try await read { [query] transaction throws(StoreError) in try transaction.auditEntries(query) }
    }
}
