import Foundation

/// A fact's moment: milliseconds since 1970 in UTC, leap seconds not counted.
package struct Timestamp: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    /// None is later.
    static let max = Timestamp(milliseconds: .max)

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Rounds down to the millisecond.
    package init(_ date: Date) {
        milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded(.down))
    }

    package var date: Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.milliseconds < right.milliseconds
    }

    package func advanced(by interval: Duration) -> Self {
        Self(milliseconds: milliseconds + interval.milliseconds)
    }

    /// The time from an earlier moment to this one; negative when the other is later.
    package func since(_ earlier: Self) -> Duration {
        .milliseconds(milliseconds - earlier.milliseconds)
    }
}

extension Timestamp {
    /// RFC 3339 in UTC with milliseconds: `2026-11-22T20:41:39.120Z`.
    @inline(never)
    package var rfc3339: String {
        CivilTime(self).rfc3339.span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}

extension Duration {
    package var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }

    package static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
    package static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}
