import KeyCore
import Testing

extension StoreConformance {
    static let keyLists: [Guarantee] = orders + filters + pages

    private static let orders: [Guarantee] = [
        Guarantee("listIsSortedByEachColumnBothWays") { store in
            let household = try await store.settled()
            let (alpha, bravo, charlie) = (
                household.key("alpha", last4: "cccc", createdAt: Household.noon.advanced(by: .days(1)), days: 30),
                household.key("Bravo", last4: "aaaa", createdAt: Household.noon.advanced(by: .days(2)), days: 10),
                household.key("charlie", last4: "bbbb", createdAt: Household.noon, days: 20)
            )
            try await store.insert([alpha, bravo, charlie])
            try await store.recordUses([charlie.id: Household.noon, alpha.id: Household.noon.advanced(by: .days(3))])
            let expected: [(KeyQuery.Order, [Key])] = [
                (.name, [alpha, bravo, charlie]), (.key, [bravo, charlie, alpha]), (.created, [charlie, alpha, bravo]),
                (.expires, [bravo, charlie, alpha]), (.lastUsed, [bravo, charlie, alpha]),
            ]
            for (order, keys) in expected {
                var query = household.query()
                query.order = order
                query.descending = false
                #expect(try await store.keys(query).keys.map(\.id) == keys.map(\.id), "\(order)")
                query.descending = true
                #expect(try await store.keys(query).keys.map(\.id) == keys.reversed().map(\.id), "-\(order)")
            }
        },
        Guarantee("keysThatAreEqualKeepOneOrder") { store in
            let household = try await store.settled()
            let keys = (1...50).map { household.key("Key \($0)") }
            try await store.insert(keys)
            for order in KeyQuery.Order.allCases where order != .name {
                var query = household.query()
                query.order = order
                let all = try await store.keys(query).keys.map(\.id)
                query.limit = 7
                var paged: [ID<Key>] = []
                for offset in stride(from: 0, to: keys.count, by: 7) {
                    query.start = .offset(offset)
                    paged += try await store.keys(query).keys.map(\.id)
                }
                #expect(paged == all, "\(order)")
                #expect(Set(all) == Set(keys.map(\.id)))
            }
        },
    ]

