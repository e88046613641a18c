import KeyCore
import Testing

@testable import PostgresStore

struct OpeningTests {
    @Test func emptyDatabaseGetsTheSchema() async throws {
        try await withDatabase { database in
            let store = try database.open()
            #expect(try store.schemaVersion() == PostgresStore.latestSchemaVersion)
            let revision = try await store.read { transaction throws(StoreError) in try transaction.revision() }
            #expect(revision == .zero)
            store.close()
        }
    }

    @Test func programsThatStartTogetherAllOpen() async throws {
        try await withDatabase { database in
            let versions = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...10 { group.addTask { try database.open().schemaVersion() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(versions == Array(repeating: PostgresStore.latestSchemaVersion, count: 10))
        }
    }

    @Test func emptyDatabaseIsNotTakenForOursUnlessItMayBeMade() async throws {
        try await withDatabase { database in
            #expect(throws: OpenError.empty(database: database.name)) { try database.open(mode: .existing) }
            #expect(throws: OpenError.empty(database: database.name)) { try database.openForExamination() }
            let tables = try database.number(
                "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
            #expect(tables == 0)
            try database.open().close()
            try database.open(mode: .existing).close()
        }
    }

    /// All that could be told from the version alone: here the tables are those of the latest.
    @Test func olderSchemaIsRefusedUnlessItMayBeChangedOrIsOnlyLookedAt() async throws {
        try await withDatabase { database in
            try database.open().close()
            try database.raw("UPDATE latchkey_schema SET version = 0")
            let supported = PostgresStore.latestSchemaVersion
            let expected = OpenError.olderSchema(found: 0, supported: supported)
            #expect(throws: expected) { try database.open(mode: .existing) }
            let store = try database.openForExamination()
            let examination = try await store.examine()
            store.close()
            #expect(examination.schemaVersion == 0)
            #expect(examination.contents == nil)
            let version = try database.number("SELECT version FROM latchkey_schema")
            #expect(version == 0)
        }
    }

    @Test func newerSchemaIsRefusedAndLeftAsItIs() async throws {
        try await withDatabase { database in
            try database.open().close()
            let newer = PostgresStore.latestSchemaVersion + 1
            try database.raw("UPDATE latchkey_schema SET version = \(newer)")
            let expected = OpenError.newerSchema(found: newer, supported: newer - 1)
            #expect(throws: expected) { try database.open() }
            #expect(throws: expected) { try database.open(mode: .existing) }
            #expect(throws: expected) { try database.openForExamination() }
            #expect(!expected.description.contains("\n"))
            let value = try database.number("SELECT version FROM latchkey_schema")
            #expect(value == newer)
        }
    }

    @Test(arguments: ["public", "elsewhere"])
    func databaseOfAnotherProgramIsRefusedAndLeftAsItIs(_ schema: String) async throws {
        try await withDatabase { database in
            try database.raw("CREATE SCHEMA IF NOT EXISTS \(SQL(stringLiteral: schema))")
            try database.raw("CREATE TABLE \(SQL(stringLiteral: schema)).songs (title text)")
            let expected = OpenError.notLatchkey(database: database.name, table: "songs")
            #expect(throws: expected) { try database.open() }
            let tables = try database.raw(
                "SELECT relname::text FROM pg_class WHERE relname IN ('latchkey_schema', 'keys')")
            #expect(tables.isEmpty)
        }
    }

    @Test func databaseThatCannotHoldEveryNameIsRefused() async throws {
        try await withDatabase { database in
            let latin = database.name + "_latin"
            try database.raw(
                "CREATE DATABASE \(SQL(stringLiteral: latin)) ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
            defer { _ = try? database.raw("DROP DATABASE \(SQL(stringLiteral: latin))") }
            let url = database.url.replacingOccurrences(of: database.name, with: latin)
            let error = #expect(throws: OpenError.self) {
                try PostgresStore.open(url: url, platform: .smartPlayer)
            }
            #expect(error?.description.contains("UTF8") == true)
        }
    }

    @Test func wrongPasswordIsRefusedInOneLineWithoutIt() async throws {
        try await withServer { server in
            let store = try PostgresStore.open(url: server.url, platform: .smartPlayer)
            store.close()
            let error = #expect(throws: OpenError.self) {
                try PostgresStore.open(url: server.url(password: "hunter2-wrong"), platform: .smartPlayer)
            }
            let said = error?.description ?? ""
            #expect(said.contains("password authentication failed"))
            #expect(!said.contains("hunter2") && !said.contains("\n"))
            // A blot would show the shortest ones, and one that is the user's name.
            for password in ["e", "postgres"] {
                let error = #expect(throws: OpenError.self) {
                    try PostgresStore.open(url: server.url(password: password), platform: .smartPlayer)
                }
                #expect(error?.description == said)
            }
        }
    }

    @Test func databaseThatIsNotThereIsRefusedInOneLineWithoutThePassword() throws {
        let port = try freePort()
        let url = "postgres://latchkey:hunter2@127.0.0.1:\(port),localhost:\(port)/keys"
        let error = #expect(throws: OpenError.self) {
            try PostgresStore.open(url: url, platform: .smartPlayer)
        }
        let said = error?.description ?? ""
        #expect(said.contains("Connection refused") && said.contains("127.0.0.1"))
        #expect(!said.contains("hunter2") && !said.contains("\n"))
    }
}

extension TestDatabase {
    fileprivate func openForExamination() throws(OpenError) -> PostgresStore {
        try PostgresStore.openForExamination(url: url, platform: .smartPlayer)
    }
}
