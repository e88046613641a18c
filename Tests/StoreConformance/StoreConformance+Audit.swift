import KeyCore
import Testing

extension StoreConformance {
    static let audit: [Guarantee] = [
        Guarantee("auditEventIsReadAsItWasWritten") { store in
            let household = try await store.settled()
            let written = AuditEvent.Action.allCases.map { action in
                AuditEvent(
                    action, on: Occasion(at: Household.noon, address: "2001:db8::1"), company: household.company.id,
                    actor: household.user.id, target: household.user.id.description, before: "до", after: "после")
            }
            let byOperator = AuditEvent(
                .userBlocked, on: Occasion(at: Household.noon, address: "cli"), company: household.company.id,
                actor: nil, target: "usr_0")
            try await store.append(written + [byOperator])
            #expect(try await store.auditEvents(household) == [byOperator] + written.reversed())
        },
        Guarantee("auditListHoldsTheNewestOfOneCompany") { store in
            let household = try await store.settled()
            let stranger = try await store.settled(Household(email: "grace@compiler.example"))
            try await store.append((1...5).map { household.event(.keyCreated, target: "\($0)") })
            try await store.append([stranger.event(.keyDeleted)])
            #expect(try await store.auditEvents(household, limit: 2).map(\.target) == ["5", "4"])
            #expect(try await store.auditEvents(stranger).map(\.action) == [.keyDeleted])
        },
        Guarantee("auditPagesFollowOnWhileEventsAreAdded") { store in
            let household = try await store.settled()
            try await store.append((1...7).map { household.event(.keyCreated, target: "\($0)") })
            var query = AuditQuery(company: household.company.id, limit: 3)
            var targets: [String] = []
            while true {
                let page = try await store.entries(query)
                guard let last = page.last else { break }
                targets += page.map(\.event.target)
                query.before = last.number
                try await store.append([household.event(.keyDeleted, target: "later")])
            }
            #expect(targets == (1...7).reversed().map(String.init))
        },
        Guarantee("auditFiltersByActorAndAction") { store in
            let household = try await store.settled()
            let byOperator = AuditEvent(
                .keyDeleted, on: Occasion(at: Household.noon, address: "cli"), company: household.company.id,
                actor: nil, target: "key_1")
            try await store.append([household.event(.keyCreated), household.event(.keyDeleted), byOperator])
            var query = AuditQuery(company: household.company.id)
            query.actions = [.keyDeleted]
            #expect(try await store.entries(query).map(\.event) == [byOperator, household.event(.keyDeleted)])
            query.actor = .user(household.user.id)
            #expect(try await store.entries(query).map(\.event) == [household.event(.keyDeleted)])
            query.actions = [.roleAdded]
            #expect(try await store.entries(query).isEmpty)
            query.actions = [.roleAdded, .keyDeleted]
            #expect(try await store.entries(query).count == 1)
            query = AuditQuery(company: household.company.id, actor: .operator)
            #expect(try await store.entries(query).map(\.event) == [byOperator])
        },
        Guarantee("auditFindsPeopleByPartOfTheirNameOrAddress") { store in
            let household = try await store.settled()
            let boris = household.colleague("Борис Орлов", email: "Orlov@engine.example")
            try await store.insert(boris)
            let stranger = try await store.settled(Household(email: "orlov@compiler.example"))
            let his = household.event(.keyCreated, by: boris.id)
            try await store.append([household.event(.keyCreated), his, stranger.event(.keyCreated)])
            try await store.write { transaction throws(StoreError) in
                try transaction.removeUser(boris.id, at: Household.noon)
            }
            for name in ["борис", "ОРЛОВ", " orlov@ENGINE", "ис Ор"] {
                let query = AuditQuery(company: household.company.id, actor: .named(name))
                #expect(try await store.entries(query).map(\.event) == [his], "\(name)")
            }
            let nobody = AuditQuery(company: household.company.id, actor: .named("compiler"))
            #expect(try await store.entries(nobody).isEmpty)
        },
        Guarantee("auditFiltersByMomentsFromTheFirstAndBeforeTheLast") { store in
            let household = try await store.settled()
            try await store.append((0..<5).map { household.event(.keyCreated, target: "\($0)", minute: $0) })
            var query = AuditQuery(company: household.company.id)
            query.since = Household.noon.advanced(by: .minutes(1))
            query.until = Household.noon.advanced(by: .minutes(3))
            #expect(try await store.entries(query).map(\.event.target) == ["2", "1"])
        },
        Guarantee("auditFindsWhatWasDoneToSomethingByItsNameNowOrThen") { store in
            let household = try await store.settled()
            let key = household.key("Ночной Импорт")
            try await store.insert(key)
            let confirmed = household.event(.keyConfirmed, target: "\(key.id)")
            let renamed = AuditEvent(
                .roleChanged, on: Occasion(at: Household.noon, address: "::1"), company: household.company.id,
                actor: household.user.id, target: "rol_1", before: "Старая: devices:read",
                after: "Operators ΟΔΟΣ Straße: ")
            let login = household.event(.sessionStarted, target: "\(household.user.id)")
            try await store.append([confirmed, renamed, login, household.event(.keyCreated, target: "key_other")])
            let expected: [(String, AuditEvent?)] = [
                ("ночной", confirmed), ("\(key.id)", confirmed), ("СТАРАЯ", renamed), ("operators", renamed),
                ("οδοσ", renamed), ("ΔΟΣ s", renamed), ("STRAß", renamed),
                ("ada@engine", login), (" rol_1 ", renamed), ("%", nil), ("'", nil), ("rol_", nil),
                ("\u{0}", nil), ("operators\u{0}", nil),
            ]
            for (text, event) in expected {
                var query = AuditQuery(company: household.company.id)
                query.target = text
                #expect(try await store.entries(query).map(\.event) == [event].compactMap(\.self), "\(text)")
            }
        },
        Guarantee("auditIsReadTowardsTheNewerToo") { store in
            let household = try await store.settled()
            try await store.append((1...7).map { household.event(.keyCreated, target: "\($0)") })
            let all = try await store.entries(AuditQuery(company: household.company.id))
            var query = AuditQuery(company: household.company.id, limit: 2)
            query.after = all[5].number
            #expect(try await store.entries(query).map(\.event.target) == ["4", "3"])
            query.after = all[0].number
            #expect(try await store.entries(query).isEmpty)
        },
        Guarantee("auditRemembersTheKeyThatSomethingWasDoneWith") { store in
            let household = try await store.settled()
            let event = AuditEvent(
                .keyDeleted, on: Occasion(at: Household.noon, address: "192.0.2.9"), company: household.company.id,
                actor: household.user.id, key: .random(), target: "key_1")
            try await store.append([event])
            #expect(try await store.auditEvents(household) == [event])
        },
    ]
}

extension Household {
    fileprivate func event(
        _ action: AuditEvent.Action, target: String = "key_1", by actor: ID<User>? = nil, minute: Int
    ) -> AuditEvent {
        AuditEvent(
            action, on: Occasion(at: Household.noon.advanced(by: .minutes(minute)), address: "192.0.2.1"),
            company: company.id, actor: actor ?? user.id, target: target)
    }

    fileprivate func event(_ action: AuditEvent.Action, by actor: ID<User>) -> AuditEvent {
        event(action, by: actor, minute: 0)
    }
}

extension Store {
    fileprivate func entries(_ query: AuditQuery) async throws -> [AuditEntry] {
        try await read { transaction throws(StoreError) in try transaction.auditEntries(query) }
    }

    fileprivate func append(_ events: [AuditEvent]) async throws {
        try await write { transaction throws(StoreError) in
            for event in events { try transaction.append(event) }
        }
    }
}
