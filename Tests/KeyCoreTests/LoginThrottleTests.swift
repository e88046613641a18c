import Testing

@testable import KeyCore

struct LoginThrottleTests {
    private let start = Timestamp(milliseconds: 1_768_478_400_000)
    private let account = LoginThrottle.Subject.account("ada@engine.example")
    private let address = LoginThrottle.Subject.address("192.0.2.1")

    @Test func tenAttemptsAreFreeAndTheNextWaits() {
        var throttle = LoginThrottle()
        for attempt in 1...LoginThrottle.freeAttempts {
            #expect(throttle.delay(for: [account], at: start) == nil, "attempt \(attempt)")
            throttle.recordFailure([account], at: start)
        }
        #expect(throttle.delay(for: [account], at: start) == .seconds(1))
        #expect(throttle.delay(for: [account], at: start.advanced(by: .milliseconds(999))) == .milliseconds(1))
        #expect(throttle.delay(for: [account], at: start.advanced(by: .seconds(1))) == nil)
    }

    @Test func eachFailureDoublesTheWaitUpToItsLimit() {
        var throttle = LoginThrottle()
        var now = start
        for _ in 1..<LoginThrottle.freeAttempts { throttle.recordFailure([account], at: now) }
        var waits: [Duration] = []
        for _ in 1...14 {
            throttle.recordFailure([account], at: now)
            let wait = throttle.delay(for: [account], at: now) ?? .zero
            waits.append(wait)
            now = now.advanced(by: wait)
        }
        let seconds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]
        #expect(waits == seconds.map { Duration.seconds($0) })
    }

    @Test func accountAndAddressAreCountedApart() {
        var throttle = LoginThrottle()
        for number in 1...LoginThrottle.freeAttempts {
            throttle.recordFailure([.account("user\(number)@engine.example"), address], at: start)
        }
        #expect(throttle.delay(for: [account], at: start) == nil)
        #expect(throttle.delay(for: [account, address], at: start) == .seconds(1))
        #expect(throttle.delay(for: [.account(address.text), .address(account.text)], at: start) == nil)
    }

    @Test func rightPasswordFreesItsAccountButNotTheAddress() {
        var throttle = LoginThrottle()
        for _ in 1...11 { throttle.recordFailure([account, address], at: start) }
        throttle.forgive([account, address])
        #expect(throttle.delay(for: [account], at: start) == nil)
        #expect(throttle.delay(for: [address], at: start) == .seconds(1))
    }

    @Test func anHourWithoutFailuresForgetsThem() {
        var throttle = LoginThrottle()
        for _ in 1...20 { throttle.recordFailure([account], at: start) }
        let later = start.advanced(by: LoginThrottle.memory)
        throttle.recordFailure([account], at: later)
        #expect(throttle.delay(for: [account], at: later) == nil)
    }

    @Test func madeUpAddressesTakeBoundedMemoryAndSpareTheLatest() {
        var throttle = LoginThrottle()
        let count = LoginThrottle.maximumEntries + 10
        for number in 0..<count {
            throttle.recordFailure([.account("\(number)")], at: start.advanced(by: .milliseconds(number)))
        }
        let end = start.advanced(by: .milliseconds(count))
        for _ in 1...LoginThrottle.freeAttempts { throttle.recordFailure([.account("\(count - 1)")], at: end) }
        #expect(throttle.delay(for: [.account("\(count - 1)")], at: end) == .seconds(2))
    }
}

extension LoginThrottle.Subject {
    fileprivate var text: String {
        switch self {
        case .account(let text), .address(let text), .registering(let text), .invited(let text): text
        case .adding(let company): company.description
        }
    }
}

@Suite struct NetworkTests {
    @Test func oneSubscribersAddressesAreOneNetwork() {
        #expect(LoginThrottle.network("2001:db8:1:2::1") == LoginThrottle.network("2001:db8:1:2:ffff::9"))
        #expect(LoginThrottle.network("2001:db8:1:2::1") != LoginThrottle.network("2001:db8:1:3::1"))
        #expect(LoginThrottle.network("::ffff:192.0.2.1") != LoginThrottle.network("::ffff:192.0.2.2"))
        #expect(LoginThrottle.network("192.0.2.1") != LoginThrottle.network("192.0.2.2"))
        #expect(LoginThrottle.network("unknown") == .address("unknown"))
    }
}
