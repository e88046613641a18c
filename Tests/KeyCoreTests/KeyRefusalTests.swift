import Testing

@testable import KeyCore

/// What is kept of an attempt was chosen by a stranger.
struct KeyRefusalTests {
    @Test func endlessCharactersAreCutByCodePoints() {
        let endless = "A" + String(repeating: "\u{301}", count: 20_000)
        let attempt = Attempt(address: "::1", method: endless, path: "/" + endless)
        #expect(attempt.method.unicodeScalars.count == Attempt.maximumMethodLength)
        #expect(attempt.path.unicodeScalars.count == Attempt.maximumPathLength)
    }

    @Test func whatCannotBeSeenIsShownToBeThere() {
        let attempt = Attempt(address: "::1", method: "G\u{1b}[31mET\u{202e}", path: "/a\u{7}\n\u{0}b?token=secret")
        #expect(attempt.method == "G\u{FFFD}[31mET\u{FFFD}")
        #expect(attempt.path == "/a\u{FFFD}\u{FFFD}\u{FFFD}b")
    }
}
