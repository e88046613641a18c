import KeyCore
import Logging
import ServiceLifecycle

/// What verifying notes of keys in memory and a service writes each second: a verify costs no database write.
package protocol Tally: Service {
    associatedtype Entry: Sendable

    var store: any Store { get }
    /// How much of it is not written yet, what is on its way included.
    var waiting: Int { get }

    /// Hands over all that was gathered, which counts as on its way until one of the other two has heard of it.
    func take() -> [Entry]
    func write(_ part: [Entry], in transaction: any WriteTransaction) throws(StoreError)
    /// What was on its way has arrived.
    func wrote(_ count: Int)
    /// What is left of what was on its way cannot be written now.
    func gaveUp(_ left: [Entry], _ cause: StoreError)
}

extension Tally {
    package func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let took = await ContinuousClock().measure { await self.flush() }
                try await Task.sleep(for: min(max(TallyLimit.interval, took * TallyLimit.rest), TallyLimit.longest))
            }
        }
        await flush()
    }

    /// Writes what was gathered.
    package func flush() async {
        var left = take()[...]
        while !left.isEmpty {
            let part = Array(left.prefix(TallyLimit.batch))
            do {
                try await store.write { transaction throws(StoreError) in try self.write(part, in: transaction) }
            } catch {
                return gaveUp(Array(left), error)
            }
            wrote(part.count)
            left = left.dropFirst(part.count)
        }
    }
}

private enum TallyLimit {
    static let interval = Duration.seconds(1)
    /// The pause after writing, in times of what writing took: keys in use by the hundred thousand cost a twentieth of
    /// a core, and not all of it.
    static let rest = 19
    /// However long it took: a database that was slow once is asked again soon.
    static let longest = Duration.seconds(10)
    /// What is written in one transaction: writers take turns, and what gathers while the database is away must neither
    /// keep them waiting nor reach the time limit of a statement.
    static let batch = 2_000
}
