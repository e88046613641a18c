import Foundation
import KeyCore
import Testing

struct TimestampTests {
    @Test func momentIsWrittenAsRFC3339InUTC() {
        #expect(Timestamp(milliseconds: 0).rfc3339 == "1970-01-01T00:00:00.000Z")
        #expect(Timestamp(milliseconds: 1_795_380_099_120).rfc3339 == "2026-11-22T20:41:39.120Z")
        #expect(Timestamp(milliseconds: -1).rfc3339 == "1969-12-31T23:59:59.999Z")
    }

    @Test func everyMillisecondSurvivesBeingADateAndAText() {
        let lost = (Int64(1_795_380_099_000)..<1_795_380_101_000).filter { milliseconds in
            let moment = Timestamp(milliseconds: milliseconds)
            return Timestamp(moment.date) != moment || !moment.rfc3339.hasSuffix(String(milliseconds).suffix(3) + "Z")
        }
        #expect(lost.isEmpty)
    }

    @Test func intervalsAreExact() {
        let start = Timestamp(milliseconds: 1_795_380_099_120)
        #expect(start.advanced(by: .days(1)).since(start) == .seconds(86_400))
        #expect(start.since(start.advanced(by: .minutes(1))) == .seconds(-60))
        #expect(start < start.advanced(by: .milliseconds(1)))
        #expect(Duration.milliseconds(1500).milliseconds == 1500)
        #expect(Duration.milliseconds(-1500).milliseconds == -1500)
    }
}
