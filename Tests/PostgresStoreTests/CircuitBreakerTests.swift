import Testing

@testable import PostgresStore

struct CircuitBreakerTests {
    private let start = ContinuousClock.now

    @Test func nothingHindersWhoHasNotFailed() {
        var breaker = CircuitBreaker()
        #expect(admits(&breaker, start))
        #expect(admits(&breaker, start))
    }

    @Test func afterAFailureOneAttemptIsMadeWhenThePauseIsOver() {
        var breaker = CircuitBreaker()
        breaker.fail("gone", at: start, chance: 1)
        #expect(breaker.cause == "gone")
        #expect(!admits(&breaker, start + .milliseconds(49)))
        #expect(admits(&breaker, start + .milliseconds(50)))
        #expect(!admits(&breaker, start + .seconds(10)), "the one attempt has not ended")
        breaker.succeed()
        #expect(admits(&breaker, start + .seconds(10)))
    }

    @Test func connectionThatAnotherHasMadeEndsThePause() {
        var breaker = CircuitBreaker()
        #expect(admits(&breaker, start, made: 7))
        breaker.fail("gone", at: start, chance: 1)
        #expect(!admits(&breaker, start, made: 7))
        #expect(admits(&breaker, start, made: 8))
        breaker.fail("gone", at: start, chance: 1)
        #expect(!admits(&breaker, start + .milliseconds(49), made: 8), "from there it counts anew")
        #expect(admits(&breaker, start + .milliseconds(50), made: 8))
    }

    @Test func whoKnowsOfFewerConnectionsDoesNotEndThePause() {
        var breaker = CircuitBreaker()
        #expect(admits(&breaker, start, made: 8))
        breaker.fail("gone", at: start, chance: 1)
        #expect(!admits(&breaker, start, made: 7))
        #expect(admits(&breaker, start + .milliseconds(50), made: 7))
        breaker.succeed()
        breaker.fail("gone", at: start, chance: 1)
        #expect(!admits(&breaker, start, made: 8), "it remembers what it knew of before")
    }

    @Test func pausesDoubleUpToASecondAndAreSpread() {
        for (chance, longest) in [(1.0, Duration.seconds(1)), (0.0, .milliseconds(500))] {
            var breaker = CircuitBreaker()
            var now = start
            for failures in 0..<40 {
                breaker.fail("gone", at: now, chance: chance)
                let pause = min(Duration.milliseconds(50) * (1 << min(failures, 10)), .seconds(1)) * (0.5 + chance / 2)
                #expect(pause <= longest)
                #expect(!admits(&breaker, now + pause - .milliseconds(1)))
                now += pause
                #expect(admits(&breaker, now))
            }
        }
    }

    private func admits(_ breaker: inout CircuitBreaker, _ now: ContinuousClock.Instant, made: Int = 0) -> Bool {
        breaker.admits(at: now, made: made)
    }
}
