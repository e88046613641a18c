import Foundation
import KeyCore
import StoreConformance
import Synchronization
import Testing

@testable import PostgresStore

/// PgBouncer in transaction mode, where each transaction may have another connection to the database.
@Suite(.timeLimit(.minutes(5)))
struct PoolerTests {
    @Test(arguments: StoreConformance.guarantees)
    func storeKeepsItsGuaranteesThroughAPooler(_ guarantee: Guarantee) async throws {
        try await withDatabase { database in
            let store = try PostgresStore.open(url: try database.pooledURL, platform: .smartPlayer)
            try await guarantee.check(store)
            store.close()
        }
    }

    @Test func statementsThatThePoolerLosesAreDoneWithoutAndSaidOnce() async throws {
        try await withDatabase { database in
            let said = Mutex<[String]>([])
            let store = try PostgresStore.open(url: try database.pooledURL, platform: .smartPlayer) { sentence in
                said.withLock { $0.append(sentence) }
            }
            for _ in 1...20 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 1...8 { group.addTask { _ = try await store.revision() } }
                    for _ in 1...2 { group.addTask { try await store.change() } }
                    try await group.waitForAll()
                }
            }
            #expect(try await store.revision().number == 40)
            let sentences = said.withLock(\.self)
            #expect(sentences.count == 1)
            #expect(sentences.first?.contains("Prepared statements") == true)
            store.close()
        }
    }

    @Test func notificationsThatThePoolerLosesAreNoticedAndSaid() async throws {
        try await withDatabase { database in
            let said = Mutex<[String]>([])
            let store = try PostgresStore.open(url: try database.pooledURL, platform: .smartPlayer) { sentence in
                said.withLock { $0.append(sentence) }
            }
            let notifications = store.notifications()
            while store.listener.notificationsArrive == nil { try await Task.sleep(for: .milliseconds(20)) }
            #expect(store.listener.notificationsArrive == false)
            #expect(said.withLock { $0.filter { $0.contains("polling") }.count } == 1)
            // What was left listening in the pooler hurts nobody.
            for _ in 1...20 { try await store.change() }
            #expect(try await store.revision().number == 20)
            store.close()
            for await _ in notifications {}
        }
    }

    @Test func nodesKeepTheirLeasesThroughAPooler() async throws {
        try await withDatabase { database in
            let store = try PostgresStore.open(url: try database.pooledURL, platform: .smartPlayer)
            let id = try await store.register(name: "a", lease: .seconds(2))
            for number in 1...10 {
                try await store.change()
                let seen = try await store.renew(id) { transaction throws(StoreError) in try transaction.revision() }
                #expect(seen?.number == Int64(number))
                try await store.acknowledge(id, seen ?? .zero)
            }
            #expect(try await store.nodes().map(\.applied) == [10])
            store.close()
        }
    }
}

extension TestDatabase {
    fileprivate var pooledURL: String {
        get throws {
            guard let url = ProcessInfo.processInfo.environment["LATCHKEY_TEST_PGBOUNCER"] else {
                throw TestFailure("LATCHKEY_TEST_PGBOUNCER is not set. Run the tests by Scripts/with-postgres.")
            }
            return url.replacingOccurrences(of: "/postgres", with: "/" + name, options: [.anchored, .backwards])
        }
    }
}
