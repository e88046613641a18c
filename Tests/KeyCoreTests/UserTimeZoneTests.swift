import Foundation
import KeyCore
import Testing

struct UserTimeZoneTests {
    @Test(arguments: [
        "UTC", "Europe/Moscow", "America/Argentina/Buenos_Aires", "Asia/Kathmandu", "Pacific/Kiritimati",
        "Asia/Calcutta", "Asia/Kolkata", "Europe/Kiev", "Europe/Kyiv", "Etc/GMT+5",
    ])
    func zoneThatABrowserNamesIsKnown(_ name: String) throws {
        #expect(try UserTimeZone(name).identifier == name)
    }

    @Test(arguments: [
        "", "MSK", "EST", "Moscow", "Europe/Atlantis", "GMT+3", "+03:00", "/", "../../etc/passwd", "/etc/localtime",
        "Europe/Moscow\u{0}", "Europe/" + String(repeating: "x", count: 100), " Europe/Moscow",
    ])
    func nameOfNoPlaceIsRefused(_ name: String) {
        let refusal = refusal { () throws(Refusal) in try UserTimeZone(name) }
        #expect(refusal == .field("time_zone", .timeZoneUnknown))
    }

    @Test func zoneThatWasLostIsUTC() {
        #expect(UserTimeZone(stored: "Europe/Atlantis").timeZone == .gmt)
    }
}
