import KeyCore
import Passwords
import Testing

@testable import KeyCore

@Suite struct PasswordTests {
    @Test func aHashVerifiesItsPasswordAndNoOther() async throws {
        let hasher = Argon2Hasher(concurrency: 2)
        let hash = try await hasher.hash(Password("a quiet garden"))
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try await hasher.verify(Password("a quiet garden"), against: hash))
        #expect(try await hasher.verify(Password("a quiet gardeN"), against: hash) == false)
        #expect(try await hasher.hash(Password("a quiet garden")) != hash)
    }

    @Test func theSamePasswordFromAnotherKeyboardIsTheSame() async throws {
        let hasher = Argon2Hasher(concurrency: 1)
        let hash = try await hasher.hash(Password("caf\u{e9} garden"))
        #expect(try await hasher.verify(Password("cafe\u{301} garden"), against: hash))
    }

    /// Else an unknown e-mail would be refused without the work, and the time would tell.
    @Test func nobodysHashIsOneThatLibargon2WorksOn() async throws {
        let parts = Registry.nobodysHash.split(separator: "$")
        let real = try await Argon2Hasher(concurrency: 1).hash(Password("a quiet garden")).split(separator: "$")
        #expect(parts.prefix(3) == real.prefix(3))
        #expect(parts.map(\.count) == real.map(\.count))
        #expect(try await Argon2Hasher(concurrency: 1).verify(Password("x"), against: Registry.nobodysHash) == false)
    }

    @Test func aFloodWaitsInALineOfNamedLengthAndTheRestIsTurnedAway() async throws {
        let hasher = Argon2Hasher(concurrency: 1, maximumWaiting: 3)
        let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        _ = try await hasher.hash(Password("a quiet garden"))
                        return false
                    } catch {
                        #expect((error as? Refusal)?.code == .busy)
                        return true
                    }
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect((1...16).contains(refused))
        // The places are free again.
        _ = try await hasher.hash(Password("a quiet garden"))
    }

    @Test func theTenThousandMostCommonAreKnown() {
        #expect(CommonPasswords.bundled.count == 10_000)
        for common in ["password", "12345678", "iloveyou", "password1", "qwertyuiop", "football"] {
            #expect(CommonPasswords.bundled.contains(common))
        }
        for rare in ["a quiet garden", "", "passwor", "zzzzzzzzzzzzzzz!", "\n", "password\n12345678"] {
            #expect(CommonPasswords.bundled.contains(rare) == false)
        }
    }
}
