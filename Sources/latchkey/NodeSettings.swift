import Foundation
import Gateway
import KeyCore

extension NodeTerms {
    /// - Throws: `SettingError` where lease and poll interval do not make sense together.
    init(_ source: SettingSource) throws {
        let interval = "a time such as 2s or 500ms"
        let length = try source.value(.lease, interval, Duration.init(setting:))
        let pollInterval = try source.value(.pollInterval, interval, Duration.init(setting:))
        let serveStale = try source.value(.serveStale, interval, Duration.init(setting:))
        guard let lease = LeaseTerms(length: length, pollInterval: pollInterval) else {
            throw SettingError(
                text: "--lease \(source[.lease]) and --poll-interval \(source[.pollInterval]) do not go together: a "
                    + "lease is 200ms to 10s long, and polls come at least twice in it, but 50ms apart.")
        }
        guard serveStale <= NodeTerms.longestStale else {
            throw SettingError(text: "--serve-stale must be at most 1h, not \(source[.serveStale]).")
        }
        self.init(
            name: "\(ProcessInfo.processInfo.hostName):\(ProcessInfo.processInfo.processIdentifier)", lease: lease,
            serveStale: serveStale, faults: try FaultInjection(source))
    }

    private static let longestStale = Duration.seconds(3600)
}

extension FaultInjection {
    /// Only a debug build can leave anything out.
    fileprivate init(_ source: SettingSource) throws {
        #if DEBUG
        let text = ProcessInfo.processInfo.environment["LATCHKEY_FAULT"] ?? ""
        guard let faults = FaultInjection(text) else {
            throw SettingError(text: "LATCHKEY_FAULT must be no-barrier, no-lease-check or no-poll, not “\(text)”.")
        }
        self = faults
        #else
        self = []
        #endif
    }
}

extension Duration {
    /// A whole number and its unit: `500ms`, `2s`, `5m`, `1h`.
    init?(setting text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), number <= 1_000_000 else { return nil }
        switch text.dropFirst(digits.count) {
        case "ms": self = .milliseconds(number)
        case "s": self = .seconds(number)
        case "m": self = .seconds(number * 60)
        case "h": self = .seconds(number * 3600)
        default: return nil
        }
    }
}
