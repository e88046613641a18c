import Gateway
import KeyCore
import Testing

/// How whoever follows a store reads what it missed: what changed, or everything anew.
///
///     @Test(arguments: CatchUpConformance.guarantees)
///     func keeps(_ guarantee: CatchUpGuarantee) async throws { try await guarantee.check(reader(keys: guarantee.keys)) }
package enum CatchUpConformance {
    package static let guarantees = [
        CatchUpGuarantee("changesThatAreFewerThanItsKeysAreReadInsteadOfEverything", keys: 20_000) { reader in
            try await reader.delete(keys: 1...15_000)
            try await reader.catchUp()
            #expect(reader.index.deleted(of: 1...20_000) == 15_000)
            #expect(!reader.index.isReadAnew)
        },
        CatchUpGuarantee("everythingIsReadWhenMoreHasChangedThanItHolds", keys: 20_000) { reader in
            try await reader.add(keys: 20_001...45_000)
            try await reader.catchUp()
            #expect(reader.index.count == 45_000)
            #expect(reader.index.isReadAnew)
        },
        CatchUpGuarantee("aFewThousandChangesAreReadHoweverFewKeysThereAreAndNoMore", keys: 10) { reader in
            try await reader.delete(keys: 1...10_000)
            try await reader.catchUp()
            #expect(reader.index.deleted(of: 1...10) == 10)
            #expect(!reader.index.isReadAnew)
            try await reader.delete(keys: 1...10_001)
            try await reader.catchUp()
            #expect(reader.index.isReadAnew)
        },
        CatchUpGuarantee("keysThatWereDeletedAllAtOnceAreReadByTheirOwner", keys: 5_000) { reader in
            try await reader.deleteAllKeys()
            try await reader.catchUp()
            #expect(reader.index.deleted(of: 1...5_000) == 5_000)
            #expect(!reader.index.isReadAnew)
        },
    ]
}

/// Follows a store whose rows somebody else changes. Keys are those of one owner, `Grant.ownerOfNumbers`, and their
/// digests `Digest.of(number:)`.
package protocol CatchingUp: Sendable {
    var index: GrantIndex { get }

    /// Writes keys, and that they have changed, as one revision.
    func add(keys: ClosedRange<Int>) async throws
    /// Deletes keys, and notes that so many have changed, whether there are as many or not, as one revision.
    func delete(keys: ClosedRange<Int>) async throws
    /// Deletes all keys, and notes that alone of their owner.
    func deleteAllKeys() async throws
    /// Returns when the index has all of that.
    func catchUp() async throws
}

/// One promise, named by what it guarantees.
package struct CatchUpGuarantee: Sendable, CustomTestStringConvertible {
    package let testDescription: String
    /// How many keys there are, numbered from 1, when the index is read for the first time.
    package let keys: Int
    private let body: @Sendable (any CatchingUp) async throws -> Void

    fileprivate init(_ name: String, keys: Int, body: @escaping @Sendable (any CatchingUp) async throws -> Void) {
        testDescription = name
        self.keys = keys
        self.body = body
    }

    package func check(_ reader: some CatchingUp) async throws {
        #expect(reader.index.count == keys)
        reader.index.addGhost()
        try await body(reader)
    }
}

extension Grant {
    package static let ownerOfNumbers = ID<User>(rawValue: 3)

    /// A key that no database has: it is in the index until everything is read anew.
    fileprivate static let ghost = Grant(
        key: .random(), digest: Digest(of: Array("of no database".utf8)), owner: ownerOfNumbers, name: "Ghost",
        createdAt: .ofCatchingUp, expiresAt: .ofCatchingUp, state: .confirmed, subset: nil)
}

extension Timestamp {
    /// While the keys are valid.
    fileprivate static let ofCatchingUp = Timestamp(milliseconds: 1_768_478_402_000)
}

extension Digest {
    /// Of a secret that is the key's id, in eight bytes.
    package static func of(number: Int) -> Digest {
        Digest(of: withUnsafeBytes(of: Int64(number).bigEndian) { Array($0) })
    }
}

extension GrantIndex {
    fileprivate func addGhost() {
        apply(GrantIndex.Update(grants: [.ghost], revision: revision))
    }

    fileprivate var isReadAnew: Bool {
        decide(Grant.ghost.digest, .validKey, now: .ofCatchingUp) { "192.0.2.1" }.key == nil
    }

    fileprivate func deleted(of numbers: ClosedRange<Int>) -> Int {
        numbers.count { number in
            decide(.of(number: number), .validKey, now: .ofCatchingUp) { "192.0.2.1" }.decision == .refused(.deleted)
        }
    }
}
