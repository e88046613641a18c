/// What `/metrics` tells under one name, in the Prometheus text format, version 0.0.4.
package struct Metric: Sendable {
    enum Kind: String { case counter, gauge, histogram }

    /// One line: a figure, and which of several it is.
    struct Sample: Sendable {
        var suffix = ""
        /// A label's name with its value, which is one of ours and needs no escape.
        var label: (name: String, value: String)?
        let value: Double
    }

    let name: String
    let help: String
    let kind: Kind
    let samples: [Sample]

    static func gauge(_ name: String, _ help: String, _ value: Double) -> Metric {
        Metric(name: name, help: help, kind: .gauge, samples: [Sample(value: value)])
    }

    static func counter(_ name: String, _ help: String, _ value: Int) -> Metric {
        Metric(name: name, help: help, kind: .counter, samples: [Sample(value: Double(value))])
    }

    /// - Parameter label: what tells the values apart.
    static func counter(
        _ name: String, _ help: String, by label: String, _ values: [(name: String, count: Int)]
    ) -> Metric {
        let samples = values.map { Sample(label: (label, $0.name), value: Double($0.count)) }
        return Metric(name: name, help: help, kind: .counter, samples: samples)
    }

    static func histogram(_ name: String, _ help: String, _ sum: LatencyHistogram.Sum) -> Metric {
        let buckets = sum.buckets.map { limit, count in
            Sample(suffix: "_bucket", label: ("le", Metric.figure(limit)), value: Double(count))
        }
        let all = Sample(suffix: "_count", value: Double(sum.buckets.last?.count ?? 0))
        let seconds = Sample(suffix: "_sum", value: Double(sum.nanoseconds) / 1e9)
        return Metric(name: name, help: help, kind: .histogram, samples: buckets + [seconds, all])
    }

    var lines: [String] {
        ["# HELP \(name) \(help)", "# TYPE \(name) \(kind.rawValue)"]
            + samples.map { sample in
                let label = sample.label.map { "{\($0.name)=\"\($0.value)\"}" } ?? ""
                return "\(name)\(sample.suffix)\(label) \(Metric.figure(sample.value))"
            }
    }

    private static func figure(_ value: Double) -> String {
        guard value.isFinite else { return value > 0 ? "+Inf" : "NaN" }
        return value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    }
}
