import KeyCore
import Synchronization

/// Every key in memory, by its digest: what verifying looks at instead of the database.
///
/// It holds every key that the store does, so a miss is final: a flood of made-up keys reaches no database.
/// Owners stand beside the keys, so that a changed role touches one entry.
package final class GrantIndex: Sendable {
    /// A whole index as one value, made by one consistent read of the store.
    package struct Content: Sendable {
        fileprivate var grants: [Digest: Grant] = [:]
        fileprivate var owners: [ID<User>: Owner] = [:]
        package var revision: Revision

        package init(revision: Revision) {
            self.revision = revision
        }

        package mutating func set(_ grant: Grant) { grants[grant.digest] = grant }
        package mutating func set(_ owner: Owner) { owners[owner.user] = owner }
    }

    /// What a revision changed, as the store has it now.
    package struct Update: Sendable {
        package var grants: [Grant] = []
        package var owners: [Owner] = []
        package let revision: Revision
    }

    /// Entries that are written under one hold of the lock: well below a millisecond.
    private static let appliedAtATime = 1_000

    private let content = Mutex(Content(revision: .zero))
    /// The store's change mark that was read before what the index holds. It follows `content`: once it shows a
    /// mark, the changes behind that mark are in.
    private let appliedMark = Atomic<UInt64>(0)
    private let loaded = Atomic<Bool>(false)

    package init() {}

    /// Whether the index holds everything that was acknowledged when the store showed this mark.
    package func isCurrent(at mark: UInt64) -> Bool {
        isLoaded && appliedMark.load(ordering: .acquiring) >= mark
    }

    package var isLoaded: Bool { loaded.load(ordering: .acquiring) }

    package var revision: Revision { content.withLock(\.revision) }

    /// How many keys it holds, deleted ones included.
    package var count: Int { content.withLock { $0.grants.count } }

    /// - Returns: the decision, and the key that it is about where there is one.
    package func decide(
        _ digest: Digest, _ requirement: Requirement, now: Timestamp
    ) -> (decision: Decision, key: ID<Key>?) {
        let (grant, owner) = content.withLock { content in
            let grant = content.grants[digest]
            return (grant, grant.flatMap { content.owners[$0.owner] })
        }
        return (KeyCore.decide(grant: grant, owner: owner, requirement, now: now), grant?.key)
    }

    /// - Parameter mark: the store's change mark from before the read that made the content, where it has one.
    package func load(_ new: Content, mark: UInt64 = 0) {
        // What was there before is let go outside the lock: verifying must not wait for a million entries to be freed.
        let old = content.withLock { content in
            defer { content = new }
            return content
        }
        withExtendedLifetime(old) {}
        appliedMark.store(mark, ordering: .releasing)
        loaded.store(true, ordering: .releasing)
    }

    /// A part at a time: verifying waits for the lock, and an update may be as large as the index. Owners come first, so
    /// that a new key never meets what its owner might do before.
    package func apply(_ update: Update, mark: UInt64 = 0) {
        for owners in update.owners.parts(of: GrantIndex.appliedAtATime) {
            content.withLock { content in owners.forEach { content.set($0) } }
        }
        for grants in update.grants.parts(of: GrantIndex.appliedAtATime) {
            content.withLock { content in grants.forEach { content.set($0) } }
        }
        content.withLock { $0.revision = update.revision }
        appliedMark.store(mark, ordering: .releasing)
    }
}
