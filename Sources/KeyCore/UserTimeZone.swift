import Foundation

/// A time zone of the IANA database, by the name that a browser gives (`Europe/Moscow`, `UTC`).
package struct UserTimeZone: Hashable, Sendable {
    package static let utc = UserTimeZone(stored: "UTC")

    package let identifier: String

    /// - Throws: `time_zone_unknown` for the field `time_zone`: also for abbreviations such as `MSK`,
    ///   which name no place and so no rules.
    package init(_ identifier: String) throws(Refusal) {
        let isName = identifier == "UTC" || identifier.contains("/")
        guard isName, identifier.utf8.count <= 64, identifier.utf8.allSatisfy(UserTimeZone.isNameCharacter),
            TimeZone(identifier: identifier) != nil
        else {
            throw .field("time_zone", .timeZoneUnknown)
        }
        self.identifier = identifier
    }

    /// What names of the database are made of. Foundation itself reads a name up to its first NUL.
    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        Base62.isDigit(byte) || "/_+-".utf8.contains(byte)
    }

    package init(stored identifier: String) {
        self.identifier = identifier
    }

    /// The rules; UTC where the machine's time zone data has lost the name.
    package var timeZone: TimeZone { TimeZone(identifier: identifier) ?? .gmt }
}
