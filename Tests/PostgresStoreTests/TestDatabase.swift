import Foundation
import KeyCore
import Synchronization

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
        mode: OpenMode = .create, connections: Int = PostgresStore.Limit.connections,
        warn: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(OpenError) -> PostgresStore {
        try PostgresStore.open(url: url, platform: .smartPlayer, mode: mode, connections: connections, warn: warn)
    }

    /// The database as any other program sees it. Blocks for a moment.
    @discardableResult
    func raw(_ sql: SQL) throws -> [Row] {
        try connect().run(sql).rows
    }

    func number(_ sql: SQL) throws -> Int? {
        try raw(sql).first?[0]
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
    try await few.pass { try await withDatabaseAtOnce(body) }
}

private func withDatabaseAtOnce<Value>(_ body: (TestDatabase) async throws -> Value) async throws -> Value {
    let server = try testServer()
    let database = try TestDatabase(on: server)
    try await administer(server, "CREATE DATABASE \(SQL(stringLiteral: database.name)) TEMPLATE template0")
    do {
        let value = try await body(database)
        try await drop(database, on: server)
        return value
    } catch {
        try? await drop(database, on: server)
        throw error
    }
}

/// So many tests with a database at a time: all at once would measure how long a crowd takes to connect.
private let few = Turnstile(places: 6)

private final class Turnstile: Sendable {
    /// A test with a second database has passed already.
    @TaskLocal private static var isInside = false

    private let state: Mutex<(free: Int, waiting: [CheckedContinuation<Void, Never>])>

    init(places: Int) {
        state = Mutex((places, []))
    }

    func pass<Value>(_ body: () async throws -> Value) async throws -> Value {
        if Turnstile.isInside { return try await body() }
        await enter()
        defer { leave() }
        return try await Turnstile.$isInside.withValue(true) { try await body() }
    }

    private func enter() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.free == 0 {
                    state.waiting.append(continuation)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { continuation.resume() }
        }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}

private func drop(_ database: TestDatabase, on server: String) async throws {
    try await administer(server, "DROP DATABASE IF EXISTS \(SQL(stringLiteral: database.name)) WITH (FORCE)")
}

private func administer(_ server: String, _ sql: SQL) async throws {
    try await blocking {
        let admin = Server(address: try Address(url: server), warn: { _ in })
        _ = try admin.connect(patience: .seconds(60)).run(sql)
    }
}

/// Runs what blocks on a thread of its own. The tests share as many threads as there are processors.
func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
    }
}

/// Where it is no matter how long the database takes.
extension NodeLedger {
    func renew<Value: Sendable>(
        _ id: ID<NodeRecord>, _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value? {
        try await renew(id, within: .seconds(20), body)
    }

    func acknowledge(_ id: ID<NodeRecord>, _ revision: Revision) async throws(StoreError) {
        try await acknowledge(id, revision, within: .seconds(20))
    }
}
