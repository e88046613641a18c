import Foundation
import KeyCore
import Testing

@testable import Portal

@Suite struct ReaderTests {
    /// Sunday, 22 November 2026, 21:30 UTC: already Monday in Moscow, still Sunday in New York.
    private let late = Timestamp(milliseconds: 1_795_383_000_000)

    private func reader(_ language: Language, _ zone: String = "Europe/Moscow", now: Timestamp? = nil) -> Reader {
        Reader(language: language, timeZone: TimeZone(identifier: zone) ?? .gmt, now: now ?? late)
    }

    @Test func aMomentsDayIsTheReadersOwn() {
        #expect(reader(.english).date(late) == "23 Nov 2026")
        #expect(reader(.english, "America/New_York").date(late) == "22 Nov 2026")
        #expect(reader(.russian).date(late) == "23 нояб. 2026")
        #expect(reader(.russian, "America/New_York").date(late) == "22 нояб. 2026")
    }

    @Test func aDayIsTheSameDayEverywhere() throws {
        let day = try #require(Day("2026-11-22"))
        for zone in ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"] {
            #expect(reader(.english, zone).date(day) == "22 Nov 2026")
        }
    }

    @Test(arguments: [
        (0, "just now", "только что"), (59, "just now", "только что"), (60, "1 minute ago", "1 минуту назад"),
        (180, "3 minutes ago", "3 минуты назад"), (300, "5 minutes ago", "5 минут назад"),
        (7200, "2 hours ago", "2 часа назад"), (86_400 * 21, "3 weeks ago", "3 недели назад"),
        (-3600, "just now", "только что"),
    ])
    func howLongAgoIsSaidInWords(seconds: Int, english: String, russian: String) {
        let moment = late.advanced(by: .seconds(-seconds))
        #expect(reader(.english).ago(moment) == english)
        #expect(reader(.russian).ago(moment) == russian)
    }

    @Test func daysAreCountedOnTheReadersCalendarAcrossAChangeOfClocks() throws {
        // Clocks in New York go back on 1 November 2026: two days of 24 and one of 25 hours.
        let now = Timestamp(milliseconds: 1_793_491_200_000)  // 31 October 2026, 20:00 in New York
        let reader = reader(.english, "America/New_York", now: now)
        #expect(reader.daysUntil(try #require(Day("2026-11-02"))) == 2)
        #expect(reader.daysUntil(try #require(Day("2026-10-31"))) == 0)
        #expect(reader.daysUntil(try #require(Day("2026-10-30"))) == -1)
    }

    @Test func theExactTimeNamesItsZone() {
        #expect(reader(.english).exactly(late).contains("00:30:00"))
        #expect(reader(.russian).exactly(late).contains("23 ноября 2026"))
    }
}
