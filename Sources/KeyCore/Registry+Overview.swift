/// A person's keys at one moment: what needs their attention, how much the keys are used, and which are new.
package struct KeyOverview: Sendable {
    /// How many of each kind are named.
    package static let shown = 3
    package static let newestShown = 5
    /// How long a key may go without a first use before it is worth a word.
    package static let idleLimit = Duration.days(14)
    /// How long a refusal is worth one.
    package static let refusalLimit = Duration.days(7)

    package let counts: KeyCounts
    package let newest: [Key]
    package let uses: DailyUses
    /// Active keys that expire within `Expiry.soonDays`, the first of them first. One more than `shown` tells that
    /// there are more; so with the next two.
    package let expiring: [Key]
    /// Active keys that were never used though they are older than `idleLimit`.
    package let unused: [Key]
    package let notCopied: [Key]
    /// The keys that were refused last, at most `shown`, deleted ones included, each with its last refusal.
    package let refused: [(key: Key, last: KeyRefusal)]
}

extension Registry {
    /// What the first page of the account shows.
    package func keyOverview(by caller: Caller) async throws(Refusal) -> KeyOverview {
        try caller.requireOwn(platform.right(.apiKeys, .read))
        let (owner, now) = (caller.account.user.id, caller.occasion.at)
        let zone = caller.account.user.timeZone.timeZone
        let soon = Day(now, in: zone).adding(days: Expiry.soonDays).end(in: zone)
        return try await read { transaction throws(StoreError) in
            KeyOverview(
                counts: try transaction.keyCounts(of: owner, now: now),
                newest: try transaction.keys(KeyQuery(owner: owner, limit: KeyOverview.newestShown, now: now)).keys,
                uses: try transaction.dailyUses(ofAllKeysOf: owner, at: now),
                expiring: try transaction.first(.active, .expiring(by: soon), by: .expires, of: owner, now),
                unused: try transaction.first(.active, .neverUsed, by: .created, of: owner, now)
                    .filter { now.since($0.createdAt) >= KeyOverview.idleLimit },
                notCopied: try transaction.first(.notCopied, nil, by: .created, of: owner, now),
                refused: try transaction.lastRefusals(of: owner, now))
        }
    }
}

extension ReadTransaction {
    /// The first of a kind, and one more than is shown.
    fileprivate func first(
        _ status: Key.Status, _ condition: KeyQuery.Condition?, by order: KeyQuery.Order, of owner: ID<User>,
        _ now: Timestamp
    ) throws(StoreError) -> [Key] {
        var query = KeyQuery(
            owner: owner, status: status, order: order, descending: false, limit: KeyOverview.shown + 1, now: now)
        query.condition = condition
        return try keys(query).keys
    }

    fileprivate func lastRefusals(
        of owner: ID<User>, _ now: Timestamp
    ) throws(StoreError) -> [(key: Key, last: KeyRefusal)] {
        var found: [(key: Key, last: KeyRefusal)] = []
        for refused in try refusedKeys(of: owner).prefix(KeyOverview.shown) {
            guard let last = try refusals(of: refused.key.id).first, now.since(last.at) < KeyOverview.refusalLimit
            else { break }
            found.append((refused.key, last))
        }
        return found
    }
}
