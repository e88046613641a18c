/// For how long a renewal lets a node say yes, and how often it renews.
package struct LeaseTerms: Hashable, Sendable {
    package let length: Duration
    package let pollInterval: Duration

    /// A delete waits at most for one lease of a node that does not answer; a node lives through a database that is
    /// away for the difference of the two.
    package static let standard = LeaseTerms(length: .seconds(2), pollInterval: .seconds(1))!

    /// What a lease can be. The longest bounds the wait of a delete when the rows of the nodes cannot be read.
    package static let lengths = Duration.milliseconds(200)...Duration.seconds(10)
    package static let shortestPoll = Duration.milliseconds(50)

    /// How long a renewal waits for any answer while there is a lease to lose: one that hangs is given up early enough
    /// to be tried once more before the lease ends.
    package var renewalLimit: Duration { (length - pollInterval) / 2 }

    /// The pause after a renewal that failed, on average; between half of it and one and a half.
    package var retryPause: Duration { min(.milliseconds(100), renewalLimit / 2) }

    /// The same while there is none to lose: a database that is only slow is waited for.
    package static let unhurriedLimit = Duration.seconds(2)

    /// - Returns: `nil` where the two do not make sense together: a lease must outlive two polls, or one that is
    ///   late would cost the node its lease.
    package init?(length: Duration, pollInterval: Duration) {
        guard LeaseTerms.lengths.contains(length), pollInterval >= LeaseTerms.shortestPoll, pollInterval * 2 <= length
        else { return nil }
        self.length = length
        self.pollInterval = pollInterval
    }

    /// How long after a moment on one machine a lease that began before it has surely run out on another.
    ///
    /// The clocks are never compared, but they may run at different rates: a kernel steers by at most 500 parts in a
    /// million (adjtimex(2)), cheap oscillators are off by 100. A fiftieth is thirty times that.
    package static func surelyOver(_ length: Duration) -> Duration {
        length + length / 50
    }
}
