import Foundation
import KeyCore

extension Pool.Limit {
    /// How often a body runs in all, when its transactions lose against others or their connections break.
    static let attempts = 5
    /// Grows with each attempt, and is spread by chance: those who met would meet again.
    static let pause = Duration.milliseconds(10)
}

/// How an attempt at a transaction ended.
private enum Outcome<Value> {
    case done(Value)
    case failed(StoreError)
    /// Nothing of it has happened, and the next attempt may fare better.
    case again(StoreError)
}

extension Pool {
    /// Runs a body in one transaction. It is run again only where nothing of the first run can have happened.
    @discardableResult
    func transaction<Value: Sendable>(
        _ mode: TransactionMode, platform: Platform,
        _ body: @escaping @Sendable (PostgresTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        try await use { slot in
            for attempt in 1...Limit.attempts {
                switch self.attempt(mode, platform, in: slot, body) {
                case .done(let value): return .success(value)
                case .failed(let error): return .failure(error)
                case .again(let error) where attempt == Limit.attempts: return .failure(error)
                case .again: usleep(UInt32.random(in: 0...UInt32(attempt * Int(Limit.pause.milliseconds) * 1000)))
                }
            }
            fatalError("The last attempt has ended above.")
        }
    }

    private func attempt<Value>(
        _ mode: TransactionMode, _ platform: Platform, in slot: Slot,
        _ body: (PostgresTransaction) throws(StoreError) -> Value
    ) -> Outcome<Value> {
        let connection: Connection
        do throws(Failure) {
            connection = try self.connection(of: slot, patience: mode.patience)
        } catch {
            return .failed(StoreError(error))
        }
        let began = ContinuousClock.now
        defer { if connection.failure?.kind == .overdue { server.fellSilent(at: began) } }
        do throws(StoreError) {
            do throws(Failure) {
                try connection.begin(mode.script)
            } catch {
                throw StoreError(error)
            }
            let value = try body(PostgresTransaction(connection, platform: platform))
            return end(connection, mode, value)
        } catch {
            connection.rollback()
            return outcome(of: connection.failure, error, on: connection)
        }
    }

    private func end<Value>(_ connection: Connection, _ mode: TransactionMode, _ value: Value) -> Outcome<Value> {
        do throws(Failure) {
            try connection.commit()
            return .done(value)
        } catch {
            // What was only read is none the worse for it, unless a question before had failed unnoticed.
            if mode.isReadOnly && error.kind != .refused { return .done(value) }
            guard error.kind == .refused else {
                return .failed(.unavailable("whether it has happened is unknown: \(error.message)"))
            }
            connection.rollback()
            return outcome(of: error, StoreError(error), on: connection)
        }
    }

    /// - Parameter failure: what PostgreSQL failed at; `nil` when the body has refused of itself.
    private func outcome<Value>(
        of failure: Failure?, _ error: StoreError, on connection: Connection
    ) -> Outcome<Value> {
        guard let failure else { return .failed(error) }
        if failure.isOfForeignStatements { server.stopPreparing() }
        if failure.isOfStaleConnection { connection.retire() }
        let isWorthwhile = failure.isConflict || failure.isOfForeignStatements || failure.isOfStaleConnection
        return isWorthwhile || failure.kind == .lost ? .again(error) : .failed(error)
    }
}
