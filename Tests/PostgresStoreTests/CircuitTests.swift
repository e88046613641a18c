import Testing

@testable import PostgresStore

struct CircuitTests {
    private let start = ContinuousClock.now

    @Test func nothingHindersWhoHasNotFailed() {
        var circuit = Circuit()
        #expect(admits(&circuit, start))
        #expect(admits(&circuit, start))
    }

    @Test func afterAFailureOneAttemptIsMadeWhenThePauseIsOver() {
        var circuit = Circuit()
        circuit.fail("gone", at: start, chance: 1)
        #expect(circuit.cause == "gone")
        #expect(!admits(&circuit, start + .milliseconds(49)))
        #expect(admits(&circuit, start + .milliseconds(50)))
        #expect(!admits(&circuit, start + .seconds(10)), "the one attempt has not ended")
        circuit.succeed()
        #expect(admits(&circuit, start + .seconds(10)))
    }

    @Test func pausesDoubleUpToASecondAndAreSpread() {
        for (chance, longest) in [(1.0, Duration.seconds(1)), (0.0, .milliseconds(500))] {
            var circuit = Circuit()
            var now = start
            for failures in 0..<40 {
                circuit.fail("gone", at: now, chance: chance)
                let pause = min(Duration.milliseconds(50) * (1 << min(failures, 10)), .seconds(1)) * (0.5 + chance / 2)
                #expect(pause <= longest)
                #expect(!admits(&circuit, now + pause - .milliseconds(1)))
                now += pause
                #expect(admits(&circuit, now))
            }
        }
    }

    private func admits(_ circuit: inout Circuit, _ now: ContinuousClock.Instant) -> Bool {
        circuit.admits(at: now)
    }
}
