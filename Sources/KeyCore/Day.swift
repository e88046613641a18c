import Foundation

/// A calendar day of the Gregorian calendar, without a time zone: what a person picks on a calendar.
package struct Day: Hashable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// The day, or `nil` when the calendar has no such day (30 February).
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Day.count(inMonth: month, of: year)).contains(day)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `YYYY-MM-DD` (RFC 3339 `full-date`) strictly: ten ASCII characters and a day that exists.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Day.number(bytes[0..<4]), let month = Day.number(bytes[5..<7]),
            let day = Day.number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day that a moment falls on in a time zone.
    package init(_ moment: Timestamp, in timeZone: TimeZone) {
        let parts = Day.calendar(timeZone).dateComponents([.year, .month, .day], from: moment.date)
        year = parts.year ?? 1970
        month = parts.month ?? 1
        day = parts.day ?? 1
    }

    /// The same day in another year; 29 February becomes 28 February where the year has none.
    package func adding(years: Int) -> Day {
        let other = year + years
        return Day(year: other, month: month, day: day) ?? Day(year: other, month: month, day: day - 1) ?? self
    }

    package func adding(days: Int) -> Day {
        let calendar = Day.calendar(.gmt)
        let moved = calendar.date(byAdding: .day, value: days, to: noon(in: calendar)) ?? noon(in: calendar)
        return Day(Timestamp(moved), in: .gmt)
    }

    /// The first moment after this day in a time zone: what is valid "through" the day ends here, exclusively.
    ///
    /// Found from the next day's noon, since a day may have no midnight (clocks that go forward at 00:00) or two.
    package func end(in timeZone: TimeZone) -> Timestamp {
        let calendar = Day.calendar(timeZone)
        return Timestamp(calendar.startOfDay(for: adding(days: 1).noon(in: calendar)))
    }

    /// The first moment of this day in a time zone.
    package func start(in timeZone: TimeZone) -> Timestamp {
        let calendar = Day.calendar(timeZone)
        return Timestamp(calendar.startOfDay(for: noon(in: calendar)))
    }

    private func noon(in calendar: Calendar) -> Date {
        let parts = DateComponents(year: year, month: month, day: day, hour: 12)
        return calendar.date(from: parts) ?? Date(timeIntervalSince1970: 0)
    }

    private static func calendar(_ timeZone: TimeZone) -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        return calendar
    }

    private static func count(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}

extension Day: Comparable {
    package static func < (left: Day, right: Day) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension Day: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    package var description: String {
        Day.padded(year, to: 4) + "-" + Day.padded(month, to: 2) + "-" + Day.padded(day, to: 2)
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
