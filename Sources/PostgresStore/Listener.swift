import Foundation
import KeyCore
import Synchronization

/// Hears that another process has changed something: a connection and a thread that do nothing but listen.
///
/// Nothing is lost when this fails but time: whoever follows polls as well. Through a pooler in transaction mode it
/// always fails, without a word of the pooler's: LISTEN belongs to a session, and the pooler's next client has it. So
/// the listener has itself notified by way of another connection, and says when that does not arrive.
final class Listener: Sendable {
    /// What is notified on, by `note`.
    static let channel = "latchkey_changes"

    private enum Limit {
        /// How long a notification may take that we have sent ourselves.
        static let probe = Duration.seconds(2)
        /// How often one is sent: a connection that has become deaf is replaced after so long.
        static let betweenProbes = Duration.seconds(60)
        /// The pause after a probe that was lost doubles up to this: each may leave a LISTEN behind in the pooler.
        static let longestDeafness = Duration.seconds(3600)
        /// How long the thread may take to see that it is to end.
        static let look = Duration.seconds(1)
    }

    private struct State {
        var streams: [UUID: AsyncStream<Void>.Continuation] = [:]
        var isStarted = false
        var isClosed = false
        var arrive: Bool?
    }

    private let server: Server
    private let state = Mutex(State())

    init(_ server: Server) {
        self.server = server
    }

    /// Whether notifications reach us; `nil` before it is known.
    var notificationsArrive: Bool? {
        state.withLock(\.arrive)
    }

    /// Listening begins with the first who asks.
    func notifications() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let id = UUID()
        continuation.onTermination = { [weak self] _ in self?.state.withLock { $0.streams[id] = nil } }
        let (isClosed, isFirst) = state.withLock { state in
            if !state.isClosed { state.streams[id] = continuation }
            defer { state.isStarted = true }
            return (state.isClosed, !state.isStarted)
        }
        if isClosed { continuation.finish() }
        if isFirst && !isClosed { Thread.detachNewThread { self.listen() } }
        return stream
    }

    func close() {
        let streams = state.withLock { state in
            defer { (state.streams, state.isClosed) = ([:], true) }
            return state.streams.values
        }
        for continuation in streams { continuation.finish() }
    }
}

extension Listener {
    private var isClosed: Bool { state.withLock(\.isClosed) }

    private func passToAll() {
        for continuation in state.withLock(\.streams).values { continuation.yield() }
    }

    /// Listens until the listener is closed.
    private func listen() {
        var breaker = CircuitBreaker()
        var deafness = Limit.betweenProbes
        while !isClosed {
            // Its own connections end no pause: one that is made and may not listen is not made again at once.
            guard breaker.admits(at: .now, made: 0) else {
                usleep(UInt32(CircuitBreaker.Limit.firstPause.milliseconds) * 1000)
                continue
            }
            do throws(Failure) {
                let connection = try server.connect(patience: TransactionMode.reading.patience)
                _ = try connection.run(script: "LISTEN \(Listener.channel)")
                breaker.succeed()
                // What was notified of while we did not listen.
                passToAll()
                deafness = try hear(connection) ? Limit.betweenProbes : min(deafness * 2, Limit.longestDeafness)
                if notificationsArrive == false { rest(deafness) }
            } catch {
                breaker.fail(error.message, at: .now, chance: .random(in: 0...1))
            }
        }
    }

    /// Passes notifications on for as long as they arrive.
    ///
    /// - Returns: whether any of our own has arrived before one did not.
    private func hear(_ connection: Connection) throws(Failure) -> Bool {
        var hasHeard = false
        while !isClosed {
            guard try probe(connection) else {
                say(arrive: false)
                return hasHeard
            }
            say(arrive: true)
            hasHeard = true
            try pass(connection, until: .now + Limit.betweenProbes) { _ in false }
        }
        return hasHeard
    }

    /// Whether a notification that is sent on another connection arrives on this one.
    private func probe(_ connection: Connection) throws(Failure) -> Bool {
        let nonce = UUID().uuidString
        _ = try server.connect(patience: TransactionMode.reading.patience)
            .run("SELECT pg_notify(\(Listener.channel), \(nonce))")
        return try pass(connection, until: .now + Limit.probe) { $0 == nonce }
    }

    /// Wakes whoever waits, for each notification until one ends it or the time is over.
    @discardableResult
    private func pass(
        _ connection: Connection, until end: ContinuousClock.Instant, isLast: (String) -> Bool
    ) throws(Failure) -> Bool {
        while !isClosed && ContinuousClock.now < end {
            let payloads = try connection.notifications(until: min(end, .now + Limit.look))
            // The probes of other listeners are no news.
            if payloads.contains(where: { UUID(uuidString: $0) == nil }) { passToAll() }
            if payloads.contains(where: isLast) { return true }
        }
        return false
    }

    /// Said when it changes, and not when all is as it should be.
    private func say(arrive: Bool) {
        let before = state.withLock { state in
            defer { state.arrive = arrive }
            return state.arrive
        }
        switch (before, arrive) {
        case (nil, false), (true, false):
            server.warn(
                "The database's notifications do not arrive, as through a pooler in transaction mode. Changes that "
                    + "other nodes make are found by polling alone, and deleting waits for that.")
        case (false, true): server.warn("The database's notifications arrive again.")
        default: break
        }
    }

    private func rest(_ pause: Duration) {
        let end = ContinuousClock.now + pause
        while !isClosed && ContinuousClock.now < end { usleep(UInt32(Limit.look.milliseconds) * 1000) }
    }
}
