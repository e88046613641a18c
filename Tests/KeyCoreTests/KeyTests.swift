import KeyCore
import Testing

struct KeyTests {
    private let end = Timestamp(milliseconds: 1_782_939_600_000)
    private var start: Timestamp { end.advanced(by: .days(-30)) }

    @Test func statusFollowsTheKeysLife() {
        var key = key()
        #expect(key.status(at: start) == .notCopied)
        #expect(key.status(at: end) == .notCopied, "what never worked does not expire")
        key.confirmedAt = start
        #expect(key.status(at: end.advanced(by: .milliseconds(-1))) == .active)
        #expect(key.status(at: end) == .expired)
        key.deletedAt = end
        #expect(key.status(at: start) == .deleted)
    }

    /// The list and the verifying look at the same key, and must not disagree.
    @Test func statusIsActiveExactlyWhenTheDecisionIsYes() {
        let owner = Owner(
            user: key().owner, name: "Ada", company: ID(rawValue: 1), companyName: "Engines", role: "Viewer",
            permissions: PermissionSet(), isBlocked: false)
        for confirmedAt in [nil, start] {
            for deletedAt in [nil, start] {
                for now in [start, end.advanced(by: .milliseconds(-1)), end, end.advanced(by: .milliseconds(1))] {
                    let key = key(confirmedAt: confirmedAt, deletedAt: deletedAt)
                    let grant = Grant(
                        key: key.id, digest: Digest(of: []), owner: key.owner, name: "Lobby", createdAt: start,
                        expiresAt: end,
                        state: deletedAt != nil ? .deleted : confirmedAt != nil ? .confirmed : .notCopied,
                        subset: nil)
                    let decision = decide(grant: grant, owner: owner, .validKey, now: now)
                    if case .accepted = decision {
                        #expect(key.status(at: now) == .active)
                    } else {
                        #expect(key.status(at: now) != .active)
                    }
                }
            }
        }
    }

    @Test func limitOfAPageIsBounded() {
        for (asked, given) in [(0, 1), (-5, 1), (50, 50), (100, 100), (101, 100), (Int.max, 100)] {
            #expect(KeyQuery(owner: ID(rawValue: 1), limit: asked, now: start).limit == given)
        }
    }

    private func key(confirmedAt: Timestamp? = nil, deletedAt: Timestamp? = nil) -> Key {
        Key(
            id: ID(rawValue: 4), owner: ID(rawValue: 3), name: KeyName(stored: "Lobby"), last4: "Ab3x",
            createdAt: start, expiry: Expiry(day: Day(end, in: .gmt), end: end), confirmedAt: confirmedAt,
            deletedAt: deletedAt)
    }
}
