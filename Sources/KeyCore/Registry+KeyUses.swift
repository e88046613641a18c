extension Registry {
    /// How often each of the caller's own keys was used on each of the last days; without those that were not.
    package func dailyUses(of keys: [Key], by caller: Caller) async throws(Refusal) -> [ID<Key>: DailyUses] {
        try caller.requireOwn(platform.right(.apiKeys, .read))
        let now = caller.occasion.at
        let first = DailyUses(at: now).first
        let used = keys.filter { key in
            key.owner == caller.account.user.id && key.lastUsedAt.map { $0.dayNumber >= first } ?? false
        }
        guard !used.isEmpty else { return [:] }
        let ids = used.map(\.id)
        return try await read { transaction throws(StoreError) in try transaction.dailyUses(of: ids, at: now) }
    }
}
