import Foundation
import KeyCore

extension Language {
    /// The language of ours that `Accept-Language` (RFC 9110, section 12.5.4) likes best; English where it names none.
    package init(acceptLanguage header: String?) {
        let ranges = (header ?? "").split(separator: ",").prefix(20).compactMap { Language.range(String($0)) }
        self = ranges.filter { $0.quality > 0 }.max { $0.quality < $1.quality }?.language ?? .english
    }

    private static func range(_ text: String) -> (language: Language, quality: Double)? {
        let parts = text.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        guard let tag = parts.first, let primary = tag.split(separator: "-").first,
            let language = Language(rawValue: primary.lowercased())
        else { return nil }
        let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
        return (language, quality)
    }
}
