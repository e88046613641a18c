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
            query.action = .keyDeleted
            #expect(try await store.entries(query).map(\.event) == [byOperator, household.event(.keyDeleted)])
            query.actor = household.user.id
            #expect(try await store.entries(query).map(\.event) == [household.event(.keyDeleted)])
            query.action = .roleAdded
            #expect(try await store.entries(query).isEmpty)
        },
    ]
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
