import Foundation
import KeyCore
import Testing

struct DayTests {
    @Test(arguments: ["2026-01-31", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
    func dayIsReadAsItIsWritten(_ text: String) {
        #expect(Day(text)?.description == text)
    }

    @Test(arguments: [
        "", "2026-02-30", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31",
        "2026-1-1", "26-01-01", "2026/01/01", "2026-01-01T00:00", " 2026-01-01", "2026-01-01 ", "+026-01-01",
        "-026-01-01", "0000-01-01", "20260101", "٢٠٢٦-٠١-٠١", "2026-01-0a", "2026–01–01", "1 January 2026",
        "5786-05-12\u{0}",
    ])
    func textThatIsNoDayIsRefused(_ text: String) {
        #expect(Day(text) == nil)
    }

    @Test(arguments: [
        ("2026-12-31", 1, "2027-01-01"), ("2028-02-28", 1, "2028-02-29"), ("2027-02-28", 1, "2027-03-01"),
        ("2026-01-01", -1, "2025-12-31"), ("2026-03-29", 1, "2026-03-30"), ("2026-11-22", 90, "2027-02-20"),
        ("2026-11-22", 365, "2027-11-22"),
    ])
    func daysAreCountedOnTheCalendar(_ day: String, _ count: Int, _ expected: String) {
        #expect(Day(day)?.adding(days: count).description == expected)
    }

    @Test(arguments: [
        ("2026-11-22", "2027-11-22"), ("2028-02-29", "2029-02-28"), ("2027-02-28", "2028-02-28"),
        ("2023-12-31", "2024-12-31"),
    ])
    func nextYearsDayIsTheSameDayWhereThereIsOne(_ day: String, _ expected: String) {
        #expect(Day(day)?.adding(years: 1).description == expected)
    }

    /// Judged by another implementation of the time zone data (Python's zoneinfo).
    @Test(arguments: [
        // The day after has no midnight: clocks go from 00:00 to 01:00.
        ("2018-11-03", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"),
        ("2023-04-27", "Africa/Cairo", "2023-04-27T22:00:00.000Z"),
        ("2024-03-30", "Asia/Beirut", "2024-03-30T22:00:00.000Z"),
        // Clocks go from 24:00 back to 23:00: the day is an hour longer.
        ("2018-02-17", "America/Sao_Paulo", "2018-02-18T03:00:00.000Z"),
        ("2023-10-26", "Africa/Cairo", "2023-10-26T22:00:00.000Z"),
        ("2024-10-26", "Asia/Beirut", "2024-10-26T22:00:00.000Z"),
        // Clocks go from 01:00 back to 00:00: the next day has two midnights.
        ("2025-11-01", "America/Havana", "2025-11-02T04:00:00.000Z"),
        ("2025-11-02", "America/Havana", "2025-11-03T05:00:00.000Z"),
        // Days of 23 and 25 hours, and of 24 and a half.
        ("2026-03-29", "Europe/Berlin", "2026-03-29T22:00:00.000Z"),
        ("2026-10-25", "Europe/Berlin", "2026-10-25T23:00:00.000Z"),
        ("2026-03-08", "America/New_York", "2026-03-09T04:00:00.000Z"),
        ("2026-11-01", "America/New_York", "2026-11-02T05:00:00.000Z"),
        ("2026-04-05", "Australia/Lord_Howe", "2026-04-05T13:30:00.000Z"),
        // The ends of the earth, and a day that was left out.
        ("2028-02-29", "UTC", "2028-03-01T00:00:00.000Z"),
        ("2026-07-01", "Pacific/Kiritimati", "2026-07-01T10:00:00.000Z"),
        ("2026-07-01", "Pacific/Pago_Pago", "2026-07-02T11:00:00.000Z"),
        ("2026-07-01", "Asia/Kathmandu", "2026-07-01T18:15:00.000Z"),
        ("2011-12-29", "Pacific/Apia", "2011-12-30T10:00:00.000Z"),
    ])
    func dayEndsWhenTheNextBegins(_ day: String, _ zone: String, _ expected: String) throws {
        let timeZone = try #require(TimeZone(identifier: zone))
        let day = try #require(Day(day))
        let end = day.end(in: timeZone)
        #expect(end.rfc3339 == expected)
        #expect(Day(end.advanced(by: .milliseconds(-1)), in: timeZone) == day)
        #expect(Day(end, in: timeZone) > day)
    }

    /// Every day of years with changes of clocks: the end of one is where the next begins, and no moment is lost.
    @Test(arguments: ["America/Sao_Paulo", "Africa/Cairo", "Asia/Beirut", "America/Havana", "Europe/Moscow"])
    func daysFollowOneAnotherWithoutAGap(_ zone: String) throws {
        let timeZone = try #require(TimeZone(identifier: zone))
        var day = try #require(Day("2010-01-01"))
        var end = day.end(in: timeZone)
        while day.year < 2019 {
            let next = day.adding(days: 1)
            #expect(Day(end, in: timeZone) == next, "\(day)")
            let nextEnd = next.end(in: timeZone)
            let length = nextEnd.since(end)
            #expect(length >= .seconds(23 * 3600) && length <= .seconds(25 * 3600), "\(next)")
            (day, end) = (next, nextEnd)
        }
    }

    @Test func dayOfAMomentDependsOnThePlace() throws {
        let moment = try Timestamp("2026-11-22T10:30:00Z")
        let days = try ["Pacific/Pago_Pago", "UTC", "Pacific/Kiritimati"].map { name in
            Day(moment, in: try #require(TimeZone(identifier: name))).description
        }
        #expect(days == ["2026-11-21", "2026-11-22", "2026-11-23"])
    }
}
