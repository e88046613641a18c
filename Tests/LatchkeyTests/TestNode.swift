import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import KeyCore
import Logging
import Passwords
import SQLiteStore
import Synchronization
import Testing

@testable import latchkey

/// A clock that moves only when a test moves it.
final class HandClock: Sendable {
    /// Sunday, 22 November 2026, 12:00 UTC.
    static let noon = Timestamp(milliseconds: 1_795_348_800_000)

    private let moment = Mutex(HandClock.noon)

    var now: Timestamp { moment.withLock(\.self) }

    func advance(by interval: Duration) {
        moment.withLock { $0 = $0.advanced(by: interval) }
    }

    func set(_ new: Timestamp) {
        moment.withLock { $0 = new }
    }
}

/// A node on a real SQLite file in a folder of its own, asked in process.
struct TestNode {
    let path: String
    let store: SQLiteStore
    let node: Node
    let clock: HandClock

    /// Patient: all tests register at once.
    private static let hasher = Argon2Hasher(concurrency: 2, maximumWaiting: .max)

    init(_ flags: [Setting: String] = [:], platform: Platform = .smartPlayer) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "latchkey-\(UUID().uuidString)").path
        path = folder + "/latchkey.sqlite"
        store = try SQLiteStore.open(path: path, platform: platform)
        clock = HandClock()
        let settings = try Settings(SettingSource(flags: flags, environment: [:]))
        node = try await Node(
            settings: settings, platform: platform, store: store, logger: Logger(label: "test"),
            hasher: TestNode.hasher, now: { [clock] in clock.now })
    }

    /// Runs a test against the node and removes its files.
    static func run(
        _ flags: [Setting: String] = [:], platform: Platform = .smartPlayer,
        _ test: @escaping @Sendable (TestNode, any TestClientProtocol) async throws -> Void
    ) async throws {
        let node = try await TestNode(flags, platform: platform)
        defer { try? FileManager.default.removeItem(atPath: (node.path as NSString).deletingLastPathComponent) }
        let application = Application(responder: node.node.responder)
        try await application.test(.router) { client in try await test(node, client) }
        try node.store.close()
    }
}

/// An answer, read as a test wants to see it.
struct Answer {
    let status: Int
    let headers: HTTPFields
    let text: String

    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]) ?? [:]
    }

    var code: String? { json["code"] as? String }
    var fields: [String] { (json["errors"] as? [[String: Any]] ?? []).compactMap { $0["field"] as? String } }
    subscript(_ member: String) -> String? { json[member] as? String }
}

/// A browser that is logged in, or a program with a key, or a visitor with neither.
struct Visitor {
    let client: any TestClientProtocol
    var headers: HTTPFields = [:]

    func ask(
        _ method: HTTPRequest.Method, _ path: String, _ body: [String: Any]? = nil
    ) async throws -> Answer {
        var headers = headers
        var buffer: ByteBuffer?
        if let body {
            headers[.contentType] = "application/json"
            buffer = ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: body))
        }
        return try await client.execute(uri: path, method: method, headers: headers, body: buffer) { response in
            Answer(status: response.status.code, headers: response.headers, text: String(buffer: response.body))
        }
    }

    /// Registers and keeps the session, as a browser does.
    static func registered(
        _ client: any TestClientProtocol, email: String = "irina@example.com", timeZone: String = "UTC"
    ) async throws -> Visitor {
        let answer = try await Visitor(client: client).ask(
            .post, "/v1/accounts",
            [
                "name": "Irina", "email": email, "password": "a quiet garden", "company": "Acme",
                "time_zone": timeZone,
            ])
        #expect(answer.status == 201)
        return Visitor(client: client).with(cookieOf: answer)
    }

    func with(cookieOf answer: Answer) -> Visitor {
        var visitor = self
        visitor.headers[.cookie] = answer.headers[.setCookie]?.split(separator: ";").first.map(String.init)
        visitor.headers[HTTPField.Name("Sec-Fetch-Site")!] = "same-origin"
        return visitor
    }

    func with(key: String) -> Visitor {
        var visitor = Visitor(client: client)
        visitor.headers[.authorization] = "Bearer \(key)"
        return visitor
    }

    func createKey(_ name: String, _ more: [String: Any] = [:]) async throws -> (id: String, key: String) {
        let answer = try await ask(.post, "/v1/keys", more.merging(["name": name]) { $1 })
        #expect(answer.status == 201)
        return (try #require(answer["id"]), try #require(answer["key"]))
    }
}
