import Foundation
import HTTPTypes

extension HTTPFields {
    /// Whether the client takes gzip (RFC 9110, section 12.5.3): by its name or by `*`, and not with a weight of 0.
    package var acceptsGZip: Bool {
        let codings = (self[.acceptEncoding] ?? "").split(separator: ",").prefix(20).map { Coding(String($0)) }
        let named = codings.first { $0.name == "gzip" || $0.name == "x-gzip" } ?? codings.first { $0.name == "*" }
        return named.map { $0.weight > 0 } ?? false
    }
}

/// One member of `Accept-Encoding`.
private struct Coding {
    let name: String
    let weight: Double

    init(_ text: String) {
        let parts = text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
        name = parts.first ?? ""
        weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
    }
}
