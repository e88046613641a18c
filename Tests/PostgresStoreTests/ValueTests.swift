import KeyCore
import Testing

@testable import PostgresStore

/// What is sent comes back as it was.
struct ValueTests {
    @Test func valuesComeBackAsTheyWere() async throws {
        try await withDatabase { database in
            let digest = Digest(of: [1, 2, 3])
            let id = ID<Key>(rawValue: .max)
            let row = try database.raw(
                """
                SELECT \(Int64.min) AS smallest, \(id) AS id, \(Timestamp(milliseconds: -1)) AS moment,
                    \(true) AS yes, \("") AS empty, \("'; DROP TABLE keys; -- 🗝\n") AS text, \([0, 255] as [UInt8]) AS bytes,
                    \(digest) AS digest, \(nil as String?) AS missing, \(nil as Timestamp?) AS never
                """)[0]
            #expect(row["smallest"] == Int64.min)
            #expect(row.id("id") == id)
            #expect(row.moment("moment") == Timestamp(milliseconds: -1))
            #expect(row["yes"] == true)
            #expect(row["empty"] == "")
            #expect(row["text"] == "'; DROP TABLE keys; -- 🗝\n")
            #expect(row["bytes"] == [0, 255] as [UInt8])
            let back = try row.digest("digest")
            #expect(back == digest)
            #expect(row["missing"] == nil as String?)
            #expect(row.momentIfAny("never") == nil)
        }
    }

    @Test(arguments: [[], ["a"], ["", "NULL", #""{},\"#, "ключ"]])
    func listsArriveElementByElement(_ texts: [String]) async throws {
        try await withDatabase { database in
            let rows = try database.raw("SELECT text FROM unnest(\(texts)) WITH ORDINALITY AS t (text, n) ORDER BY n")
            #expect(rows.map { $0["text"] } == texts)
        }
    }

    @Test func textWithANULEqualsNothingAndIsNeverCut() async throws {
        try await withDatabase { database in
            try database.raw("CREATE TABLE texts (text text NOT NULL)")
            try database.raw("INSERT INTO texts VALUES ('Ada')")
            for sql in [
                "SELECT text FROM texts WHERE text = \("Ada\0x")",
                "SELECT text FROM texts WHERE text = ANY(\(["Ada\0", "x"]))",
            ] as [SQL] {
                let found = try database.raw(sql)
                #expect(found.isEmpty)
            }
            let error = #expect(throws: Failure.self) { try database.raw("INSERT INTO texts VALUES (\("Ada\0x"))") }
            #expect(error?.state == "23502")
        }
    }

    @Test func nestedSQLIsNumberedAnew() {
        let condition: SQL = "a = \(1) AND b = \("x")"
        let (text, values) = ("SELECT \(2) WHERE \(condition) LIMIT \(3)" as SQL).statement
        #expect(text == "SELECT $1 WHERE a = $2 AND b = $3 LIMIT $4")
        #expect(values.map(\.type) == [.integer, .integer, .text, .integer])
        #expect((["a = \(1)", "b = \(2)"] as [SQL]).joined(separator: " OR ").statement.text == "a = $1 OR b = $2")
    }

    /// More rows than stand in memory at a time, and statements between them.
    @Test(arguments: [0, 1, 1_999, 2_000, 4_001])
    func rowsAreHandedOverOneByOne(_ count: Int) async throws {
        try await withCounter { _, store in
            let seen = try await store.read { transaction throws(StoreError) in
                let transaction = transaction as! PostgresTransaction
                var seen: [Int] = []
                try transaction.forEachRow("SELECT n FROM generate_series(1, \(count)) AS s (n)") {
                    row throws(StoreError) in
                    seen.append(row["n"])
                    if seen.count == 1 { _ = try transaction.revision() }
                }
                return seen
            }
            #expect(seen == Array(1...max(count, 1)).dropLast(count == 0 ? 1 : 0))
        }
    }

    /// Cursors have the same few names in each transaction, and what is fetched from them is prepared.
    @Test func oneTransactionsCursorHasOtherColumnsThanTheNextOnes() async throws {
        try await withDatabase { database in
            try database.open().close()
            let pool = Pool(Server(address: try Address(url: database.url), warn: { _ in }), connections: 1)
            for sql in ["SELECT 1 AS a", "SELECT 'x' AS b, 2 AS c", "SELECT 3 AS a"] as [SQL] {
                let columns = try await pool.transaction(.reading, platform: .smartPlayer) {
                    transaction throws(StoreError) in
                    var columns: [String] = []
                    try transaction.forEachRow(sql) { row throws(StoreError) in columns = row.columns }
                    return columns
                }
                #expect(columns == (sql.statement.text.contains("b") ? ["b", "c"] : ["a"]))
            }
            pool.close()
        }
    }

    @Test func statementsPastTheLimitArePlainOnes() async throws {
        try await withDatabase { database in
            let server = Server(address: try Address(url: database.url), warn: { _ in })
            let connection = try server.connect(patience: .seconds(20), isKept: true)
            for number in 0..<Connection.Limit.prepared + 10 {
                let value: Int? = try connection.run("SELECT \(number) AS n\(SQL(stringLiteral: String(number)))").rows[
                    0][0]
                #expect(value == number)
            }
            #expect(connection.prepared.count == Connection.Limit.prepared)
        }
    }
}
