import Foundation
import KeyCore

@testable import PostgresStore

/// A database of its own on the server that `Scripts/with-postgres` has started, dropped with it.
final class TestDatabase: Sendable {
    let name: String
    /// The server's URL with this database in it.
    let url: String

    fileprivate init(on server: String) throws {
        name = "test_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        guard var components = URLComponents(string: server) else { throw TestFailure("This is no URL: \(server)") }
        components.path = "/" + name
        url = components.string ?? ""
    }

    func open(
        connections: Int = PostgresStore.Limit.connections, warn: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(PostgresStore.OpenError) -> PostgresStore {
        try PostgresStore.open(url: url, platform: .smartPlayer, connections: connections, warn: warn)
    }

    /// The database as any other program sees it. Blocks for a moment.
    @discardableResult
    func raw(_ sql: SQL) throws -> [Row] {
        try connect().run(sql).rows
    }

    /// A session of its own, for what must stay open.
    func connect() throws -> Connection {
        try Server(address: try Address(url: url), warn: { _ in }).connect(patience: .seconds(20))
    }
}

struct TestFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The URL of the server that tests may do anything to but stop it.
func testServer() throws -> String {
    guard let url = ProcessInfo.processInfo.environment["LATCHKEY_TEST_POSTGRES"] else {
        throw TestFailure(
            "LATCHKEY_TEST_POSTGRES is not set. Run the tests by Scripts/with-postgres, which starts a PostgreSQL.")
    }
    return url
}

func withDatabase<Value>(_ body: (TestDatabase) async throws -> Value) async throws -> Value {
    let server = try testServer()
    let database = try TestDatabase(on: server)
    let name = SQL(stringLiteral: database.name)
    let admin = Server(address: try Address(url: server), warn: { _ in })
    _ = try admin.connect(patience: .seconds(60)).run("CREATE DATABASE \(name) TEMPLATE template0")
    func drop() { _ = try? admin.connect(patience: .seconds(60)).run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
    do {
        let value = try await body(database)
        drop()
        return value
    } catch {
        drop()
        throw error
    }
}
