import KeyCore
import Testing

extension StoreConformance {
    static let keys: [Guarantee] = keyRows + keyNames + keyDeletion + keyUses

    private static let keyRows: [Guarantee] = [
        Guarantee("keyIsReadAsItWasWritten") { store in
            let household = try await store.settled()
            let plain = household.key("Экран в холле 🖥")
            let subset = Platform.smartPlayer.rights("devices:read", "api-keys:delete")
            let narrow = household.key(
                "مفتاح", last4: "0000", days: 1, confirmed: false, subset: subset, granted: subset)
            let powerless = household.key("Nothing", subset: PermissionSet())
            for key in [plain, narrow, powerless] {
                try await store.insert(key)
                #expect(try await store.key(key.id) == key)
            }
            #expect(try await store.key(.random()) == nil)
        },
        Guarantee("digestIsUniqueForEver") { store in
            let household = try await store.settled()
            let digest = Digest.random()
            let (first, second) = (household.key("First"), household.key("Second"))
            try await store.write { transaction throws(StoreError) in
                try transaction.insert(first, digest: digest)
                _ = try transaction.deleteAllKeys(of: household.user.id, at: Household.noon)
            }
            let error = await storeError {
                try await store.write { transaction throws(StoreError) in
                    try transaction.insert(second, digest: digest)
                }
            }
            #expect(error != nil)
            #expect(try await store.key(second.id) == nil)
        },
        Guarantee("keyOfMoreThanAYearIsRefused") { store in
            let household = try await store.settled()
            #expect(await storeError { try await store.insert(household.key("Long", days: 368)) } != nil)
            #expect(await storeError { try await store.insert(household.key("Short", days: 0)) } != nil)
            try await store.insert(household.key("A leap year through its last day", days: 367))
        },
        Guarantee("keyOfNobodyIsRefused") { store in
            #expect(await storeError { try await store.insert(Household().key("Orphan")) } != nil)
        },
        Guarantee("confirmationHappensOnceAndNeverToDeletedKeys") { store in
            let household = try await store.settled()
            let (key, deleted) = (
                household.key("Lobby", confirmed: false), household.key("Gone", confirmed: false)
            )
            try await store.insert([key, deleted])
            _ = try await store.delete([deleted.id], of: household.user.id, at: Household.noon)
            let first = Household.noon.advanced(by: .minutes(1))
            for moment in [first, first.advanced(by: .minutes(1))] {
                try await store.write { transaction throws(StoreError) in
                    try transaction.confirmKey(key.id, at: moment)
                    try transaction.confirmKey(deleted.id, at: moment)
                }
            }
            #expect(try await store.key(key.id)?.confirmedAt == first)
            #expect(try await store.key(deleted.id)?.confirmedAt == nil)
        },
    ]

