import KeyCore

/// The beginning of a `WWW-Authenticate` header (RFC 6750, section 3): the scheme and whose keys are wanted.
package struct BearerChallenge: Sendable {
    package let text: String

    package init(_ platform: Platform) {
        let name = BearerChallenge.quotable(platform.name)
        text = "Bearer realm=\"\(name.isEmpty ? platform.keyPrefix : name)\""
    }

    /// As it may stand between quotes in a header (RFC 9110, section 5.6.4). Other scripts have no agreed form there.
    private static func quotable(_ name: String) -> String {
        var quoted = ""
        for scalar in name.unicodeScalars where (0x20...0x7E).contains(scalar.value) {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted.filter { $0 != " " }.isEmpty ? "" : quoted
    }
}
