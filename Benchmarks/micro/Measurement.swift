import CAllocationCount

/// What one operation costs: the median of repeated runs, each of so many operations that the clock does not matter.
struct Measurement {
    private static let runs = 21
    private static let runTime = Duration.milliseconds(20)
    private static let longestName = 58

    let name: String
    /// Of one operation.
    let nanoseconds: Double
    /// From the quickest run to the slowest, of one operation.
    let extremes: ClosedRange<Double>
    let allocations: Double

    /// - Parameter operation: is given its number, and returns something of what it found out, so that the compiler
    ///   cannot leave it out.
    @inline(__always)
    init(_ name: String, _ operation: (Int) -> Int) {
        var (times, sum) = (1, 0)
        func run() -> Double {
            let clock = ContinuousClock()
            let start = clock.now
            for number in 0..<times { sum &+= operation(number) }
            return (clock.now - start) / .nanoseconds(1)
        }
        while run() < Measurement.runTime / .nanoseconds(1) { times *= 2 }
        let before = allocation_count()
        let costs = (0..<Measurement.runs).map { _ in run() / Double(times) }.sorted()
        self.name = name
        allocations = Double(allocation_count() - before) / Double(Measurement.runs * times)
        nanoseconds = costs[costs.count / 2]
        extremes = costs[0]...costs[costs.count - 1]
        keep(sum)
    }

    static let heading = row("", "ns", "least", "most", "allocations")

    var line: String {
        Measurement.row(
            name, Measurement.text(nanoseconds), Measurement.text(extremes.lowerBound),
            Measurement.text(extremes.upperBound), Measurement.text(allocations))
    }

    private static func row(_ name: String, _ columns: String...) -> String {
        columns.reduce(name + String(repeating: " ", count: max(0, longestName - name.count))) { line, column in
            line + String(repeating: " ", count: max(1, 12 - column.count)) + column
        }
    }

    /// With a place behind the point where that says something.
    private static func text(_ value: Double) -> String {
        value < 99.95 ? "\((value * 10).rounded() / 10)" : "\(Int(value.rounded()))"
    }
}

/// Something that the compiler knows nothing of.
@inline(never)
private func keep(_ value: Int) {
    withExtendedLifetime(value) {}
}
