import GRDB
import KeyCore
import Testing

@testable import SQLiteStore

struct UpkeepTests {
    @Test func fullDiskIsSaidAndUndoneAndOver() async throws {
        try await withDatabase { database in
            let store = try database.open()
            try await store.limitPages(toOneMore: true)
            let error = await #expect(throws: StoreError.self) {
                try await store.write { transaction throws(StoreError) in
                    for _ in 1...10_000 {
                        try transaction.insert(
                            Company(id: .random(), name: "Company", createdAt: Timestamp(milliseconds: 0)))
                    }
                }
            }
            guard case .full = error else {
                Issue.record("expected full, not \(String(describing: error))")
                return
            }
            #expect(try await store.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM companies") } == 0)
            try await store.limitPages(toOneMore: false)
            try await store.write { transaction throws(StoreError) in
                try transaction.insert(Company(id: .random(), name: "One", createdAt: Timestamp(milliseconds: 0)))
            }
        }
    }

    @Test func changeLogReachesBackSoFarAndNoFurther() async throws {
        try await withDatabase { database in
            let store = try database.open()
            let kept = Int64(SQLiteStore.Limit.revisionsKept)
            try await store.pool.write { db in
                try db.execute(
                    sql: """
                        WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < \(kept))
                        INSERT INTO changes SELECT n, 'key', n FROM numbers;
                        UPDATE revision SET number = \(kept);
                        """)
            }
            _ = try await store.write { transaction throws(StoreError) in try transaction.note([.key(.random())]) }
            let (reached, lost) = try await store.read { transaction throws(StoreError) in
                (
                    try transaction.changes(after: Revision(number: 1), limit: Int(kept)),
                    try transaction.changes(after: .zero, limit: Int(kept) * 2)
                )
            }
            guard case .since(let changes, _) = reached, case .tooMany = lost else {
                Issue.record("the log reaches to the wrong revision")
                return
            }
            #expect(changes.count == Int(kept))
        }
    }
}

extension SQLiteStore {
    /// What SQLite does at the end of its pages, it does at the end of the disk.
    fileprivate func limitPages(toOneMore: Bool) async throws {
        try await pool.writeWithoutTransaction { db in
            let count = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(toOneMore ? count + 1 : 1_000_000)")
        }
    }
}
