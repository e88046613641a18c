import KeyCore

/// When to try to connect again, and to refuse at once until then: who asks while the database is away learns so
/// without waiting, and the database is not run over when it comes back.
struct CircuitBreaker {
    enum Limit {
        static let firstPause = Duration.milliseconds(50)
        /// A node that was cut off for an hour says yes again about a second after the way is free.
        static let longestPause = Duration.seconds(1)
    }

    private var failures = 0
    private var next: ContinuousClock.Instant?
    private var made = 0
    /// Why the last attempt failed.
    private(set) var cause = ""

    /// Whether an attempt may be made now. After a failure only one is, until it has ended or somebody else has come
    /// through: a node that is ready again because its renewals are does not refuse a change for the rest of a pause.
    ///
    /// - Parameter made: how many connections this process has made to the server, wherever. Who was slow to say so may
    ///   name fewer than another did before.
    mutating func admits(at now: ContinuousClock.Instant, made: Int) -> Bool {
        if made > self.made { close(made: made) }
        guard failures > 0 else { return true }
        guard let due = next, due <= now else { return false }
        next = nil
        return true
    }

    /// - Parameter chance: from 0 to 1; spreads those that lost the database at the same moment.
    mutating func fail(_ cause: String, at now: ContinuousClock.Instant, chance: Double) {
        let pause = min(Limit.firstPause * (1 << min(failures, 10)), Limit.longestPause)
        failures += 1
        next = now + pause * (0.5 + chance / 2)
        self.cause = cause
    }

    mutating func succeed() {
        close(made: made)
    }

    private mutating func close(made: Int) {
        self = CircuitBreaker()
        self.made = made
    }
}
