import KeyCore
import Testing

extension StoreConformance {
    static let following: [Guarantee] = revisions + grants + batches

    private static let revisions: [Guarantee] = [
        Guarantee("revisionGrowsByOneATransaction") { store in
            let start = try await store.revision()
            #expect(start == .zero)
            for number in 1...5 {
                let changes = (1...number).map { _ in Change.key(.random()) }
                #expect(try await store.note(changes).number == Int64(number))
                #expect(try await store.revision().number == Int64(number))
            }
        },
        Guarantee("writersAtOnceGetConsecutiveRevisions") { store in
            let revisions = try await withThrowingTaskGroup(of: Int64.self) { group in
                for _ in 1...50 { group.addTask { try await store.note([.key(.random())]).number } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(revisions.sorted() == Array(1...50))
        },
        Guarantee("changesAreThoseAfterTheRevisionEachOnce") { store in
            let (key, user) = (ID<Key>.random(), ID<User>.random())
            let start = try await store.note([.key(.random())])
            _ = try await store.note([.key(key), .key(key)])
            _ = try await store.note([.user(user), .key(key)])
            let role = ID<Role>.random()
            _ = try await store.note([.role(role)])
            let last = try await store.note([.keysOfUser(user)])
            let (changes, upTo) = try #require(try await store.changes(after: start, limit: 10))
            #expect(changes == [.key(key), .user(user), .role(role), .keysOfUser(user)])
            #expect(upTo == last)
        },
        Guarantee("noChangeIsAnEmptyAnswer") { store in
            for _ in 1...2 {
                let now = try await store.revision()
                let (changes, upTo) = try #require(try await store.changes(after: now, limit: 1))
                #expect(changes.isEmpty)
                #expect(upTo == now)
                _ = try await store.note([.key(.random())])
            }
        },
        Guarantee("moreChangesThanAskedForAreTooMany") { store in
            let first = try await store.note((1...10).map { _ in .key(.random()) })
            _ = try await store.note((1...10).map { _ in .key(.random()) })
            #expect(try await store.changes(after: .zero, limit: 20)?.0.count == 20)
            #expect(try await store.changes(after: .zero, limit: 19) == nil)
            #expect(try await store.changes(after: first, limit: 10)?.0.count == 10)
        },
        Guarantee("changesOfManyPagesAreAllReadAndCountedOnce") { store in
            let keys = (1...5_000).map { _ in Change.key(.random()) }
            let users = (1...100).map { _ in Change.user(.random()) }
            let start = try await store.note([.key(.random())])
            _ = try await store.note(keys)
            for user in users { _ = try await store.note([user, keys[0]]) }
            let last = try await store.note(keys)
            let (changes, upTo) = try #require(try await store.changes(after: start, limit: 5_100))
            #expect(changes == Set(keys + users))
            #expect(upTo == last)
            #expect(try await store.changes(after: start, limit: 5_099) == nil)
        },
        Guarantee("followerThatIsAheadLoadsEverythingAnew") { store in
            _ = try await store.note([.key(.random())])
            #expect(try await store.changes(after: Revision(number: 2), limit: 10) == nil)
        },
        Guarantee("markMovesBeforeTheWriteReturns") { store in
            // Where there are leases instead, nothing need be known before the barrier has been waited for.
            guard case .mark(let mark) = store.following else { return }
            for _ in 1...100 {
                let before = mark()
                _ = try await store.note([.key(.random())])
                #expect(mark() != before)
            }
        },
    ]

    private static let grants: [Guarantee] = [
        Guarantee("grantFollowsItsKeyThroughItsLife") { store in
            let household = try await store.settled()
            let subset = Platform.smartPlayer.rights("devices:read")
            let key = household.key("Lobby", confirmed: false, subset: subset)
            let digest = Digest.random()
            try await store.write { transaction throws(StoreError) in try transaction.insert(key, digest: digest) }
            func expected(_ state: Grant.State) -> Grant {
                Grant(
                    key: key.id, digest: digest, owner: household.user.id, name: "Lobby", createdAt: Household.noon,
                    expiresAt: key.expiry.end, state: state, subset: subset)
            }
            #expect(try await store.grant(key.id) == expected(.notCopied))
            try await store.write { transaction throws(StoreError) in
                try transaction.confirmKey(key.id, at: Household.noon)
            }
            #expect(try await store.grant(key.id) == expected(.confirmed))
            _ = try await store.delete([key.id], of: household.user.id, at: Household.noon)
            #expect(try await store.grant(key.id) == expected(.deleted))
            #expect(try await store.grant(.random()) == nil)
            let (byDigest, unknown) = try await store.read { transaction throws(StoreError) in
                (try transaction.grant(digest), try transaction.grant(Digest.random()))
            }
            #expect(byDigest == expected(.deleted))
            #expect(unknown == nil)
        },
        Guarantee("everyGrantIsHandedOverOnceDeletedOnesToo") { store in
            let household = try await store.settled()
            let stranger = try await store.settled(Household(email: "grace@compiler.example"))
            let own = (1...30).map { household.key("Key \($0)", confirmed: $0 % 3 != 0) }
            let foreign = stranger.key("Foreign")
            try await store.insert(own + [foreign])
            _ = try await store.delete([own[0].id], of: household.user.id, at: Household.noon)
            let all = try await store.allGrants()
            #expect(all.count == 31 && Set(all.map(\.key)) == Set(own.map(\.id) + [foreign.id]))
            #expect(Set(all.map(\.digest)).count == 31)
            #expect(all.filter { $0.state == .deleted }.map(\.key) == [own[0].id])
            #expect(all.count { $0.state == .notCopied } == 10)
        },
    ]

    private static let batches: [Guarantee] = [
        Guarantee("grantsAreFoundByManyIdsAndOwnersEachOnceDeletedOnesToo") { store in
            let household = try await store.settled()
            let other = try await store.settled(Household(email: "grace@compiler.example"))
            let third = try await store.settled(Household(email: "alan@machine.example"))
            // More than any page of an answer.
            let own = (1...2_100).map { household.key("Key \($0)") }
            let (foreign, unasked) = (other.key("Foreign"), third.key("Unasked"))
            try await store.insert(own + [foreign, unasked])
            let deleted = try await store.delete(own[..<100].map(\.id), of: household.user.id, at: Household.noon)
            let ids = own.map(\.id)
            let strangers = (1...5_000).map { _ in ID<Key>.random() }
            let both = [household.user.id, other.user.id, other.user.id, .random()]
            let (byIDs, ofOne, ofBoth, none) = try await store.read { transaction throws(StoreError) in
                (
                    try transaction.grants(ids + strangers + ids), try transaction.grants(of: [household.user.id]),
                    try transaction.grants(of: both),
                    try transaction.grants([ID<Key>]()) + transaction.grants(of: [])
                        + transaction.grants(of: [.random()])
                )
            }
            for found in [byIDs, ofOne] {
                #expect(found.count == 2_100 && Set(found.map(\.key)) == Set(ids))
                #expect(Set(found.filter { $0.state == .deleted }.map(\.key)) == Set(deleted))
            }
            #expect(ofBoth.count == 2_101 && Set(ofBoth.map(\.key)) == Set(ids + [foreign.id]))
            #expect(none.isEmpty)
        },
        Guarantee("ownersAreFoundByManyIdsAndRolesEachOnceRemovedOnesToo") { store in
            let household = try await store.settled()
            let people = (1...300).map { household.colleague("Ada \($0)", email: "ada\($0)@engine.example") }
            try await store.write { transaction throws(StoreError) in
                for user in people { try transaction.insert(user, passwordHash: Household.passwordHash) }
                try transaction.removeUser(people[0].id, at: Household.noon)
            }
            let ids = people.map(\.id)
            let strangers = (1...5_000).map { _ in ID<User>.random() }
            let (found, nobody, viewers, everybody, none) = try await store.read { transaction throws(StoreError) in
                (
                    try transaction.owners(ids + strangers + ids), try transaction.owners([ID<User>]()),
                    try transaction.owners(with: [household.viewer.id, household.viewer.id, .random()]),
                    try transaction.owners(with: [household.viewer.id, household.administrator.id]),
                    try transaction.owners(with: [])
                )
            }
            #expect(found.count == 300 && Set(found.map(\.user)) == Set(ids))
            #expect(found.filter(\.isBlocked).map(\.user) == [ids[0]])
            #expect(viewers.count == 300 && Set(viewers.map(\.user)) == Set(ids))
            #expect(everybody.count == 301 && Set(everybody.map(\.user)) == Set(ids + [household.user.id]))
            #expect(nobody.isEmpty && none.isEmpty)
        },
    ]
}

extension Store {
    /// The changes and the revision they lead to; `nil` for "too many".
    fileprivate func changes(
        after revision: Revision, limit: Int
    ) async throws -> (Set<Change>, Revision)? {
        let changes = try await read { transaction throws(StoreError) in
            try transaction.changes(after: revision, limit: limit)
        }
        switch changes {
        case .since(let changes, let upTo): return (changes, upTo)
        case .tooMany: return nil
        }
    }

    fileprivate func grant(_ id: ID<Key>) async throws -> Grant? {
        try await read { transaction throws(StoreError) in try transaction.grant(id) }
    }

    fileprivate func allGrants() async throws -> [Grant] {
        try await read { transaction throws(StoreError) in
            var grants: [Grant] = []
            try transaction.forEachGrant { grants.append($0) }
            return grants
        }
    }
}
