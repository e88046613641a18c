/// When people last edited what they had written in the discussions, so that nobody floods a store with edits.
///
/// Topics and replies keep the moment of their last edit only, so edits are counted here, in the memory of a node: on two
/// nodes somebody may edit twice as often, and a node that starts anew has forgotten. That is enough, for it bounds what
/// one person costs; nothing else hangs on it.
struct EditTally: Sendable {
    /// Bounds the memory that made-up accounts can take; past it those who wrote longest ago are forgotten.
    static let maximumPeople = 10_000

    /// The latest first, of each no more than the pace looks at.
    private var moments: [ID<User>: [Timestamp]] = [:]

    /// - Throws: `rate_limited`, with the time to wait. Such an edit is not counted.
    mutating func count(by person: ID<User>, at now: Timestamp) throws(Refusal) {
        let before = moments[person] ?? []
        try Discussions.Pace.editing.require(after: before, at: now)
        if before.isEmpty { makeRoom() }
        moments[person] = Array(([now] + before).prefix(Discussions.Pace.editing.most))
    }

    private mutating func makeRoom() {
        guard moments.count >= EditTally.maximumPeople else { return }
        let cutoff = moments.values.compactMap(\.first).sorted()[EditTally.maximumPeople / 2]
        moments = moments.filter { $0.value.first.map { $0 > cutoff } ?? false }
    }
}
