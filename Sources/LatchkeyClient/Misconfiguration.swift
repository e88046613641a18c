import Foundation
import KeyCore

/// What is wrong with the settings of a client: found at the start, not at the first request.
public enum Misconfiguration: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not an address that Latchkey can answer at. What was given is left out: it may hold a password.
    case address
    /// Not the prefix of a platform's keys: 2 to 8 lower-case letters or digits.
    case keyPrefix(String)

    /// What is wrong and what is expected, in a sentence.
    public var description: String {
        switch self {
        case .address:
            "The address of Latchkey must be http:// or https:// with a host, and without user, query and fragment."
        case .keyPrefix(let prefix):
            "“\(prefix)” cannot be a key's prefix: it has 2 to 8 lower-case letters or digits."
        }
    }
}

extension LatchkeyClient {
    /// The address without a slash at its end.
    static func checked(address: String) throws(Misconfiguration) -> String {
        guard let parts = URLComponents(string: address), ["http", "https"].contains(parts.scheme),
            let host = parts.host, !host.isEmpty, parts.user == nil, parts.query == nil, parts.fragment == nil
        else { throw .address }
        return String(address.reversed().drop { $0 == "/" }.reversed())
    }

    static func checked(keyPrefix: String) throws(Misconfiguration) -> String {
        guard Platform.isKeyPrefix(keyPrefix) else { throw .keyPrefix(keyPrefix) }
        return keyPrefix
    }
}
