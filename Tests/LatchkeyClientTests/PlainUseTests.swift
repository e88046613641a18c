import LatchkeyClient
import Testing

/// The use without a web framework, as docs/INTEGRATE.md shows it.
struct PlainUseTests {
    private func greeting(for key: String, by latchkey: LatchkeyClient) async -> String {
        do {
            let identity = try await latchkey.verify(key, permission: "devices:read")
            return "Welcome, \(identity.user.name) of \(identity.company.name)."
        } catch {
            // A LatchkeyError: its code is stable, its sentence is for the caller, and neither holds the key.
            return error.isRefusal ? error.sentence : "Come back later: \(error.code)."
        }
    }

    @Test func theProgramOfTheGuideGreetsOrTellsWhyNot() async throws {
        try await Peer.run(.accepted, .refusal(401, "deleted"), .answer(502)) { peer in
            let latchkey = try peer.client()
            #expect(await greeting(for: someKey, by: latchkey) == "Welcome, Ирина \"I\" of Acme.")
            #expect(await greeting(for: someKey, by: latchkey) == "This key was deleted. Create a new one.")
            #expect(await greeting(for: someKey, by: latchkey) == "Come back later: unexpected_answer.")
        }
    }
}
