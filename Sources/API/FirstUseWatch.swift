import KeyCore
import ServiceLifecycle
import Synchronization

/// Who waits on this node for the first use of a key, and the one task that looks for all of them.
///
/// It looks into the store and not into what this node has verified: so it does not matter which node saw the use. One
/// question a second answers everybody, however many wait, and nobody waiting costs nothing.
package final class FirstUseWatch: Service {
    /// So many windows of one person at once: a browser opens six connections to a host at most, and pages need some.
    static let seatsOfUser = 3
    /// So many on a node: each holds a connection.
    static let seats = 500
    /// How long one waits at most.
    static let patience = Duration.minutes(15)
    /// How often those who wait hear that they still do: proxies drop what is silent for a minute, or half of one.
    static let pulse = Duration.seconds(15)
    private static let interval = Duration.seconds(1)

    enum Signal: Sendable {
        /// The first request has come. Nothing comes after it.
        case used(FirstUse)
        /// Not yet: time to see whether one may still wait, and to say so.
        case stillWaiting
    }

    fileprivate struct Waiting: Sendable {
        let key: ID<Key>
        let user: ID<User>
        let until: ContinuousClock.Instant
        var nextPulse: ContinuousClock.Instant
        let signals: AsyncStream<Signal>.Continuation
    }

    private let registry: Registry
    private let waiting = Mutex<[ObjectIdentifier: Waiting]>([:])

    package init(registry: Registry) {
        self.registry = registry
    }

    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await Task.sleep(for: FirstUseWatch.interval)
                await self.look()
            }
        }
    }

    /// A place among those who wait; it is free again when the seat is let go of.
    ///
    /// - Throws: `rate_limited` where too many wait already.
    func seat(for user: ID<User>, awaiting key: ID<Key>) throws(Refusal) -> Seat {
        let (signals, continuation) = AsyncStream.makeStream(of: Signal.self)
        let seat = Seat(watch: self, signals: signals, end: { continuation.finish() })
        let now = ContinuousClock.now
        let isSeated = waiting.withLock { waiting in
            guard waiting.count < FirstUseWatch.seats,
                waiting.values.count(where: { $0.user == user }) < FirstUseWatch.seatsOfUser
            else { return false }
            waiting[ObjectIdentifier(seat)] = Waiting(
                key: key, user: user, until: now + FirstUseWatch.patience, nextPulse: now + FirstUseWatch.pulse,
                signals: continuation)
            return true
        }
        guard isSeated else { throw Refusal(.later(FirstUseWatch.pulse), .rateLimited) }
        return seat
    }

    fileprivate func leave(_ seat: Seat) {
        _ = waiting.withLock { $0.removeValue(forKey: ObjectIdentifier(seat)) }
    }

    private func look() async {
        let keys = waiting.withLock { Set($0.values.map(\.key)) }
        guard !keys.isEmpty else { return }
        // What cannot be read now is read in a second.
        let uses = (try? await registry.firstUses(of: Array(keys))) ?? [:]
        let now = ContinuousClock.now
        waiting.withLock { waiting in
            for name in waiting.keys { waiting[name]?.hear(uses, at: now) }
        }
    }
}

extension FirstUseWatch.Waiting {
    fileprivate mutating func hear(_ uses: [ID<Key>: FirstUse], at now: ContinuousClock.Instant) {
        if let use = uses[key] {
            signals.yield(.used(use))
            signals.finish()
        } else if now >= until {
            signals.finish()
        } else if now >= nextPulse {
            nextPulse = now + FirstUseWatch.pulse
            signals.yield(.stillWaiting)
        }
    }
}

extension FirstUseWatch {
    /// One who waits. A class for its end: whichever way an answer ends, or is never begun, the place is free again.
    final class Seat: Sendable {
        let signals: AsyncStream<Signal>
        /// Ends the signals.
        let end: @Sendable () -> Void
        private let watch: FirstUseWatch

        fileprivate init(watch: FirstUseWatch, signals: AsyncStream<Signal>, end: @escaping @Sendable () -> Void) {
            self.watch = watch
            self.signals = signals
            self.end = end
        }

        deinit { watch.leave(self) }
    }
}
