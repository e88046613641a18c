/// Whether a key would open something, and what decides it.
package struct Explanation: Sendable {
    package let key: Key
    /// The platform's rule that names the method and path, if one does.
    package let route: Route?
    /// What a path needs that no rule names; it decides where `route` is `nil`.
    package let otherwise: RouteTable.Otherwise
    package let decision: Decision
}

extension Registry {
    /// The last refusals of one of the caller's own keys, the newest first; a deleted key's too, since being tried
    /// after its deletion is what it is refused for.
    ///
    /// - Throws: `missing_permission` for a program without `api-keys:read`; `not_found`.
    package func refusals(of id: ID<Key>, by caller: Caller) async throws(Refusal) -> [KeyRefusal] {
        try caller.requireOwn(platform.right(.apiKeys, .read))
        let owner = caller.account.user.id
        return try await read { transaction throws(StoreError) in
            guard let key = try transaction.key(id), key.owner == owner else { throw .refused(.notFound) }
            return try transaction.refusals(of: id)
        }
    }

    /// How many refusals are kept of each of the caller's own keys; without those that were never refused.
    package func refusalCounts(of keys: [Key], by caller: Caller) async throws(Refusal) -> [ID<Key>: Int] {
        try caller.requireOwn(platform.right(.apiKeys, .read))
        let ids = keys.filter { $0.owner == caller.account.user.id }.map(\.id)
        return try await read { transaction throws(StoreError) in try transaction.refusalCounts(of: ids) }
    }

    /// The caller's own keys that were refused, the last refused first, each with its number of kept refusals.
    package func refusedKeys(by caller: Caller) async throws(Refusal) -> [RefusedKey] {
        try caller.requireOwn(platform.right(.apiKeys, .read))
        let owner = caller.account.user.id
        return try await read { transaction throws(StoreError) in try transaction.refusedKeys(of: owner) }
    }

    /// Whether one of the caller's own keys would be allowed a request now. Nothing is counted as a use.
    ///
    /// - Throws: `missing_permission` for a program without `api-keys:read`; `not_found`.
    package func explain(
        _ id: ID<Key>, method: String, target: String, by caller: Caller
    ) async throws(Refusal) -> Explanation {
        try caller.requireOwn(platform.right(.apiKeys, .read))
        let (owner, now) = (caller.account.user.id, caller.occasion.at)
        let finding = platform.routes.finding(method: method, target: target)
        return try await read { [platform] transaction throws(StoreError) in
            guard let key = try transaction.key(id), key.owner == owner else { throw .refused(.notFound) }
            let decision = KeyCore.decide(
                grant: try transaction.grant(id), owner: try transaction.owner(owner), finding.requirement, now: now)
            return Explanation(
                key: key, route: finding.route, otherwise: platform.routes.otherwise, decision: decision)
        }
    }
}

/// A key that was refused of late.
package struct RefusedKey: Hashable, Sendable {
    package let key: Key
    /// At most `KeyRefusal.kept`.
    package let refusals: Int

    package init(key: Key, refusals: Int) {
        self.key = key
        self.refusals = refusals
    }
}
