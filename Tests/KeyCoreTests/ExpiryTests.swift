import Foundation
import KeyCore
import Testing

struct ExpiryTests {
    @Test func noChoiceIsTheLongestLife() throws {
        let expiry = try Expiry.choose(nil, now: Timestamp("2026-11-22T20:41:39Z"), in: .gmt)
        #expect(expiry.day.description == "2027-11-22")
        #expect(expiry.end.rfc3339 == "2027-11-23T00:00:00.000Z")
    }

    @Test(arguments: [
        ("2026-11-22T20:41:39Z", "UTC", "2026-11-22", nil), ("2026-11-22T20:41:39Z", "UTC", "2026-11-21", "past"),
        ("2026-11-22T20:41:39Z", "UTC", "2027-11-22", nil), ("2026-11-22T20:41:39Z", "UTC", "2027-11-23", "late"),
        ("2026-11-22T20:41:39Z", "UTC", "9999-12-31", "late"), ("2026-11-22T20:41:39Z", "UTC", "0001-01-01", "past"),
        // East of the server it is tomorrow already, west of it still yesterday.
        ("2026-11-22T10:30:00Z", "Pacific/Kiritimati", "2026-11-22", "past"),
        ("2026-11-22T10:30:00Z", "Pacific/Kiritimati", "2027-11-23", nil),
        ("2026-11-22T10:30:00Z", "Pacific/Pago_Pago", "2026-11-21", nil),
        ("2026-11-22T10:30:00Z", "Pacific/Pago_Pago", "2027-11-22", "late"),
        // The last millisecond of a day, and the first of the next.
        ("2026-11-22T20:59:59.999Z", "Europe/Moscow", "2026-11-22", nil),
        ("2026-11-22T21:00:00.000Z", "Europe/Moscow", "2026-11-22", "past"),
        // From 29 February a year reaches to 28 February.
        ("2028-02-29T12:00:00Z", "UTC", "2029-02-28", nil), ("2028-02-29T12:00:00Z", "UTC", "2029-03-01", "late"),
        ("2027-02-28T12:00:00Z", "UTC", "2028-02-28", nil), ("2027-02-28T12:00:00Z", "UTC", "2028-02-29", "late"),
    ])
    func anyDayFromTodayToTheSameDayNextYear(
        _ now: String, _ zone: String, _ day: String, _ outcome: String?
    ) throws {
        let (now, timeZone) = (try Timestamp(now), try #require(TimeZone(identifier: zone)))
        let day = try #require(Day(day))
        let code = refusal { () throws(Refusal) in try Expiry.choose(day, now: now, in: timeZone) }?.code
        switch outcome {
        case "past": #expect(code == .expiresInPast)
        case "late": #expect(code == .expiresTooLate)
        default:
            #expect(code == nil)
            let expiry = try Expiry.choose(day, now: now, in: timeZone)
            #expect(expiry.day == day)
            #expect(expiry.end > now)
        }
    }

    /// The store's schema refuses more than 367 days and 2 hours; no choice that the rules allow comes near it.
    @Test(arguments: [
        "UTC", "America/Sao_Paulo", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Pago_Pago",
    ])
    func longestLifeStaysWithinTheSchemasLimit(_ zone: String) throws {
        let timeZone = try #require(TimeZone(identifier: zone))
        let limit = Duration.seconds((367 * 24 + 2) * 3600)
        var now = try Timestamp("2026-01-01T00:00:00Z")
        for _ in 0..<(3 * 365 * 4) {
            let expiry = try Expiry.choose(nil, now: now, in: timeZone)
            #expect(expiry.end.since(now) <= limit && expiry.end.since(now) >= .days(365))
            now = now.advanced(by: .seconds(6 * 3600))
        }
    }
}
