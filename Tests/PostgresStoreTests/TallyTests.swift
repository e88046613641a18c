import KeyCore
import Logging
import Synchronization
import Testing

@testable import Gateway
@testable import PostgresStore

/// What verifying has gathered goes to the database in parts that no time limit of a statement cuts short.
@Suite(.timeLimit(.minutes(5)))
struct TallyTests {
    private static let keys = 10...4_509

    @Test func whatWasGatheredIsWrittenInParts() async throws {
        try await withTallies { database, store, _, uses, refusals in
            await uses.flush()
            #expect(store.writes == 23)
            await refusals.flush()
            #expect(store.writes == 46)
            #expect(uses.waiting + refusals.waiting == 0)
            let written = try database.number("SELECT count(*) FROM key_uses WHERE last_used_at = 7")
            #expect(written == 4_500)
            #expect(try database.number("SELECT count(*) FROM key_refusals") == 4_500)
            await uses.flush()
            #expect(store.writes == 46, "what was written is not written again")
        }
    }

    @Test func usesThatCannotBeWrittenAreKeptAndNothingElse() async throws {
        try await withTallies { database, store, index, uses, refusals in
            store.closeAfterWriting(1)
            await uses.flush()
            #expect(uses.waiting == 4_300)
            await refusals.flush()
            #expect(refusals.waiting == 0)
            let written = try database.number("SELECT count(*) FROM key_uses WHERE last_used_at = 7")
            #expect(written == 200)
            let kept = ID<Key>(rawValue: Int64(try #require(try database.number(TallyTests.unwritten))))
            index.keepUses([(key: kept, use: KeyUse(last: Timestamp(milliseconds: 8)))])
            #expect(uses.waiting == 4_300, "one key is one entry")
            index.use(kept, at: Timestamp(milliseconds: 9))
            #expect(uses.waiting == 4_300, "wherever it is noted")
        }
    }

    private static let unwritten: SQL = """
        SELECT min(id) FROM keys WHERE id >= \(keys.lowerBound) AND id NOT IN (SELECT key_id FROM key_uses)
        """

    private func withTallies(
        _ body: (TestDatabase, CountingStore, GrantIndex, UsageTally, RefusalTally) async throws -> Void
    ) async throws {
        try await withDatabase { database in
            _ = try database.filled()
            try database.add(keys: TallyTests.keys)
            let store = CountingStore(try database.open())
            defer { store.close() }
            let index = GrantIndex()
            let uses = UsageTally(index: index, store: store, logger: Logger(label: "test"))
            let refusals = RefusalTally(store: store, logger: Logger(label: "test"))
            let attempt = Attempt(address: "192.0.2.1", method: "GET", path: "/")
            for id in TallyTests.keys.map({ ID<Key>(rawValue: Int64($0)) }) {
                index.keepUses([(key: id, use: KeyUse(last: Timestamp(milliseconds: 7)))])
                refusals.note(
                    KeyRefusal(
                        key: id, at: Timestamp(milliseconds: 7), attempt: attempt, code: "deleted", permission: nil))
            }
            try await body(database, store, index, uses, refusals)
        }
    }
}

extension GrantIndex {
    /// Has a verify accept a key, the only one that the index holds.
    fileprivate func use(_ key: ID<Key>, at moment: Timestamp) {
        let owner = Owner(
            user: ID(rawValue: 3), name: "Ada", company: ID(rawValue: 1), companyName: "Engines", role: "Viewer",
            permissions: PermissionSet(), isBlocked: false)
        let grant = Grant(
            key: key, digest: Digest(of: [1]), owner: owner.user, name: "Lobby", createdAt: moment,
            expiresAt: moment.advanced(by: .seconds(1)), state: .confirmed, subset: nil)
        var content = Content(revision: .zero)
        content.set(owner)
        content.set(grant)
        load(content)
        let decision = decide(grant.digest, .validKey, now: moment) { "192.0.2.1" }.decision
        if case .refused(let reason) = decision { Issue.record("\(reason)") }
    }
}

/// A store that counts what is written, and may be closed between one write and the next.
private final class CountingStore: Store {
    private let store: PostgresStore
    private let counted = Atomic(0)
    private let last = Atomic(Int.max)

    init(_ store: PostgresStore) {
        self.store = store
    }

    var writes: Int { counted.load(ordering: .relaxed) }
    var following: Following { store.following }

    func closeAfterWriting(_ times: Int) {
        last.store(times, ordering: .relaxed)
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        try await store.read(body)
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let value = try await store.write(body)
        if counted.add(1, ordering: .relaxed).newValue == last.load(ordering: .relaxed) { store.close() }
        return value
    }

    func close() { store.close() }
}
