import Dispatch
import KeyCore
import Synchronization

/// A bounded number of connections, each used on a thread of its own: no event loop ever waits for the database.
///
/// Connections are made when they are needed, the one used last is used first, and one that broke is made anew. So a
/// database that has come back is found by the next who asks.
final class Pool: Sendable {
    enum Limit {
        /// How many may wait for a connection, and for how long: as in SQLite, where one waits as long for another
        /// process. More of either is an overload, which is better said.
        static let waiting = 1_000
        static let patience = Duration.seconds(5)
    }

    /// A place for a connection, and the thread that uses it.
    ///
    /// `@unchecked`: whoever has taken the slot is alone with it.
    final class Slot: @unchecked Sendable {
        fileprivate let queue = DispatchQueue(label: "PostgresStore")
        fileprivate var connection: Connection?
    }

    private struct State {
        var free: [Slot]
        var waiting: [(number: UInt64, hand: @Sendable (Result<Slot, StoreError>) -> Void)] = []
        var taken: UInt64 = 0
        var breaker = CircuitBreaker()
        var isClosed = false
    }

    let server: Server
    private let patience: Duration
    private let state: Mutex<State>
    private let clock = DispatchQueue(label: "PostgresStore.Pool")

    /// - Parameter patience: how long somebody waits for a free connection.
    init(_ server: Server, connections: Int, patience: Duration = Limit.patience) {
        self.server = server
        self.patience = patience
        state = Mutex(State(free: (0..<connections).map { _ in Slot() }))
    }

    /// Runs a body on the thread of a slot that is free, or becomes so in time.
    func use<Value: Sendable>(
        _ body: @escaping @Sendable (Slot) -> Result<Value, StoreError>
    ) async throws(StoreError) -> Value {
        let slot = try await take()
        let result = await withCheckedContinuation { continuation in
            slot.queue.async {
                let result = body(slot)
                self.give(slot)
                continuation.resume(returning: result)
            }
        }
        return try result.get()
    }

    /// Closes what is idle at once, and what is in use when it is given back. Nothing can be asked for after it.
    func close() {
        let (free, waiting) = state.withLock { state in
            defer { (state.free, state.waiting, state.isClosed) = ([], [], true) }
            return (state.free, state.waiting)
        }
        for slot in free { slot.connection = nil }
        for waiter in waiting { waiter.hand(.failure(.closed)) }
    }
}

extension Pool {
    private func take() async throws(StoreError) -> Slot {
        let result = await withCheckedContinuation { continuation in
            ask { continuation.resume(returning: $0) }
        }
        return try result.get()
    }

    private func ask(_ hand: @escaping @Sendable (Result<Slot, StoreError>) -> Void) {
        let answer: Result<Slot, StoreError>? = state.withLock { state in
            if state.isClosed { return .failure(.closed) }
            if let slot = state.free.popLast() { return .success(slot) }
            guard state.waiting.count < Limit.waiting else { return .failure(.allBusy) }
            state.taken += 1
            state.waiting.append((state.taken, hand))
            giveUp(state.taken)
            return nil
        }
        if let answer { hand(answer) }
    }

    /// Ends a wait that has lasted too long.
    private func giveUp(_ number: UInt64) {
        clock.asyncAfter(deadline: .now() + .milliseconds(Int(patience.milliseconds))) { [weak self] in
            let waiter = self?.state.withLock { state in
                state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
            }
            waiter?.hand(.failure(.allBusy))
        }
    }

    private func give(_ slot: Slot) {
        let waiter = state.withLock { state in
            if state.isClosed {
                slot.connection = nil
            } else if state.waiting.isEmpty {
                state.free.append(slot)
            } else {
                return Optional(state.waiting.removeFirst())
            }
            return nil
        }
        waiter?.hand(.success(slot))
    }
}

extension Pool {
    /// The connection of a slot that the caller has taken, made anew where it has none that can be trusted.
    func connection(of slot: Slot, patience: Duration) throws(Failure) -> Connection {
        if let connection = slot.connection, server.trusts(connection) {
            connection.patience = patience
            return connection
        }
        slot.connection = nil
        let made = server.connectionsMade
        let refusal = state.withLock { $0.breaker.admits(at: .now, made: made) ? nil : $0.breaker.cause }
        if let refusal { throw Failure(kind: .lost, message: refusal) }
        do throws(Failure) {
            let connection = try server.connect(patience: patience, isKept: true)
            state.withLock { $0.breaker.succeed() }
            slot.connection = connection
            return connection
        } catch {
            state.withLock { $0.breaker.fail(error.message, at: .now, chance: .random(in: 0...1)) }
            throw error
        }
    }
}

extension StoreError {
    fileprivate static let closed = StoreError.unavailable("the store is closed")
    fileprivate static let allBusy = StoreError.unavailable("all connections are busy")
}
