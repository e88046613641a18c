import Foundation
import NIOCore

/// The processors that this process may use: what `taskset` or a container's cpuset and quota leave of the machine's.
enum Processors {
    static var count: Int {
        min(allowed ?? .max, System.coreCount, ProcessInfo.processInfo.activeProcessorCount)
    }

    /// From the mask that Linux shows, in groups of hexadecimal digits (proc_pid_status(5)).
    private static var allowed: Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed:") }),
            let mask = line.split(separator: "\t").last
        else { return nil }
        let count = mask.compactMap(\.hexDigitValue).reduce(0) { $0 + $1.nonzeroBitCount }
        return count > 0 ? count : nil
    }
}
