import LatchkeyClient
import Testing

struct SecrecyTests {
    /// Everything that may come into a log, by its words and by its inside.
    @Test(arguments: [
        Peer.Act.refusal(401, "deleted"), .refusal(403, "missing_permission"), .close, .answer(500),
        .answer(401, [], #"{"code":"\#(someKey)"}"#),
    ])
    func noErrorHoldsTheKey(_ act: Peer.Act) async throws {
        try await Peer.run(act) { peer in
            let client = try peer.client()
            let refused = try #require(await refusal(permission: "devices:read", by: client))
            var inside = ""
            dump(refused, to: &inside)
            dump(client, to: &inside)
            for text in ["\(refused)", String(reflecting: refused), refused.sentence, inside, "\(client)"] {
                #expect(!text.contains(someKey))
            }
        }
    }

    @Test(arguments: [
        "", "keys.example.com", "ftp://keys.example.com", "https://", "https:///path", "/v1",
        "https://irina:secret@keys.example.com", "https://keys.example.com?x=1", "https://keys.example.com/#x",
    ])
    func addressThatCannotBeOneIsRefusedAtTheStart(_ url: String) {
        let made = Result { try LatchkeyClient(url: url) }
        guard case .failure(let problem as Misconfiguration) = made else {
            Issue.record("“\(url)” was taken")
            return
        }
        #expect(problem == .address)
        #expect(!"\(problem)".contains("secret"))
    }

    @Test(arguments: ["", "s", "SP", "sp_", "abcdefghi", "ключ"])
    func prefixThatCannotBeOneIsRefusedAtTheStart(_ prefix: String) {
        let made = Result { try LatchkeyClient(url: "https://keys.example.com", keyPrefix: prefix) }
        guard case .failure(let problem as Misconfiguration) = made else {
            Issue.record("“\(prefix)” was taken")
            return
        }
        #expect(problem == .keyPrefix(prefix))
    }

    @Test func pathOfTheAddressIsKept() async throws {
        try await Peer.run(.accepted) { peer in
            _ = try await LatchkeyClient(url: peer.url + "/latchkey/").verify(someKey)
            #expect(peer.requests.first?.hasPrefix("GET /latchkey/v1/verify HTTP/1.1\r\n") == true)
        }
    }
}
