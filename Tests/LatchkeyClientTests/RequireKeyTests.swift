import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LatchkeyClient
import Testing

private struct Context: KeyHolding {
    var coreContext: CoreRequestContextStorage
    var identity: Identity?

    init(source: Source) {
        coreContext = .init(source: source)
    }
}

struct RequireKeyTests {
    private let key: HTTPFields = [.authorization: "Bearer \(someKey)"]

    /// Asks a service whose `/devices` needs `devices:read`, and whose `/open` nobody guards.
    private func ask(
        _ path: String = "/devices", _ headers: HTTPFields = [.authorization: "Bearer \(someKey)"], peer: Peer
    ) async throws -> TestResponse {
        let latchkey = try peer.client()
        let router = Router(context: Context.self)
        router.group("devices").add(middleware: RequireKey(latchkey, permission: "devices:read"))
            .get { _, context in try context.requireIdentity().user.name }
            .get("create") { _, context in try context.require("devices:create").user.name }
            .group("inner").add(middleware: RequireKey(latchkey, permission: "broadcasts:read"))
            .get { _, context in try context.requireIdentity().user.name }
            .group("delete").add(middleware: RequireKey(latchkey, permission: "devices:delete"))
            .get { _, _ in "deleted" }
        router.get("open") { _, context in try context.requireIdentity().user.name }
        return try await Application(router: router).test(.router) { client in
            try await client.execute(uri: path, method: .get, headers: headers)
        }
    }

    /// The code of the problem that such a request is answered with.
    private func code(_ path: String, _ headers: HTTPFields, _ peer: Peer) async throws -> String? {
        try await code(ask(path, headers, peer: peer))
    }

    private func code(_ response: TestResponse) throws -> String? {
        #expect(response.headers[.contentType] == "application/problem+json")
        #expect(response.headers[.cacheControl] == "no-store")
        let body = try JSONSerialization.jsonObject(with: Data(buffer: response.body)) as? [String: Any]
        #expect(body?["status"] as? Int == response.status.code)
        return body?["code"] as? String
    }

    @Test func handlerLearnsWhoCalls() async throws {
        try await Peer.run(.accepted) { peer in
            let response = try await ask(peer: peer)
            #expect(response.status == .ok)
            #expect(String(buffer: response.body) == "Ирина \"I\"")
        }
    }

    @Test(
        arguments: [
            (.refusal(401, "deleted"), 401, "deleted"), (.refusal(401, "owner_blocked"), 401, "owner_blocked"),
            (.refusal(403, "missing_permission"), 403, "missing_permission"),
            (.refusal(429, "rate_limited", ["Retry-After: 7"]), 429, "rate_limited"),
            (.refusal(503, "not_current"), 503, "not_current"), (.close, 503, "unreachable"),
            (.answer(200, [], "<html>"), 503, "unexpected_answer"),
        ] as [(Peer.Act, Int, String)])
    func refusalIsAnsweredAsVerifyDoes(_ act: Peer.Act, _ status: Int, _ expected: String) async throws {
        try await Peer.run(act) { peer in
            let response = try await ask(peer: peer)
            #expect(response.status.code == status)
            #expect(try code(response) == expected)
            let challenge = response.headers[.wwwAuthenticate]
            switch status {
            case 401: #expect(challenge?.hasPrefix("Bearer realm=\"API\", error=\"invalid_token\"") == true)
            case 403:
                #expect(challenge == "Bearer realm=\"API\", error=\"insufficient_scope\", scope=\"devices:read\"")
            default:
                #expect(challenge == nil)
                #expect(response.headers[.retryAfter] == (status == 429 ? "7" : "1"))
            }
        }
    }

    @Test func keyIsReadWhereLatchkeyReadsIt() async throws {
        let apiKey = HTTPField.Name("X-API-Key")!
        try await Peer.run(.accepted) { peer in
            for headers: HTTPFields in [[apiKey: someKey], [.authorization: "bearer  \(someKey)"]] {
                let response = try await ask("/devices", headers, peer: peer)
                #expect(response.status == .ok)
            }
            #expect(peer.requests.count == 2)
        }
    }

    @Test func keyElsewhereOrTwiceIsNotRead() async throws {
        let apiKey = HTTPField.Name("X-API-Key")!
        var two = key
        two.append(HTTPField(name: .authorization, value: "Bearer \(someKey)"))
        try await Peer.run(.accepted) { peer in
            let inURL = try await code("/devices?key=\(someKey)&access_token=\(someKey)", [:], peer)
            #expect(inURL == "missing")
            let twice = try await code("/devices", two, peer)
            #expect(twice == "malformed")
            let behindNonsense = try await code("/devices", [.authorization: "Bearer x", apiKey: someKey], peer)
            #expect(behindNonsense == "malformed")
            #expect(peer.requests.isEmpty)
        }
    }

    @Test func noKeyAtAllIsAskedForWithoutAnErrorCode() async throws {
        try await Peer.run(.accepted) { peer in
            let response = try await ask("/devices", [:], peer: peer)
            #expect(response.status == .unauthorized)
            #expect(response.headers[.wwwAuthenticate] == "Bearer realm=\"API\"")
        }
    }

    @Test func forgottenGuardClosesTheRoute() async throws {
        try await Peer.run(.accepted) { peer in
            let answered = try await code("/open", key, peer)
            #expect(answered == "missing")
        }
    }

    @Test func handlerMayAskForAFurtherRightByItself() async throws {
        try await Peer.run(.accepted) { peer in
            let response = try await ask("/devices/create", peer: peer)
            #expect(response.status == .forbidden)
            #expect(try code(response) == "missing_permission")
            #expect(peer.requests.count == 1)
        }
    }

    @Test func innerGuardAsksOnlyAboutANo() async throws {
        try await Peer.run(.accepted) { peer in
            let response = try await ask("/devices/inner", peer: peer)
            #expect(response.status == .ok)
            #expect(peer.requests.count == 1)
        }
        try await Peer.run(.accepted, .refusal(403, "missing_permission")) { peer in
            let answered = try await code("/devices/inner/delete", key, peer)
            #expect(answered == "missing_permission")
            #expect(peer.requests.map { $0.contains("devices:delete") } == [false, true])
        }
    }
}
