import NIOCore
import Synchronization

/// How long answers took, as counts of those that took no longer than each of a few limits.
///
/// Noting is two additions and no lock, and each loop has its own, so that it never makes two of them wait for
/// the same line of memory.
struct LatencyHistogram: ~Copyable, Sendable {
    /// What a count is of: everything up to so many nanoseconds. From what an answer of the fast lane takes to what
    /// no answer should.
    private static let limits: InlineArray<19, Int64> = [
        1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
        1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000, 500_000_000,
        1_000_000_000,
    ]

    /// One for each limit, and one for what took longer.
    private let counts = InlineArray<20, Atomic<Int>> { _ in Atomic(0) }
    private let nanoseconds = Atomic<Int64>(0)

    /// Answers that were given together, so that each of them took as long.
    func note(_ answers: Int, took time: TimeAmount) {
        counts[LatencyHistogram.place(of: time.nanoseconds)].add(answers, ordering: .relaxed)
        nanoseconds.add(time.nanoseconds &* Int64(answers), ordering: .relaxed)
    }

    /// From the quick end, where nearly all of them are.
    private static func place(of nanoseconds: Int64) -> Int {
        var place = 0
        while place < limits.count, nanoseconds > limits[place] { place += 1 }
        return place
    }
}

extension LatencyHistogram {
    /// What several of them noted.
    struct Sum: Sendable {
        fileprivate(set) var counts = [Int](repeating: 0, count: limits.count + 1)
        fileprivate(set) var nanoseconds: Int64 = 0

        /// Each limit in seconds, with how many took no longer; the last is no limit.
        var buckets: [(limit: Double, count: Int)] {
            var (buckets, count): ([(Double, Int)], Int) = ([], 0)
            for place in counts.indices {
                count += counts[place]
                let isLimited = place < limits.count
                buckets.append((isLimited ? Double(limits[place]) / 1e9 : .infinity, count))
            }
            return buckets
        }
    }

    func add(to sum: inout Sum) {
        for place in counts.indices { sum.counts[place] += counts[place].load(ordering: .relaxed) }
        sum.nanoseconds += nanoseconds.load(ordering: .relaxed)
    }
}
