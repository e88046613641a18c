/// Uses of one key that a node has seen since it last wrote them.
package struct KeyUse: Hashable, Sendable {
    /// Requests for which it was accepted.
    package private(set) var count: Int
    package private(set) var last: Timestamp
    /// The address that a use came from, where it may be the key's first: the node had seen none before.
    package private(set) var address: String?

    package init(count: Int = 1, last: Timestamp, address: String? = nil) {
        self.count = count
        self.last = last
        self.address = address
    }

    /// Takes in what was seen besides.
    package mutating func add(_ other: KeyUse) {
        count += other.count
        last = max(last, other.last)
        address = address ?? other.address
    }
}

/// The first use of a key, as far as it is known: when it was written first, and from where it came.
package struct FirstUse: Hashable, Sendable {
    package let at: Timestamp
    package let address: String?

    package init(at: Timestamp, address: String?) {
        self.at = at
        self.address = address
    }
}

/// How often keys were used on each of the last days, in UTC: what the small charts of the account show.
package struct DailyUses: Hashable, Sendable {
    /// Today is one of them.
    package static let days = 30

    /// The number of a day in UTC, counted from 1 January 1970.
    package typealias DayNumber = Int

    package let today: DayNumber
    private var counts: [Int]

    package init(at now: Timestamp) {
        today = now.dayNumber
        counts = [Int](repeating: 0, count: DailyUses.days)
    }

    /// The first of them.
    package var first: DayNumber { today - DailyUses.days + 1 }

    /// From the oldest day to today.
    package var byDay: [(day: Timestamp, count: Int)] {
        counts.enumerated().map { (Timestamp(dayNumber: first + $0), $1) }
    }

    package var total: Int { counts.reduce(0, +) }

    /// Days that are not among them are passed over.
    package mutating func add(_ count: Int, on day: DayNumber) {
        guard (first...today).contains(day) else { return }
        counts[day - first] += count
    }
}

extension Timestamp {
    private static let dayLength: Int64 = 86_400_000

    /// The day in UTC, counted from 1 January 1970.
    package var dayNumber: DailyUses.DayNumber {
        Int((milliseconds >= 0 ? milliseconds : milliseconds - Timestamp.dayLength + 1) / Timestamp.dayLength)
    }

    /// The beginning of a day.
    package init(dayNumber: DailyUses.DayNumber) {
        self.init(milliseconds: Int64(dayNumber) * Timestamp.dayLength)
    }
}
