import Foundation

/// When a key stops working: a day that its owner chose, and the moment at which that day is over for them.
package struct Expiry: Hashable, Sendable {
    /// A key that ends within so many days is worth a word.
    package static let soonDays = 30

    package let day: Day
    /// Exclusive: the key works before this moment and not at it.
    package let end: Timestamp

    package init(day: Day, end: Timestamp) {
        self.day = day
        self.end = end
    }

    /// The last day that may be chosen: the same day next year, in the owner's time zone.
    package static func latest(now: Timestamp, in timeZone: TimeZone) -> Day {
        Day(now, in: timeZone).adding(years: 1)
    }

    /// A chosen day as an expiry; no choice means the longest life.
    ///
    /// - Throws: `expires_in_past` before today, `expires_too_late` after `latest`, both in the owner's time zone.
    package static func choose(_ day: Day?, now: Timestamp, in timeZone: TimeZone) throws(Refusal) -> Expiry {
        let latest = latest(now: now, in: timeZone)
        let day = day ?? latest
        if day < Day(now, in: timeZone) { throw .field("expires_on", .expiresInPast) }
        if day > latest { throw .field("expires_on", .expiresTooLate) }
        return Expiry(day: day, end: day.end(in: timeZone))
    }
}
