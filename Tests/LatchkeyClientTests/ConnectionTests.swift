import AsyncHTTPClient
import KeyCore
import LatchkeyClient
import Testing

/// What the client does on the wire, and what it does when the wire fails. What should end at once, and waits, fails.
@Suite(.timeLimit(.minutes(1)))
struct ConnectionTests {
    @Test func connectionIsKept() async throws {
        try await Peer.run(.accepted) { peer in
            let client = try peer.client()
            for _ in 1...5 { _ = try await client.verify(someKey) }
            #expect(peer.requests.count == 5)
            #expect(peer.connections == 1)
        }
    }

    /// Whoever keeps an answer says yes to a key that is gone.
    @Test func noAnswerIsKept() async throws {
        try await Peer.run(.accepted, .refusal(401, "deleted")) { peer in
            let client = try peer.client()
            _ = try await client.verify(someKey)
            #expect(await refusal(by: client) == .deleted)
        }
    }

    @Test(arguments: [
        "x", "sp_", "sp_0000000000000000000000000000003zYQqX", "xx_0000000000000000000000000000003zYQqW",
        someKey + "\r\nX-Forged: yes", someKey + " ", " " + someKey, "Bearer " + someKey, String(someKey.dropLast()),
    ])
    func whatIsNoKeyNeverLeavesTheProcess(_ nonsense: String) async throws {
        try await Peer.run(.accepted) { peer in
            let refused = try await refusal(of: nonsense, by: peer.client())
            #expect(refused == .malformed)
            let empty = try await refusal(of: "", by: peer.client())
            #expect(empty == .missing)
            #expect(peer.connections == 0)
        }
    }

    @Test func keysOfAnotherPlatformAreCheckedByItsPrefix() async throws {
        try await Peer.run(.accepted) { peer in
            let client = try LatchkeyClient(url: peer.url, keyPrefix: "clinic")
            let key = Secret.generate(prefix: "clinic").revealed
            #expect(await refusal(of: key, by: client) == nil)
            #expect(await refusal(of: someKey, by: client) == .malformed)
        }
    }

    @Test func lostConnectionIsTriedOnceMore() async throws {
        try await Peer.run(.accepted, .close, .accepted) { peer in
            let client = try peer.client()
            _ = try await client.verify(someKey)
            _ = try await client.verify(someKey)
            #expect(peer.requests.count == 3)
        }
    }

    @Test func connectionThatIsLostAgainIsNotTriedAThirdTime() async throws {
        try await Peer.run(.close) { peer in
            let refused = try await refusal(by: peer.client())
            #expect(refused?.code == "unreachable")
            #expect(peer.requests.count == 2)
        }
    }

    @Test func answerThatBeganIsNotAskedForAgain() async throws {
        let half = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"valid\":true,"
        try await Peer.run(.answer(half), .accepted) { peer in
            let refused = try await refusal(by: peer.client(timeout: .seconds(1)))
            #expect(refused == .unreachable(reason: "no answer within 1.0 seconds"))
            #expect(peer.requests.count == 1)
        }
    }

    @Test func silenceEndsWithTheTimeLimit() async throws {
        try await Peer.run(.silence) { peer in
            let refused = try await refusal(by: peer.client(timeout: .milliseconds(100)))
            #expect(refused == .unreachable(reason: "no answer within 0.1 seconds"))
        }
    }

    @Test func cancelledTaskWaitsForNothing() async throws {
        try await Peer.run(.silence) { peer in
            let client = try peer.client(timeout: .seconds(3600))
            let asking = Task { await refusal(by: client) }
            asking.cancel()
            #expect(await asking.value == .unreachable(reason: "the task was cancelled"))
        }
    }

    @Test func redirectIsNotFollowed() async throws {
        try await Peer.run(.accepted) { other in
            try await Peer.run(.answer(302, ["Location: \(other.url)/v1/verify"])) { peer in
                let refused = try await refusal(by: peer.client())
                #expect(refused == .unexpectedAnswer(status: 302))
                #expect(other.connections == 0)
            }
        }
    }

    @Test func endlessAnswerIsCutOff() async throws {
        let padding = String(repeating: " ", count: LatchkeyClient.maximumAnswer)
        try await Peer.run(.answer(200, [], Peer.Act.yes + padding)) { peer in
            let refused = try await refusal(by: peer.client())
            #expect(refused == .unexpectedAnswer(status: 200))
        }
    }

    @Test func nobodyListensIsSaidAtOnce() async throws {
        let url = try await Peer.run(.silence) { $0.url }
        var patient = HTTPClient.Configuration()
        patient.timeout.connect = .hours(1)
        let refused = await refusal(by: try LatchkeyClient(url: url, timeout: .seconds(3600), http: patient))
        #expect(refused?.code == "unreachable")
        #expect(refused?.isRefusal == false)
    }
}
