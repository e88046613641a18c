import Foundation
import LatchkeyClient
import Testing

/// What the client makes of each answer.
struct AnswerTests {
    @Test func acceptedKeyTellsWhoCallsAndWhatTheyMayDo() async throws {
        try await Peer.run(.accepted) { peer in
            let identity = try await peer.client().verify(someKey, permission: "devices:read")
            #expect(identity.key.id == "key_1")
            #expect(identity.key.name == "Gate")
            #expect((identity.key.expiresAt.timeIntervalSince1970 * 1000).rounded() == 1_826_927_999_120)
            #expect(identity.user == Identity.User(id: "usr_1", name: "Ирина \"I\""))
            #expect(identity.company == Identity.Company(id: "com_1", name: "Acme"))
            #expect(identity.role == "Viewer")
            #expect(identity.permissions == ["broadcasts:read", "devices:read"])
            let head = try #require(peer.requests.first)
            #expect(head.hasPrefix("GET /v1/verify?permission=devices:read HTTP/1.1\r\n"))
            #expect(head.contains("Authorization: Bearer \(someKey)\r\n"))
        }
    }

    @Test(
        arguments: [
            (401, "missing", .missing), (401, "malformed", .malformed), (401, "unknown", .unknown),
            (401, "deleted", .deleted), (401, "expired", .expired), (401, "not_copied", .notCopied),
            (401, "owner_blocked", .ownerBlocked), (403, "missing_permission", .missingPermission("devices:read")),
            (503, "not_current", .notCurrent),
        ] as [(Int, String, LatchkeyError)])
    func everyCodeIsAnErrorOfItsOwn(_ status: Int, _ code: String, _ expected: LatchkeyError) async throws {
        try await Peer.run(.refusal(status, code)) { peer in
            let refused = try await refusal(permission: "devices:read", by: peer.client())
            #expect(refused == expected)
            #expect(refused?.code == code)
        }
    }

    @Test(arguments: [("7", 7), ("0", 1), ("-5", 1), ("999999", 3600), ("Mon, 23 Nov 2026 00:00:00 GMT", 1)])
    func tooManyRequestsTellWhenToAskAgain(_ header: String, _ seconds: Int) async throws {
        try await Peer.run(.refusal(429, "rate_limited", ["Retry-After: \(header)"])) { peer in
            let refused = try await refusal(by: peer.client())
            #expect(refused == .rateLimited(retryAfter: .seconds(seconds)))
        }
    }

    /// A proxy's page, a code of tomorrow, a yes that is none: nobody gets in by them.
    @Test(arguments: [
        (200, ""), (200, "<html>"), (200, "{}"), (200, #"{"valid":true}"#), (204, ""), (201, "{}"),
        (401, "<html>"), (401, #"{"code":"of_tomorrow"}"#), (403, #"{"code":"deleted"}"#),
        (500, #"{"code":"deleted"}"#),
        (502, "Bad Gateway"), (404, ""),
    ])
    func anythingElseIsUnexpected(_ status: Int, _ body: String) async throws {
        try await Peer.run(.answer(status, [], body)) { peer in
            let refused = try await refusal(permission: "devices:read", by: peer.client())
            #expect(refused == .unexpectedAnswer(status: status))
        }
    }

    @Test(arguments: [
        (200, Peer.Act.yes.replacing("true", with: "false")),
        (200, Peer.Act.yes.replacing("2027-11-22T", with: "soon")),
        (201, Peer.Act.yes), (401, Peer.Act.yes), (503, Peer.Act.yes), (200, String(Peer.Act.yes.dropLast())),
    ])
    func halfAYesIsUnexpected(_ status: Int, _ body: String) async throws {
        try await Peer.run(.answer(status, [], body)) { peer in
            let refused = try await refusal(by: peer.client())
            #expect(refused == .unexpectedAnswer(status: status))
        }
    }

    @Test func permissionCannotChangeTheRequest() async throws {
        try await Peer.run(.accepted) { peer in
            _ = try await peer.client().verify(someKey, permission: "a&permission=b #é\r\nX: y")
            #expect(
                peer.requests.first?.hasPrefix(
                    "GET /v1/verify?permission=a%26permission%3Db%20%23%C3%A9%0D%0AX:%20y HTTP/1.1\r\n") == true)
        }
    }
}
