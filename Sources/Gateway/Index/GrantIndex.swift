import KeyCore
import Synchronization

/// Every key in memory, by its digest: what verifying looks at instead of the database.
///
/// It holds every key that the store does, so a miss is final: a flood of made-up keys reaches no database. Owners
/// stand beside the keys, so that a changed role touches one entry. The keys are spread over tables with a lock each:
/// event loops rarely meet at one, and whoever writes holds up one in sixty-four.
package final class GrantIndex: Sendable {
    static let tableCount = 64

    /// A whole index as one value, made by one consistent read of the store.
    package struct Content: Sendable {
        fileprivate var tables = [KeyTable](repeating: KeyTable(), count: GrantIndex.tableCount)
        fileprivate var owners: [ID<User>: OwnerEntry] = [:]
        package var revision: Revision

        package init(revision: Revision) {
            self.revision = revision
        }

        package mutating func set(_ owner: Owner) {
            owners.entry(of: owner.user).set(owner)
        }

        package mutating func set(_ grant: Grant) {
            let owner = owners.entry(of: grant.owner)
            tables[GrantIndex.table(of: grant.digest)].set(grant, owner: owner)
        }
    }

    /// What a revision changed, as the store has it now.
    package struct Update: Sendable {
        package var grants: [Grant] = []
        package var owners: [Owner] = []
        package let revision: Revision

        package init(grants: [Grant] = [], owners: [Owner] = [], revision: Revision) {
            self.grants = grants
            self.owners = owners
            self.revision = revision
        }
    }

    private final class Table: Sendable {
        let keys = Mutex(KeyTable())
    }

    fileprivate struct Standing {
        var owners: [ID<User>: OwnerEntry] = [:]
        var revision = Revision.zero
        /// How many revisions the last read of changes brought.
        var step: Int64 = 0
        /// Of an index that was replaced, and of uses that could not be written.
        var uses: [ID<Key>: KeyUse] = [:]
    }

    private let tables = (0..<tableCount).map { _ in Table() }
    private let standing = Mutex(Standing())
    /// The store's change mark that was read before what the index holds. It follows the tables: once it shows a
    /// mark, the changes behind that mark are in.
    private let appliedMark = Atomic<UInt64>(0)
    private let loaded = Atomic<Bool>(false)

    package init() {}

    /// Whether the index holds everything that was acknowledged when the store showed this mark.
    package func isCurrent(at mark: UInt64) -> Bool {
        isLoaded && appliedMark.load(ordering: .acquiring) >= mark
    }

    package var isLoaded: Bool { loaded.load(ordering: .acquiring) }

    package var revision: Revision { standing.withLock(\.revision) }

    /// How many keys it holds, deleted ones included.
    package var count: Int { tables.reduce(0) { $0 + $1.keys.withLock(\.count) } }

    /// The last bits of the first word: uniformly random, and not those by which the table finds its slot.
    private static func table(of digest: Digest) -> Int { Int(digest.words.0 % UInt64(tableCount)) }
}

// MARK: - Looking up

extension GrantIndex {
    /// Looks at the table that would hold a key, and at the key's place in it. Short: others wait for the table.
    func withTable<Value: Sendable>(of digest: Digest, _ body: (inout KeyTable, Int?) -> Value) -> Value {
        tables[GrantIndex.table(of: digest)].keys.withLock { body(&$0, $0.place(of: digest)) }
    }

    /// - Returns: the decision, and the key that it is about where there is one.
    package func decide(
        _ digest: Digest, _ requirement: Requirement, now: Timestamp, from address: () -> String
    ) -> (decision: Decision, key: ID<Key>?) {
        withTable(of: digest) { table, place in
            guard let place, let card = table.entries[place].owner.card else { return (.refused(.unknown), nil) }
            let decision = KeyCore.decide(
                grant: table.grant(at: place, digest: digest), owner: card.owner, requirement, now: now)
            if case .accepted = decision { table.noteUse(of: place, at: now, from: address()) }
            return (decision, table.entries[place].key)
        }
    }
}

// MARK: - Following the store

