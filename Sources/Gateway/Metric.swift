import KeyCore
import Synchronization

/// A figure for `/metrics`, in the Prometheus text format, version 0.0.4.
package struct Metric: Sendable {
    enum Kind: String { case counter, gauge }

    let name: String
    let help: String
    let kind: Kind
    let value: Double

    static func gauge(_ name: String, _ help: String, _ value: Double) -> Metric {
        Metric(name: name, help: help, kind: .gauge, value: value)
    }

    static func counter(_ name: String, _ help: String, _ value: Int) -> Metric {
        Metric(name: name, help: help, kind: .counter, value: Double(value))
    }

    var lines: [String] {
        let figure = value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
        return ["# HELP \(name) \(help)", "# TYPE \(name) \(kind.rawValue)", "\(name) \(figure)"]
    }
}

/// What a node that holds leases counts.
final class FollowingCounts: Sendable {
    let renewals = Atomic<Int>(0)
    let failures = Atomic<Int>(0)
    let fenced = Atomic<Int>(0)

    func metrics(leaseRemaining: Duration) -> [Metric] {
        [
            .gauge("latchkey_lease_seconds", "What is left of this node's lease.", leaseRemaining / .seconds(1)),
            .counter(
                "latchkey_renewals_total", "Renewals of this node's lease.", renewals.load(ordering: .relaxed)),
            .counter(
                "latchkey_renewals_failed_total", "Renewals that failed.", failures.load(ordering: .relaxed)),
            .counter(
                "latchkey_fenced_total", "How often this node found its row gone.", fenced.load(ordering: .relaxed)),
        ]
    }
}
