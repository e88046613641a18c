import KeyCore
import Testing

struct LeaseTermsTests {
    @Test func standardTermsLeaveRoomForAPollThatFails() {
        #expect(LeaseTerms.standard.length == .seconds(2))
        #expect(LeaseTerms.standard.pollInterval == .seconds(1))
    }

    @Test(arguments: [
        (Duration.seconds(2), Duration.seconds(1)), (.seconds(10), .seconds(5)), (.seconds(10), .milliseconds(50)),
        (.milliseconds(200), .milliseconds(100)), (.milliseconds(200), .milliseconds(50)),
    ])
    func termsThatFitAreTaken(length: Duration, pollInterval: Duration) {
        let terms = LeaseTerms(length: length, pollInterval: pollInterval)
        #expect(terms?.length == length)
        #expect(terms?.pollInterval == pollInterval)
    }

    @Test(arguments: [
        (Duration.milliseconds(199), Duration.milliseconds(50)),
        (.milliseconds(10_001), .seconds(1)), (.zero, .zero), (.seconds(-2), .seconds(-1)),
    ])
    func leaseOutsideItsLimitsIsRefused(length: Duration, pollInterval: Duration) {
        #expect(LeaseTerms(length: length, pollInterval: pollInterval) == nil)
    }

    @Test(arguments: [
        (Duration.seconds(2), Duration.milliseconds(1_001)), (.seconds(2), .seconds(2)), (.seconds(2), .seconds(60)),
    ])
    func leaseThatDoesNotOutliveTwoPollsIsRefused(length: Duration, pollInterval: Duration) {
        #expect(LeaseTerms(length: length, pollInterval: pollInterval) == nil)
    }

    @Test(arguments: [Duration.zero, .milliseconds(49), .seconds(-1)])
    func pollWithoutAPauseIsRefused(_ pollInterval: Duration) {
        #expect(LeaseTerms(length: .seconds(2), pollInterval: pollInterval) == nil)
    }

    @Test func renewalThatHangsCanBeTriedOnceMoreBeforeTheLeaseEnds() {
        #expect(LeaseTerms.standard.renewalLimit == .milliseconds(500))
        for terms in LeaseTermsTests.extremes {
            let second = terms.pollInterval + terms.renewalLimit + terms.retryPause * 3 / 2
            #expect(second + terms.renewalLimit / 4 <= terms.length, "room for an answer that does not hang")
            #expect(terms.renewalLimit >= .milliseconds(50))
        }
    }

    @Test func renewalThatFailedIsTriedAgainAfterATenthOfASecondOrSoonerWhereTheLeaseIsShort() {
        #expect(LeaseTerms.standard.retryPause == .milliseconds(100))
        let short = LeaseTerms(length: .milliseconds(200), pollInterval: .milliseconds(100))
        #expect(short?.retryPause == .milliseconds(25))
    }

    private static let extremes = [
        (LeaseTerms.lengths.lowerBound, LeaseTerms.shortestPoll),
        (LeaseTerms.lengths.lowerBound, LeaseTerms.lengths.lowerBound / 2),
        (LeaseTerms.lengths.upperBound, LeaseTerms.shortestPoll),
        (LeaseTerms.lengths.upperBound, LeaseTerms.lengths.upperBound / 2),
    ].compactMap { LeaseTerms(length: $0, pollInterval: $1) }

    /// Two clocks that are each off by 500 parts in a million, in opposite directions, and by 100 of their own.
    @Test(arguments: [LeaseTerms.lengths.lowerBound, .seconds(2), LeaseTerms.lengths.upperBound])
    func marginOutweighsTheWorstRatesOfTwoClocks(_ length: Duration) {
        let onASlowClock = length * 1_000_600 / 999_400
        #expect(LeaseTerms.surelyOver(length) > onASlowClock)
        #expect(LeaseTerms.surelyOver(length) - onASlowClock > .milliseconds(3), "room for whole milliseconds in a row")
    }

    @Test func longestLeaseBoundsTheWaitWhenRowsCannotBeRead() {
        #expect(LeaseTerms.surelyOver(LeaseTerms.lengths.upperBound) == .milliseconds(10_200))
    }

    @Test func momentsOnOneClockAreAddedAndSubtractedToTheNanosecond() {
        let moment = BootTime(nanoseconds: 5)
        let later = moment + .seconds(3) + .nanoseconds(7)
        #expect(later.nanoseconds == 3_000_000_012)
        #expect(later - moment == .seconds(3) + .nanoseconds(7))
        #expect(moment - later == .seconds(-3) - .nanoseconds(7))
        #expect(moment + .milliseconds(-1) < moment)
        #expect(moment < later)
    }
}
