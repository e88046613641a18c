import Foundation
import KeyCore
import Testing

@testable import Portal

@Suite struct ReaderTests {
    /// 22 November 2026, 20:41:39 UTC; in Moscow it is 23:41:39.
    private let now = Timestamp(milliseconds: 1_795_380_099_000)

    private func reader(_ language: Language, _ zone: String = "Europe/Moscow") -> Reader {
        Reader(language: language, timeZone: TimeZone(identifier: zone)!, now: now)
    }

    @Test func datesAreWrittenAsInTheRestOfTheAccount() {
        let day = Day(year: 2026, month: 11, day: 22)!
        #expect(reader(.english).date(day) == "22 Nov 2026")
        #expect(reader(.russian).date(day) == "22 нояб. 2026")
    }

    @Test func aMomentFallsOnTheReadersOwnDay() {
        #expect(reader(.english, "Europe/Moscow").date(now) == "22 Nov 2026")
        #expect(reader(.english, "Asia/Tokyo").date(now) == "23 Nov 2026")
        #expect(reader(.english, "Asia/Tokyo").today == Day(year: 2026, month: 11, day: 23))
    }

    @Test(
        arguments: [
            (Duration.seconds(5), "just now", "только что"),
            (.minutes(1), "1 minute ago", "1 минуту назад"),
            (.minutes(3), "3 minutes ago", "3 минуты назад"),
            (.minutes(5 * 60), "5 hours ago", "5 часов назад"),
            (.days(2), "2 days ago", "2 дня назад"),
        ])
    func lastUsesAreToldInWords(interval: Duration, english: String, russian: String) {
        let moment = now.advanced(by: .zero - interval)
        #expect(reader(.english).ago(moment) == english)
        #expect(reader(.russian).ago(moment) == russian)
    }

    @Test func aMomentAheadOfTheClockIsJustNow() {
        #expect(reader(.english).ago(now.advanced(by: .seconds(90))) == "just now")
    }

    @Test func distancesToDaysAreCountedInDays() {
        let today = reader(.english).today
        #expect(reader(.english).distance(to: today) == "today")
        #expect(reader(.english).distance(to: today.adding(days: 12)) == "in 12 days")
        #expect(reader(.russian).distance(to: today.adding(days: 21)) == "через 21 день")
        #expect(reader(.russian).distance(to: today.adding(days: -2)) == "2 дня назад")
    }

    @Test func lastDaysAreToldInFullWords() {
        let day = Day(year: 2027, month: 11, day: 22)!
        #expect(reader(.english).inWords(day) == "Monday, 22 November 2027")
        #expect(reader(.russian).inWords(day) == "понедельник, 22 ноября 2027 г.")
    }
}
