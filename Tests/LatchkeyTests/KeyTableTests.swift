import KeyCore
import Testing

@testable import Gateway

/// The flat arrays under `GrantIndex`.
struct KeyTableTests {
    private let owner = OwnerEntry(ID(rawValue: 1))

    @Test func everyKeyIsFoundByItsDigestAsItWasSet() {
        var table = KeyTable()
        let grants = (0..<5_000).map { grant($0, subset: $0 % 3 == 0 ? nil : PermissionSet(rights.prefix($0 % 5))) }
        for grant in grants { table.set(grant, owner: owner) }
        table.trim()
        #expect(table.count == grants.count)
        for grant in grants {
            let found = table.place(of: grant.digest).map { table.grant(at: $0, digest: grant.digest) }
            #expect(found == grant)
        }
        let stranger = table.place(of: Digest(of: Array("stranger".utf8)))
        #expect(stranger == nil)
    }

    @Test func keyThatIsSetAgainIsOneKeyWithItsNewState() {
        var table = KeyTable()
        for number in 0..<100 { table.set(grant(number), owner: owner) }
        let changed = grant(7, state: .deleted, subset: PermissionSet(rights.prefix(2)))
        for _ in 0..<3 { table.set(changed, owner: owner) }
        #expect(table.count == 100)
        let found = table.place(of: changed.digest).map { table.grant(at: $0, digest: changed.digest) }
        #expect(found == changed)
        table.set(grant(7), owner: owner)
        let back = table.place(of: changed.digest).map { table.grant(at: $0, digest: changed.digest) }
        #expect(back == grant(7))
    }

    @Test func setOfRightsIsKeptOnceHoweverOftenItComesAgain() {
        var table = KeyTable()
        for number in 0..<1_000 {
            table.set(grant(number, subset: PermissionSet(rights.prefix(number % 3))), owner: owner)
        }
        #expect(table.subsetCount == 3)
    }

    private let address = "192.0.2.1"

    @Test func usesAreHandedOverOnceEachWithItsCountAndLastMoment() {
        var table = KeyTable()
        for number in 0..<3 { table.set(grant(number), owner: owner) }
        for (number, moment) in [(0, 10), (2, 11), (0, 12)] {
            let place = table.place(of: grant(number).digest)!
            table.noteUse(of: place, at: Timestamp(milliseconds: Int64(moment)), from: "192.0.2.\(moment)")
        }
        #expect(table.waitingUses == 2)
        let uses = Dictionary(uniqueKeysWithValues: table.takeUses().map { ($0.key, $0.use) })
        #expect(
            uses == [
                grant(0).key: KeyUse(count: 2, last: Timestamp(milliseconds: 12), address: "192.0.2.10"),
                grant(2).key: KeyUse(count: 1, last: Timestamp(milliseconds: 11), address: "192.0.2.11"),
            ])
        #expect(table.takeUses().isEmpty)
        let place = table.place(of: grant(0).digest)!
        table.noteUse(of: place, at: Timestamp(milliseconds: 13), from: "192.0.2.13")
        let later = table.takeUses()
        #expect(later.map(\.key) == [grant(0).key])
        #expect(later.map(\.use) == [KeyUse(last: Timestamp(milliseconds: 13))], "no first use is told twice")
    }

    @Test func usesOfAnIndexThatIsReplacedAreNotLost() {
        let index = GrantIndex()
        index.load(content())
        let decision = index.decide(grant(1).digest, .validKey, now: Timestamp(milliseconds: 50)) { address }.decision
        #expect(decision.isAccepted)
        index.load(content())
        index.keepUses([(key: grant(1).key, use: KeyUse(last: Timestamp(milliseconds: 40)))])
        #expect(index.waitingUses == 1)
        _ = index.decide(grant(1).digest, .validKey, now: Timestamp(milliseconds: 45)) { address }
        #expect(index.waitingUses == 1, "a key that waits in both places waits once")
        #expect(
            index.takeUses() == [grant(1).key: KeyUse(count: 3, last: Timestamp(milliseconds: 50), address: address)])
        #expect(index.waitingUses == 0)
    }

    /// A role that changes changes one entry, and all keys of those who have it.
    @Test func changedOwnerIsTheOwnerOfAllTheirKeys() {
        let index = GrantIndex()
        index.load(content())
        let revision = Revision(number: 2, stamp: 2)
        index.apply(GrantIndex.Update(owners: [person(isBlocked: true)], revision: revision))
        for number in 0..<10 {
            let decision = index.decide(grant(number).digest, .validKey, now: Timestamp(milliseconds: 50)) { address }
                .decision
            #expect(decision == .refused(.ownerBlocked))
        }
        #expect(index.revision == revision)
    }
}

extension Decision {
    fileprivate var isAccepted: Bool {
        if case .accepted = self { true } else { false }
    }
}

extension KeyTableTests {
    private var rights: [Permission] { Platform.smartPlayer.permissions }

    private func grant(_ number: Int, state: Grant.State = .confirmed, subset: PermissionSet? = nil) -> Grant {
        Grant(
            key: ID(rawValue: Int64(number + 1)), digest: Digest(of: Array("key \(number)".utf8)), owner: owner.user,
            name: "Key \(number) “\(String(repeating: "ключ", count: number % 7))”",
            createdAt: Timestamp(milliseconds: 1), expiresAt: Timestamp(milliseconds: 100), state: state, subset: subset
        )
    }

    private func person(isBlocked: Bool = false) -> Owner {
        Owner(
            user: owner.user, name: "Ada", company: ID(rawValue: 9), companyName: "Engines", role: "Administrator",
            permissions: Platform.smartPlayer.allPermissions, isBlocked: isBlocked)
    }

    private func content() -> GrantIndex.Content {
        var content = GrantIndex.Content(revision: Revision(number: 1, stamp: 1))
        content.set(person())
        for number in 0..<10 { content.set(grant(number)) }
        return content
    }
}