extension GrantIndex {
    /// - Parameter mark: the store's change mark from before the read that made the content, where it has one.
    package func load(_ new: consuming Content, mark: UInt64 = 0) {
        var uses: [(key: ID<Key>, use: KeyUse)] = []
        for (index, table) in tables.enumerated() {
            var next = KeyTable()
            swap(&next, &new.tables[index])
            next.trim()
            // What was there before is let go outside the lock: nobody waits for a million entries to be freed.
            table.keys.withLock { swap(&$0, &next) }
            uses += next.takeUses()
        }
        let (owners, revision) = (new.owners, new.revision)
        standing.withLock { standing in
            standing.owners = owners
            standing.advance(to: revision)
            standing.keep(uses)
        }
        appliedMark.store(mark, ordering: .releasing)
        loaded.store(true, ordering: .releasing)
    }

    /// Owners come first, so that a new key never meets what its owner might do before.
    package func apply(_ update: Update, mark: UInt64 = 0) {
        for owner in update.owners { entry(of: owner.user).set(owner) }
        for grant in update.grants {
            let owner = entry(of: grant.owner)
            tables[GrantIndex.table(of: grant.digest)].keys.withLock { $0.set(grant, owner: owner) }
        }
        standing.withLock { $0.advance(to: update.revision) }
        appliedMark.store(mark, ordering: .releasing)
    }

    private func entry(of user: ID<User>) -> OwnerEntry {
        standing.withLock { $0.owners.entry(of: user) }
    }
}

extension Dictionary where Key == ID<User>, Value == OwnerEntry {
    fileprivate mutating func entry(of user: ID<User>) -> OwnerEntry {
        if let entry = self[user] { return entry }
        let entry = OwnerEntry(user)
        self[user] = entry
        return entry
    }
}

// MARK: - Its size

extension GrantIndex {
    /// How much it holds, at about one moment.
    struct Size: Sendable {
        var keys = 0
        let owners: Int
        /// What the arrays of keys take, with the room that they have in advance. Owners, of whom there are far fewer,
        /// are not counted.
        var bytes = 0
    }

    var size: Size {
        let size = Size(owners: standing.withLock(\.owners.count))
        return tables.reduce(into: size) { size, table in
            let (keys, bytes) = table.keys.withLock { ($0.count, $0.bytes) }
            size.keys += keys
            size.bytes += bytes
        }
    }

    /// How many revisions behind it was when changes were last read.
    var lastStep: Int64 { standing.withLock(\.step) }
}

// MARK: - Uses

extension GrantIndex {
    /// How keys were used since the last call, handed over.
    package func takeUses() -> [ID<Key>: KeyUse] {
        var uses = standing.withLock { standing in
            defer { standing.uses = [:] }
            return standing.uses
        }
        for table in tables {
            for (key, use) in table.keys.withLock({ $0.takeUses() }) { uses.note(use, of: key) }
        }
        return uses
    }

    /// Takes back what could not be written. Bounded by the number of keys.
    package func keepUses(_ uses: some Sequence<(key: ID<Key>, use: KeyUse)>) {
        standing.withLock { $0.keep(uses) }
    }

    /// Keys with a use that was not taken yet.
    package var waitingUses: Int {
        let kept = standing.withLock { Set($0.uses.keys) }
        guard !kept.isEmpty else { return tables.reduce(0) { $0 + $1.keys.withLock(\.waitingUses) } }
        return tables.reduce(into: kept) { keys, table in keys.formUnion(table.keys.withLock(\.usedKeys)) }.count
    }
}

extension GrantIndex.Standing {
    fileprivate mutating func advance(to next: Revision) {
        // What is read first is no step, and a database that was put back is not ahead.
        step = revision == .zero ? 0 : max(0, next.number - revision.number)
        revision = next
    }

    mutating func keep(_ taken: some Sequence<(key: ID<Key>, use: KeyUse)>) {
        for (key, use) in taken { uses.note(use, of: key) }
    }
}

extension [ID<KeyCore.Key>: KeyUse] {
    fileprivate mutating func note(_ use: KeyUse, of key: ID<KeyCore.Key>) {
        if self[key]?.add(use) == nil { self[key] = use }
    }
}
