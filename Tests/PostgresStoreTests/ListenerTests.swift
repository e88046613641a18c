import KeyCore
import Synchronization
import Testing

@testable import PostgresStore

@Suite(.timeLimit(.minutes(5)))
struct ListenerTests {
    @Test func commitOfAnotherProcessWakesAll() async throws {
        try await withDatabase { database in
            let (store, other) = (try database.open(), try database.open())
            let streams = [store.notifications(), store.notifications()]
            try await store.untilNotificationsArrive()
            let woken = Task {
                var count = 0
                // The first are for having connected, and for the probe.
                for stream in streams { for await _ in stream { count += 1; break } }
                return count
            }
            #expect(await woken.value == 2)
            try await other.change()
            for stream in streams { for await _ in stream { break } }
            store.close()
            other.close()
        }
    }

    @Test func notificationsEndWhenTheStoreIsClosed() async throws {
        try await withDatabase { database in
            let store = try database.open()
            let notifications = store.notifications()
            store.close()
            for await _ in notifications {}
            for await _ in store.notifications() {}
        }
    }

    /// What was missed meanwhile is made up for by the wake after listening anew.
    @Test func connectionThatIsLostIsReplacedAndWakesOnce() async throws {
        try await withDatabase { database in
            let store = try database.open()
            let notifications = store.notifications()
            try await store.untilNotificationsArrive()
            var iterator = notifications.makeAsyncIterator()
            let listening: SQL = "datname = current_database() AND query ILIKE 'listen%'"
            let before = try database.number("SELECT pid::bigint FROM pg_stat_activity WHERE \(listening)")
            try database.raw("SELECT pg_terminate_backend(\(before)::int)")
            while true {
                _ = await iterator.next()
                let now = try database.number("SELECT pid::bigint FROM pg_stat_activity WHERE \(listening)")
                if let now, now != before { break }
            }
            store.close()
        }
    }

    @Test func burstOfCommitsIsHeardWithoutKeepingThemAll() async throws {
        try await withDatabase { database in
            let store = try database.open()
            let notifications = store.notifications()
            try await store.untilNotificationsArrive()
            var iterator = notifications.makeAsyncIterator()
            // For having connected.
            _ = await iterator.next()
            for _ in 1...100 { try await store.change() }
            let isHeard = await iterator.next() != nil
            #expect(isHeard)
            let last = try await store.revision()
            store.close()
            var count = 0
            while await iterator.next() != nil { count += 1 }
            #expect(count <= 1)
            #expect(last.number == 100)
        }
    }
}

extension PostgresStore {
    func change() async throws {
        _ = try await write { transaction throws(StoreError) in try transaction.note([.key(.random())]) }
    }

    func untilNotificationsArrive() async throws {
        while listener.notificationsArrive == nil { try await Task.sleep(for: .milliseconds(5)) }
        #expect(listener.notificationsArrive == true)
    }
}
