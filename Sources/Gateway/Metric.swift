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
