/// A moment as a calendar and a clock in UTC show it, for headers and bodies: written millions of times a second,
/// so without a formatter and without an allocation.
package struct CivilTime: Sendable {
    package let year: Int
    /// From 1.
    package let month: Int
    package let day: Int
    /// From Sunday, 0.
    package let weekday: Int
    private let millisecondOfDay: Int

    package init(_ moment: Timestamp) {
        let (days, rest) = Int(moment.milliseconds).dividedDown(by: 86_400_000)
        millisecondOfDay = rest
        weekday = (days + 4).dividedDown(by: 7).rest
        // The proleptic Gregorian calendar in eras of 400 years that begin on 1 March, so that a leap day comes last.
        let (era, dayOfEra) = (days + 719_468).dividedDown(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    package var hour: Int { millisecondOfDay / 3_600_000 }
    package var minute: Int { millisecondOfDay / 60_000 % 60 }
    package var second: Int { millisecondOfDay / 1000 % 60 }
    package var millisecond: Int { millisecondOfDay % 1000 }
}

extension CivilTime {
    /// RFC 3339 in UTC with milliseconds: `2026-11-22T20:41:39.120Z`. For the years from 0 to 9999.
    @inline(never)
    package var rfc3339: InlineArray<24, UInt8> {
        var text = CivilTime.template
        text.put(year, width: 4, at: 0)
        text.put(month, width: 2, at: 5)
        text.put(day, width: 2, at: 8)
        text.put(hour, width: 2, at: 11)
        text.put(minute, width: 2, at: 14)
        text.put(second, width: 2, at: 17)
        text.put(millisecond, width: 3, at: 20)
        return text
    }

    /// RFC 9110, section 5.6.7: `Sun, 22 Nov 2026 20:41:39 GMT`.
    package var httpDate: String {
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = "\(two(hour)):\(two(minute)):\(two(second))"
        return "\(days[weekday]), \(two(day)) \(months[month - 1]) \(year) \(clock) GMT"
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static let template: InlineArray<24, UInt8> = {
        let text = Array("0000-00-00T00:00:00.000Z".utf8)
        return InlineArray { text[$0] }
    }()
}

extension InlineArray where Element == UInt8 {
    /// The last digits of a number that is not negative.
    fileprivate mutating func put(_ number: Int, width: Int, at start: Int) {
        var rest = number
        for position in (start..<start + width).reversed() {
            self[position] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }
}

extension Int {
    /// Division that rounds down, also before 1970.
    fileprivate func dividedDown(by divisor: Int) -> (quotient: Int, rest: Int) {
        let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
    }
}