    private static let filters: [Guarantee] = [
        Guarantee("listHoldsOnesOwnKeysOnly") { store in
            let household = try await store.settled()
            let stranger = try await store.settled(Household(email: "grace@compiler.example"))
            try await store.insert([household.key("Mine"), stranger.key("Theirs")])
            #expect(try await store.keys(household.query()).keys.map(\.name.text) == ["Mine"])
            #expect(try await store.keys(stranger.query()).keys.map(\.name.text) == ["Theirs"])
        },
        Guarantee("companysListHoldsTheKeysOfAllItsPeople") { store in
            let household = try await store.settled()
            let stranger = try await store.settled(Household(email: "grace@compiler.example"))
            let colleague = household.colleague("Boris", email: "boris@engine.example")
            try await store.insert(colleague)
            let mine = (1...5).map { household.key("Mine \($0)") }
            let theirs = (1...5).map { household.key("Theirs \($0)", owner: colleague.id) }
            try await store.insert(mine + theirs + [stranger.key("Foreign")])
            var query = KeyQuery(.company(household.company.id), order: .name, limit: 4, now: Household.noon)
            var seen: [ID<Key>] = []
            while true {
                let page = try await store.keys(query)
                seen += page.keys.map(\.id)
                #expect(page.total == 10)
                guard let next = page.next else { break }
                query.start = .after(next)
            }
            #expect(seen.count == 10 && Set(seen) == Set((mine + theirs).map(\.id)))
        },
        Guarantee("statusFilterAgreesWithTheKeysOwnStatus") { store in
            let household = try await store.settled()
            let millisecond = Duration.milliseconds(1)
            let month = Duration.days(30)
            let keys = [
                household.key("active"), household.key("not copied", confirmed: false),
                household.key("deleted"), household.key("deleted, never copied", confirmed: false),
                household.key("over now", createdAt: Household.noon.advanced(by: .zero - month), days: 30),
                household.key(
                    "over in a moment", createdAt: Household.noon.advanced(by: .zero - month + millisecond), days: 30),
                household.key(
                    "over, not copied", createdAt: Household.noon.advanced(by: .zero - month), days: 30,
                    confirmed: false),
            ]
            try await store.insert(keys)
            let deleted = [keys[2].id, keys[3].id]
            _ = try await store.delete(deleted, of: household.user.id, at: Household.noon)
            for status in Key.Status.allCases {
                var query = household.query()
                query.status = status
                let page = try await store.keys(query)
                #expect(page.keys.allSatisfy { $0.status(at: Household.noon) == status }, "\(status)")
                #expect(page.total == page.keys.count)
            }
            let counts = try await store.counts(household)
            #expect(counts == [.notCopied: 2, .active: 2, .expired: 1, .deleted: 2])
            #expect(try await store.keys(household.query()).total == 5)
        },
        Guarantee("searchFindsPartsOfNamesInAnyLetterCaseAndTheLastFour") { store in
            let household = try await store.settled()
            try await store.insert([
                household.key("Caf\u{e9} screen", last4: "Zz09"), household.key("Экран в холле", last4: "aBcD"),
                household.key("100% _real_", last4: "1111"), household.key("\\*?[a]", last4: "2222"),
            ])
            let expected: [String: Int] = [
                "": 4, "  ": 4, "CAFE\u{301}": 1, "café": 1, "cafe": 0, "ХОЛЛ": 1, "screen": 1, "e": 2, "%": 1,
                "_": 1, "*": 1, "?": 1, "\\": 1, "[A]": 1, "Zz09": 1, "zz09": 0, "Zz0": 0, " aBcD ": 1, "'": 0,
                "\u{0}": 0, "screen\u{0}": 0, "nothing": 0,
            ]
            for (text, count) in expected {
                var query = household.query()
                query.text = text
                let page = try await store.keys(query)
                #expect(page.total == count, "\(text.debugDescription)")
                #expect(page.keys.count == count)
            }
        },
        Guarantee("summaryCountsWhatTheListShows") { store in
            let household = try await store.settled()
            let old = Household.noon.advanced(by: .days(-40))
            let active = (1...14).map { household.key("Active \($0)", createdAt: old) }
            let keys =
                active + [
                    household.key("Expired", createdAt: old, days: 30),
                    household.key("Not copied", createdAt: old, confirmed: false),
                    household.key("Deleted", createdAt: old),
                ]
            try await store.insert(keys)
            _ = try await store.delete([keys[16].id], of: household.user.id, at: Household.noon)
            var uses: [ID<Key>: Timestamp] = [
                keys[14].id: Household.noon.advanced(by: .zero - KeySummary.recentUse - .milliseconds(1)),
                keys[16].id: Household.noon,
            ]
            for (index, key) in active.prefix(12).enumerated() {
                uses[key.id] = Household.noon.advanced(by: .minutes(-index))
            }
            try await store.recordUses(uses)
            let (summary, counts) = try await store.read { transaction throws(StoreError) in
                (
                    try transaction.keySummary(of: household.user.id, now: Household.noon),
                    try transaction.keyCounts(of: household.user.id, now: Household.noon)
                )
            }
            #expect(counts == KeyCounts(total: 16, active: 14))
            #expect(
                summary
                    == KeySummary(
                        total: 16, active: 14, usedLastWeek: 12,
                        namesUsedLastWeek: active.prefix(KeySummary.namesShown).map(\.name.text)))
        },
        Guarantee("summaryOfNoKeysIsZero") { store in
            let household = try await store.settled()
            let summary = try await store.read { transaction throws(StoreError) in
                try transaction.keySummary(of: household.user.id, now: Household.noon)
            }
            #expect(summary == KeySummary(total: 0, active: 0, usedLastWeek: 0, namesUsedLastWeek: []))
        },
    ]

    private static let pages: [Guarantee] = [
        Guarantee("pagesEndWhereTheListEnds") { store in
            let household = try await store.settled()
            try await store.insert((1...10).map { household.key("Key \($0)") })
            var query = household.query()
            for (limit, offset, count, hasNext) in [
                (10, 0, 10, false), (9, 0, 9, true), (5, 5, 5, false), (5, 9, 1, false), (5, 10, 0, false),
                (5, 1_000_000, 0, false), (5, -1, 5, true),
            ] {
                query.limit = limit
                query.start = .offset(offset)
                let page = try await store.keys(query)
                #expect(page.keys.count == count, "limit \(limit), offset \(offset)")
                #expect((page.next != nil) == hasNext, "limit \(limit), offset \(offset)")
                #expect(page.total == 10)
            }
        },
        Guarantee("cursorMissesNothingWhileKeysComeAndGo") { store in
            for order in KeyQuery.Order.allCases {
                for descending in [true, false] {
                    try await walkWhileKeysComeAndGo(store, order: order, descending: descending)
                }
            }
        },
        Guarantee("cursorOfAnotherOrderIsRefusedNotMisread") { store in
            let household = try await store.settled()
            try await store.insert(household.key("Lobby"))
            for order in [KeyQuery.Order.created, .expires, .lastUsed] {
                let query = household.query(after: KeyQuery.Cursor(value: "lobby", id: .random()), order: order)
                let error = await storeError { try await store.keys(query) }
                #expect(error == .refused(.field("cursor", .cursorInvalid)))
            }
        },
        Guarantee("tenThousandKeysAreListedWithoutLossInEveryOrder") { store in
            let household = try await store.settled()
            let keys = (0..<10_000).map { index in
                household.key(
                    "Key \(index)", last4: String(String(index + 10_000).suffix(4)),
                    createdAt: Household.noon.advanced(by: .milliseconds(index)))
            }
            try await store.insert(keys)
            try await store.recordUses(
                Dictionary(uniqueKeysWithValues: keys.prefix(5000).map { ($0.id, $0.createdAt) }))
            for order in KeyQuery.Order.allCases {
                var query = household.query()
                query.order = order
                query.start = .offset(9_950)
                let page = try await store.keys(query)
                #expect(page.total == 10_000)
                #expect(page.keys.count == 50)
                #expect(page.next == nil)
            }
        },
    ]

    /// Reads a list in pages by cursor, and between the pages deletes keys that were read and adds others: those
    /// that were there all along are seen exactly once.
    private static func walkWhileKeysComeAndGo(
        _ store: any Store, order: KeyQuery.Order, descending: Bool
    ) async throws {
        let household = try await store.settled(Household(email: "\(ID<User>.random())@engine.example"))
        let keys = (0..<40).map { index in
            household.key(
                "Key \(index % 10)\(index)", last4: "\(1000 + index % 3)",
                createdAt: Household.noon.advanced(by: .minutes(index % 5)), days: 300 + index % 4)
        }
        try await store.insert(keys)
        try await store.recordUses(
            Dictionary(
                uniqueKeysWithValues: keys.prefix(25).enumerated().map { index, key in
                    (key.id, Household.noon.advanced(by: .minutes(index % 6)))
                }))
        var query = household.query()
        (query.order, query.descending, query.limit) = (order, descending, 6)
        var seen: [ID<Key>] = []
        var added = 0
        while true {
            let page = try await store.keys(query)
            seen += page.keys.map(\.id)
            guard let next = page.next else { break }
            query.start = .after(next)
            // The key that the cursor stands on stays every other time: it must neither come again nor be missed.
            let read = added % 2 == 0 ? page.keys[...] : page.keys.dropLast()
            _ = try await store.delete(read.map(\.id), of: household.user.id, at: Household.noon)
            added += 1
            let twin = page.keys[0]
            try await store.insert(
                household.key(twin.name.text + "!\(added)", last4: twin.last4, createdAt: twin.createdAt))
            try #require(added < 100, "the cursor does not move on")
        }
        let original = Set(keys.map(\.id))
        #expect(Set(seen).isSuperset(of: original), "\(order), descending: \(descending)")
        #expect(seen.count == Set(seen).count, "\(order), descending: \(descending)")
    }
}

extension Store {
    fileprivate func counts(_ household: Household) async throws -> [Key.Status: Int] {
        var counts: [Key.Status: Int] = [:]
        for status in Key.Status.allCases {
            var query = household.query()
            query.status = status
            counts[status] = try await keys(query).total
        }
        return counts
    }
}

extension Household {
    fileprivate func query(after cursor: KeyQuery.Cursor, order: KeyQuery.Order) -> KeyQuery {
        KeyQuery(owner: user.id, order: order, start: .after(cursor), now: Household.noon)
    }
}
