import KeyCore
import Logging

/// Lets a change answer when no node acts on anything older: the deleter's half of the protocol.
///
/// The rows of the nodes are read again and again while somebody waits, by one reader for all who do, so that a
/// thousand deletes at once cost no more reads than one.
package actor LeaseBarrier: Propagation {
    /// Between two looks at the rows: short at first, since nodes answer within milliseconds.
    private static let firstPause = Duration.milliseconds(1)
    private static let longestPause = Duration.milliseconds(25)
    /// What an answer waits for the removal of rows, which takes a few milliseconds.
    private static let longestRemoval = Duration.milliseconds(250)

    private let ledger: any NodeLedger
    private let logger: Logger
    private let now: @Sendable () -> BootTime
    private var reading: Task<Reading, any Error>?

    private struct Reading: Sendable {
        let rows: [NodeRecord]
        let noted: BootTime
    }

    package init(
        ledger: any NodeLedger, logger: Logger, now: @escaping @Sendable () -> BootTime = { .now }
    ) {
        self.ledger = ledger
        self.logger = logger
        self.now = now
    }

    package func settle(_ revision: Revision) async -> Settlement {
        // A caller that hangs up cancels its task; the waiting, which pauses between looks, must not spin then.
        await Task { await self.wait(for: revision) }.value
    }

    private func wait(for revision: Revision) async -> Settlement {
        let start = now()
        var barrier: Barrier?
        var pause = LeaseBarrier.firstPause
        while true {
            if let reading = await freshReading(before: barrier?.nextEnd) {
                barrier?.see(reading.rows)
                barrier = barrier ?? Barrier(revision, rows: reading.rows, noted: reading.noted)
            }
            if var waiting = barrier {
                await fence(waiting.pass(now()))
                barrier = waiting
                if waiting.isSettled {
                    return Settlement(
                        acknowledged: waiting.acknowledged, fenced: waiting.fenced, waited: now() - start)
                }
            } else if now() >= start + LeaseTerms.surelyOver(LeaseTerms.lengths.upperBound) {
                // The rows cannot be read. The commit was before `start`, so whoever renewed since has read it, and
                // the longest lease there can be has run out. Nobody is fenced by this, and nobody can be counted.
                logger.warning("A change waited for the longest lease: the nodes cannot be asked.")
                return Settlement(acknowledged: 0, fenced: 0, waited: now() - start)
            }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, LeaseBarrier.longestPause)
        }
    }

    /// A fresh reading, or none when it fails or `end` comes first.
    private func freshReading(before end: BootTime?) async -> Reading? {
        guard let end else { return try? await freshReading() }
        return await Task { try? await self.freshReading() }.value(within: end - now()) ?? nil
    }

    /// Removes rows of nodes without a lease, before the answer: the next change then waits for none of them. Where the
    /// database hangs, the removal goes on after the answer, and may cost later changes their time.
    private func fence(_ fences: [Barrier.Fence]) async {
        guard !fences.isEmpty else { return }
        for fence in fences {
            logger.warning(
                "A node did not acknowledge in time, and its lease has run out.", metadata: ["node": "\(fence.node)"])
        }
        let removal = Task {
            for fence in fences { _ = try? await self.ledger.remove(fence.node, ifStillAt: fence.lastRenewal) }
        }
        await removal.value(within: LeaseBarrier.longestRemoval)
    }

    /// The rows, by a read that began after the call: the one under way may have begun before the caller's commit.
    private func freshReading() async throws -> Reading {
        if let reading { _ = try? await reading.value }
        if let reading { return try await reading.value }
        let read = Task {
            defer { self.reading = nil }
            let rows = try await self.ledger.nodes()
            return Reading(rows: rows, noted: self.now())
        }
        reading = read
        return try await read.value
    }
}
