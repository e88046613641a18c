import Dispatch
import KeyCore
import Testing

extension StoreConformance {
    static let transactions: [Guarantee] = [
        Guarantee("refusedTransactionLeavesNothingBehind") { store in
            let household = try await store.settled()
            let key = household.key("Lobby")
            let before = try await store.revision()
            let error = await storeError {
                try await store.write { transaction throws(StoreError) in
                    try transaction.insert(key, digest: .random())
                    try transaction.append(household.event(.keyCreated))
                    _ = try transaction.note([.key(key.id)])
                    throw .refused(.notFound)
                }
            }
            #expect(error == .refused(.notFound))
            #expect(try await store.key(key.id) == nil)
            #expect(try await store.auditEvents(household).isEmpty)
            #expect(try await store.revision() == before)
        },
        Guarantee("failedStatementUndoesThoseBeforeIt") { store in
            let household = try await store.settled()
            let (first, twin) = (household.key("Lobby"), household.key("LOBBY"))
            #expect(await storeError { try await store.insert([first, twin]) } == .duplicate(.keyName))
            #expect(try await store.key(first.id) == nil)
            try await store.insert(twin)
        },
        Guarantee("readSeesWhatWasWrittenBeforeItWasCalled") { store in
            let household = try await store.settled()
            for number in 1...50 {
                let key = household.key("Key \(number)")
                try await store.insert(key)
                #expect(try await store.key(key.id) == key)
            }
        },
        Guarantee("writeSeesItsOwnChanges") { store in
            let household = try await store.settled()
            let key = household.key("Lobby")
            let total = try await store.write { transaction throws(StoreError) in
                try transaction.insert(key, digest: .random())
                return try transaction.keys(household.query()).total
            }
            #expect(total == 1)
        },
        Guarantee("readKeepsItsSnapshotWhileOthersCommit") { store in
            let household = try await store.settled()
            let hasRead = AsyncStream.makeStream(of: Void.self)
            let hasWritten = DispatchSemaphore(value: 0)
            async let totals = store.read { transaction throws(StoreError) in
                let first = try transaction.keys(household.query()).total
                hasRead.continuation.finish()
                // Ends what would hang for ever; a machine that is busy with other tests may take its time.
                let isInTime = hasWritten.wait(timeout: .now() + 300) == .success
                return (first, try transaction.keys(household.query()).total, isInTime)
            }
            for await _ in hasRead.stream {}
            try await store.insert(household.key("Lobby"))
            hasWritten.signal()
            let (first, second, isInTime) = try await totals
            #expect(isInTime, "a read must not keep a write waiting")
            #expect(first == 0 && second == 0)
            #expect(try await store.keys(household.query()).total == 1)
        },
        Guarantee("cancelledCallerStillLearnsThatItsWriteHappened") { store in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await store.note([.key(.random())])
            }
            let revision = try await task.value
            #expect(revision.number == 1)
        },
    ]
}

extension Household {
    func event(_ action: AuditEvent.Action, target: String = "key_0", after: String? = nil) -> AuditEvent {
        AuditEvent(
            action, on: Occasion(at: Household.noon, address: "192.0.2.1"), company: company.id, actor: user.id,
            target: target, after: after)
    }
}

extension Store {
    func auditEvents(_ household: Household, limit: Int = 100) async throws -> [AuditEvent] {
        try await read { transaction throws(StoreError) in
            try transaction.auditEntries(AuditQuery(company: household.company.id, limit: limit)).map(\.event)
        }
    }
}
