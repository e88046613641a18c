import Foundation
import Testing

@testable import KeyCore

struct CivilTimeTests {
    /// Against Foundation's calendar: leap years, centuries, moments before 1970.
    @Test func everyDayOfTwoThousandYearsIsThatOfTheCalendar() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0)!
        // After 1582: before that, Foundation's calendar is the Julian one, and RFC 3339's is not.
        let start = Timestamp(calendar.date(from: DateComponents(year: 1600, month: 1, day: 1))!)
        for day in stride(from: 0, to: 2000 * 365, by: 1) {
            let moment = start.advanced(by: .days(day) + .milliseconds(day * 7919 % 86_400_000))
            let time = CivilTime(moment)
            let wanted = calendar.dateComponents([.year, .month, .day, .weekday, .hour, .second], from: moment.date)
            guard
                time.year == wanted.year, time.month == wanted.month, time.day == wanted.day,
                time.weekday + 1 == wanted.weekday, time.hour == wanted.hour, time.second == wanted.second
            else {
                Issue.record("\(moment.milliseconds)")
                return
            }
        }
    }

    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777_000, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_825_599_999, "Tue, 29 Feb 2000 11:59:59 GMT"), (4_107_542_399_000, "Sun, 28 Feb 2100 23:59:59 GMT"),
    ])
    func dateOfAHeaderIsThatOfTheRFC(milliseconds: Int64, text: String) {
        #expect(CivilTime(Timestamp(milliseconds: milliseconds)).httpDate == text)
    }
}
