import HTTPTypes
import KeyCore

extension HTTPField.Name {
    package static let apiKey = HTTPField.Name("X-API-Key")!
}

/// The key that a request presents: in `Authorization: Bearer KEY`, else in `X-API-Key: KEY`, never in the URL.
package enum PresentedKey: Sendable {
    case none
    /// Something is there, and it is no key: wrong shape or checksum, or two of them.
    case malformed
    case key(Secret)

    package init(_ headers: HTTPFields, prefix: String) {
        let bearers = headers[values: .authorization].compactMap(PresentedKey.bearerToken)
        let candidates = bearers.isEmpty ? headers[values: .apiKey].map { $0[...] } : bearers
        switch candidates.count {
        case 0: self = .none
        case 1: self = Secret.parse(candidates[0].utf8, prefix: prefix).map(PresentedKey.key) ?? .malformed
        default: self = .malformed
        }
    }

    /// The token after the scheme's name, which is read in any letter case (RFC 9110, section 11.1); `nil` for
    /// other schemes.
    private static func bearerToken(_ value: String) -> Substring? {
        let scheme = value.prefix { $0 != " " }
        guard scheme.lowercased() == "bearer" else { return nil }
        return value.dropFirst(scheme.count).drop { $0 == " " }
    }
}
