import KeyCore
import NIOCore
import Testing

@testable import Gateway

/// What `/metrics` tells of how long answers took.
struct LatencyHistogramTests {
    @Test(arguments: [
        (-1, 0.000_001), (0, 0.000_001), (1_000, 0.000_001), (1_001, 0.000_002_5), (2_500, 0.000_002_5),
        (40_000, 0.000_05), (1_000_000, 0.001), (1_000_001, 0.0025), (1_000_000_000, 1), (1_000_000_001, .infinity),
        (Int64.max, .infinity),
    ])
    func answerCountsFromTheFirstLimitThatItKept(nanoseconds: Int64, limit: Double) {
        let histogram = LatencyHistogram()
        histogram.note(1, took: .nanoseconds(nanoseconds))
        for bucket in sum(histogram).buckets { #expect(bucket.count == (bucket.limit >= limit ? 1 : 0)) }
    }

    @Test func answersThatWereGivenTogetherEachTookAsLong() {
        let histogram = LatencyHistogram()
        histogram.note(16, took: .microseconds(20))
        histogram.note(0, took: .seconds(5))
        histogram.note(1, took: .milliseconds(2))
        let sum = sum(histogram)
        #expect(sum.nanoseconds == 16 * 20_000 + 2_000_000)
        #expect(sum.buckets.map(\.count) == [0, 0, 0, 0, 16, 16, 16, 16, 16, 16] + Array(repeating: 17, count: 10))
    }

    @Test func sumIsOfAllThatNoted() {
        let one = LatencyHistogram()
        let other = LatencyHistogram()
        one.note(2, took: .nanoseconds(10))
        other.note(3, took: .nanoseconds(100))
        var sum = LatencyHistogram.Sum()
        one.add(to: &sum)
        other.add(to: &sum)
        #expect((sum.nanoseconds, sum.buckets.last?.count) == (320, 5))
    }

    /// As Prometheus reads it: each figure with what it is, and the limits as Go writes them.
    @Test func metricIsWrittenAsPrometheusReadsIt() {
        let histogram = LatencyHistogram()
        histogram.note(2, took: .microseconds(3))
        let lines = Metric.histogram("latchkey_x_seconds", "How long.", sum(histogram)).lines
        #expect(lines.prefix(2) == ["# HELP latchkey_x_seconds How long.", "# TYPE latchkey_x_seconds histogram"])
        #expect(lines.contains("latchkey_x_seconds_bucket{le=\"2.5e-06\"} 0"))
        #expect(lines.contains("latchkey_x_seconds_bucket{le=\"5e-06\"} 2"))
        #expect(lines.contains("latchkey_x_seconds_bucket{le=\"+Inf\"} 2"))
        #expect(lines.suffix(2) == ["latchkey_x_seconds_sum 6e-06", "latchkey_x_seconds_count 2"])
    }

    private func sum(_ histogram: borrowing LatencyHistogram) -> LatencyHistogram.Sum {
        var sum = LatencyHistogram.Sum()
        histogram.add(to: &sum)
        return sum
    }
}

/// What `/metrics` tells of how far the index is behind, and how large it is.
struct IndexFiguresTests {
    @Test func lastStepIsHowManyRevisionsTheLastReadBrought() {
        let index = GrantIndex()
        index.load(GrantIndex.Content(revision: Revision(number: 40)))
        #expect(index.lastStep == 0, "what is read first is no step")
        for (number, step): (Int64, Int64) in [(43, 3), (43, 0), (44, 1), (30, 0)] {
            index.apply(GrantIndex.Update(revision: Revision(number: number)))
            #expect(index.lastStep == step)
        }
        index.load(GrantIndex.Content(revision: Revision(number: 2_030)))
        #expect(index.lastStep == 2_000)
    }

    @Test func sizeGrowsWithKeysAndTellsWhoseTheyAre() {
        let name = String(repeating: "n", count: 100)
        let (index, empty) = (GrantIndex(), GrantIndex().size)
        var content = GrantIndex.Content(revision: Revision(number: 1))
        for number in 0..<10_000 {
            content.set(
                Grant(
                    key: ID(rawValue: Int64(number)), digest: Digest(of: Array("\(number)".utf8)),
                    owner: ID(rawValue: Int64(number % 30)), name: name,
                    createdAt: Timestamp(milliseconds: 1), expiresAt: Timestamp(milliseconds: 2), state: .confirmed,
                    subset: nil))
        }
        index.load(content)
        let size = index.size
        #expect((size.keys, size.owners) == (10_000, 30))
        #expect(empty.keys == 0)
        // 72 of the entry, 100 of its name, and a slot and a half; arrays have a little room over.
        let each = Double(size.bytes - empty.bytes) / 10_000
        #expect((177.5..<179).contains(each), "bytes a key")
    }
}
