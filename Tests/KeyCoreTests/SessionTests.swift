import KeyCore
import Testing

struct SessionTests {
    private let start = Timestamp(milliseconds: 1_768_478_400_000)
    private let millisecond = Duration.milliseconds(1)

    @Test func idleSessionEndsAfterFourteenDays() {
        let session = session(seen: .zero)
        #expect(Session.idleLimit == .days(14))
        #expect(session.isLive(at: start.advanced(by: Session.idleLimit - millisecond)))
        #expect(!session.isLive(at: start.advanced(by: Session.idleLimit)))
    }

    @Test func sessionInDailyUseEndsAfterNinetyDays() {
        let session = session(seen: .days(89))
        #expect(Session.absoluteLimit == .days(90))
        #expect(session.isLive(at: start.advanced(by: Session.absoluteLimit - millisecond)))
        #expect(!session.isLive(at: start.advanced(by: Session.absoluteLimit)))
    }

    @Test func tokensAreReadBackAndNeverRepeat() throws {
        let tokens = (1...1000).map { _ in SessionToken.generate() }
        #expect(Set(tokens.map(\.text)).count == tokens.count)
        for token in tokens { #expect(SessionToken(cookie: token.text)?.digest == token.digest) }
    }

    @Test(arguments: ["", "x", String(repeating: "0", count: 31), String(repeating: "0", count: 33)])
    func cookieOfAnotherLengthIsNoToken(_ text: String) {
        #expect(SessionToken(cookie: text) == nil)
    }

    @Test(arguments: ["-", " ", "\u{0}", ";", "_"])
    func cookieWithAnotherCharacterIsNoToken(_ character: String) {
        #expect(SessionToken(cookie: String(repeating: "0", count: 31) + character) == nil)
    }

    @Test func publicIDSaysNothingOfTheDigest() {
        // SHA-256 of the SHA-256 of nothing begins with 5df6e0e2761359d3.
        #expect(session(seen: .zero).id.rawValue == 0x5df6_e0e2_7613_59d3 >> 1)
    }

    private func session(seen: Duration) -> Session {
        Session(digest: Digest(of: []), user: ID(rawValue: 3), createdAt: start, seenAt: start.advanced(by: seen))
    }
}