    private static let keyNames: [Guarantee] = [
        Guarantee("nameIsTakenByEveryTwinOfIt") { store in
            let household = try await store.settled()
            let families = [
                ["Caf\u{e9}", "Cafe\u{301}", "CAF\u{c9}", "caFE\u{301}"],
                ["Straße", "STRASSE", "strasse"],
                ["Экран", "ЭКРАН"],
                ["Οδός", "ΟΔΌΣ"],
                ["Å", "\u{212B}", "a\u{30A}"],
            ]
            for family in families {
                try await store.insert(household.key(family[0]))
                for twin in family {
                    #expect(try await store.isNameTaken(twin, owner: household.user.id), "\(twin)")
                    let error = await storeError { try await store.insert(household.key(twin)) }
                    #expect(error == .duplicate(.keyName), "\(twin)")
                }
            }
            #expect(try await store.keys(household.query()).total == families.count)
        },
        Guarantee("namesThatOnlyLookAlikeAreDifferent") { store in
            let household = try await store.settled()
            let names = ["Cafe", "Caf\u{e9}", "Ca fe", "Сafe", "100%", "100_", "' OR 1=1 --", "<script>"]
            try await store.insert(names.map { household.key($0) })
            let page = try await store.keys(household.query())
            #expect(Set(page.keys.map(\.name.text)) == Set(names))
        },
        Guarantee("nameOfADeletedKeyIsFreeAgain") { store in
            let household = try await store.settled()
            for _ in 1...3 {
                let key = household.key("Lobby")
                try await store.insert(key)
                _ = try await store.delete([key.id], of: household.user.id, at: Household.noon)
                #expect(try await store.isNameTaken("Lobby", owner: household.user.id) == false)
            }
        },
        Guarantee("twoUsersMayGiveTheSameName") { store in
            let (ada, grace) = (Household(), Household(email: "grace@compiler.example"))
            for household in [ada, grace] {
                try await store.settle(household)
                #expect(try await store.isNameTaken("Lobby", owner: household.user.id) == false)
                try await store.insert(household.key("Lobby"))
            }
        },
        Guarantee("ofThoseWhoGiveOneNameAtOnceExactlyOneWins") { store in
            let household = try await store.settled()
            let outcomes = await withTaskGroup(of: StoreError?.self) { group in
                for _ in 1...20 {
                    group.addTask { await storeError { try await store.insert(household.key("Lobby")) } }
                }
                return await group.reduce(into: [StoreError?]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(outcomes.count { $0 == .duplicate(.keyName) } == 19)
            #expect(try await store.keys(household.query()).total == 1)
        },
    ]

    private static let keyDeletion: [Guarantee] = [
        Guarantee("namesOfKeysAreKnownAfterTheirDeletionToo") { store in
            let household = try await store.settled()
            let (lobby, hall) = (household.key("Lobby"), household.key("Экран в холле"))
            try await store.insert([lobby, hall])
            _ = try await store.delete([hall.id], of: household.user.id, at: Household.noon)
            let (names, none) = try await store.read { transaction throws(StoreError) in
                (
                    try transaction.keyNames([hall.id, .random(), lobby.id, hall.id]),
                    try transaction.keyNames([])
                )
            }
            #expect(names == [lobby.id: "Lobby", hall.id: "Экран в холле"] && none.isEmpty)
        },
        Guarantee("deletingReturnsWhatItDeletedAndOnlyThat") { store in
            let household = try await store.settled()
            let stranger = try await store.settled(Household(email: "grace@compiler.example"))
            let (own, kept, foreign) = (household.key("Own"), household.key("Kept"), stranger.key("Foreign"))
            try await store.insert([own, kept, foreign])
            let later = Household.noon.advanced(by: .minutes(1))
            let ids = [own.id, foreign.id, .random(), own.id]
            #expect(try await store.delete(ids, of: household.user.id, at: Household.noon) == [own.id])
            #expect(try await store.delete(ids, of: household.user.id, at: later) == [])
            #expect(try await store.key(own.id)?.deletedAt == Household.noon)
            #expect(try await store.key(own.id)?.status(at: later) == .deleted)
            #expect(try await store.key(foreign.id) == foreign)
            #expect(try await store.key(kept.id) == kept)
        },
        Guarantee("deletingAllTakesEveryKeyOfOneUser") { store in
            let household = try await store.settled()
            let stranger = try await store.settled(Household(email: "grace@compiler.example"))
            let keys = (1...120).map { household.key("Key \($0)", confirmed: $0 % 2 == 0) }
            let foreign = stranger.key("Foreign")
            try await store.insert(keys + [foreign])
            let gone = keys[0].id
            _ = try await store.delete([gone], of: household.user.id, at: Household.noon)
            let deleted = try await store.write { transaction throws(StoreError) in
                try transaction.deleteAllKeys(of: household.user.id, at: Household.noon)
            }
            #expect(Set(deleted) == Set(keys.dropFirst().map(\.id)))
            #expect(deleted.count == keys.count - 1)
            #expect(try await store.keys(household.query()).total == 0)
            #expect(try await store.key(foreign.id) == foreign)
        },
    ]

    private static let keyUses: [Guarantee] = [
        Guarantee("lastUseNeverGoesBack") { store in
            let household = try await store.settled()
            let (key, idle) = (household.key("Lobby"), household.key("Idle"))
            try await store.insert([key, idle])
            let later = Household.noon.advanced(by: .minutes(1))
            for moment in [Household.noon, later, Household.noon] { try await store.recordUses([key.id: moment]) }
            #expect(try await store.key(key.id)?.lastUsedAt == later)
            #expect(try await store.key(idle.id)?.lastUsedAt == nil)
        },
        Guarantee("useOfAnUnknownKeyDoesNotCostTheOthers") { store in
            let household = try await store.settled()
            let key = household.key("Lobby")
            try await store.insert(key)
            try await store.recordUses([.random(): Household.noon, key.id: Household.noon, .random(): Household.noon])
            #expect(try await store.key(key.id)?.lastUsedAt == Household.noon)
            try await store.recordUses([ID<Key>: KeyUse]())
        },
        Guarantee("usesAndEditsOfAKeyDoNotTouchEachOther") { store in
            let household = try await store.settled()
            var key = household.key("Lobby", confirmed: false)
            try await store.insert(key)
            try await store.recordUses([key.id: Household.noon])
            try await store.write { [key] transaction throws(StoreError) in
                try transaction.confirmKey(key.id, at: Household.noon)
            }
            _ = try await store.delete([key.id], of: household.user.id, at: Household.noon)
            let used = Household.noon.advanced(by: .minutes(1))
            try await store.recordUses([key.id: used])
            key.confirmedAt = Household.noon
            key.deletedAt = Household.noon
            key.firstUse = FirstUse(at: Household.noon, address: nil)
            key.lastUsedAt = used
            #expect(try await store.key(key.id) == key)
        },
    ]
}

extension Household {
    func query() -> KeyQuery { KeyQuery(owner: user.id, limit: PageLimit.maximum, now: Household.noon) }
}

extension Store {
    fileprivate func isNameTaken(_ name: String, owner: ID<User>) async throws -> Bool {
        try await read { transaction throws(StoreError) in
            try transaction.isNameTaken(KeyName(stored: name), owner: owner)
        }
    }
}
