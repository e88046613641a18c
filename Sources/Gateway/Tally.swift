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
                let next = ContinuousClock.now + TallyLimit.interval
                await self.flush { took, parts in
                    let rest = min(took * TallyLimit.rest, TallyLimit.longestRest, TallyLimit.longestRound / parts)
                    try? await Task.sleep(for: rest)
                }
                try await Task.sleep(until: next, clock: .continuous)
            }
        }
        await flush()
    }

    /// Writes what was gathered.
    ///
    /// - Parameter rest: waits after a part, told how long writing it took and how many parts there are.
    package func flush(resting rest: (Duration, Int) async -> Void = { _, _ in }) async {
        var left = take()[...]
        let parts = (left.count + TallyLimit.part - 1) / TallyLimit.part
        while !left.isEmpty {
            let part = Array(left.prefix(TallyLimit.part))
            let start = ContinuousClock.now
            do {
                try await store.write { transaction throws(StoreError) in try self.write(part, in: transaction) }
            } catch {
                return gaveUp(Array(left), error)
            }
            wrote(part.count)
            left = left.dropFirst(part.count)
            await rest(.now - start, parts)
        }
    }
}

private enum TallyLimit {
    static let interval = Duration.seconds(1)
    /// What is written in one transaction. Small, since requests that come meanwhile share a core with it, and since
    /// other writers take turns with it.
    static let part = 200
    /// The rest after a part, in times of what writing it took: keys in use by the ten thousand cost a hundredth of
    /// a core, and fewer than one request in a hundred meets it there.
    static let rest = 99
    /// However long it took: a database that was slow once is asked again soon.
    static let longestRest = Duration.seconds(5)
    /// The rests of all that was taken together, after which "last used" would be too old to be of use.
    static let longestRound = Duration.seconds(60)
}
