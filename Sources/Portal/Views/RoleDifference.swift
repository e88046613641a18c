import KeyCore

/// A role as the log holds it: "Operator: devices:read devices:update".
struct RoleInWords {
    let name: String
    /// The rights by the platform's names for them, of which the platform may have lost some since.
    let rights: [String]

    init(_ text: String) {
        // A name may hold a colon; a right never holds a space.
        guard let colon = text.ranges(of: ": ").last else {
            name = text
            rights = []
            return
        }
        name = String(text[..<colon.lowerBound])
        rights = text[colon.upperBound...].split(separator: " ").map(String.init)
    }
}

/// What a change made of a role: which rights came, and which went.
struct RoleDifference {
    let reader: Reader
    let platform: Platform
    private let old: RoleInWords?
    private let new: RoleInWords?

    init(reader: Reader, platform: Platform, before: String?, after: String?) {
        self.reader = reader
        self.platform = platform
        old = before.map(RoleInWords.init)
        new = after.map(RoleInWords.init)
    }

    private var words: Phrases.Audit { reader.phrases.audit }

    var html: HTML {
        let (before, after) = (Set(old?.rights ?? []), Set(new?.rights ?? []))
        let lines = [
            renamed, line("added", "+", words.added, after.subtracting(before)),
            line("taken", "−", words.taken, before.subtracting(after)),
        ].compactMap(\.self)
        return lines.isEmpty ? "" : "<ul class=\"difference\">\(lines)</ul>"
    }

    private var renamed: HTML? {
        guard let old, let new, old.name != new.name else { return nil }
        return """
            <li><bdi>\(name(of: old))</bdi> <span aria-hidden="true">→</span>\
            <span class="unseen">\(words.becomes)</span> <bdi>\(name(of: new))</bdi></li>
            """
    }

    private func name(of role: RoleInWords) -> String {
        platform.roleName(called: role.name).text(reader.language)
    }

    private func line(_ style: HTML, _ sign: String, _ meaning: String, _ rights: Set<String>) -> HTML? {
        if rights.isEmpty { return nil }
        return """
            <li class="\(style)"><span aria-hidden="true">\(sign)</span>\
            <span class="unseen">\(meaning)</span> \(described(rights))</li>
            """
    }

    /// In the reader's words; rights that the platform no longer knows by their own names.
    private func described(_ rights: Set<String>) -> String {
        let known = PermissionSet(rights.compactMap { platform.permission($0) })
        let lost = rights.filter { platform.permission($0) == nil }.sorted()
        let inWords = known.isEmpty ? [] : [RightsInWords(reader: reader, platform: platform).names(known)]
        return (inWords + lost).joined(separator: "; ")
    }
}
