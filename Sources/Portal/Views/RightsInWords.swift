import KeyCore

/// A set of rights as a person would say it: "Devices: everything; Content: read and create".
struct RightsInWords {
    /// How many sections stand in a line before the rest is folded away.
    static let shown = 2

    /// One section of the platform and what may be done there.
    struct Entry: Hashable {
        let section: String
        let actions: String
    }

    let reader: Reader
    let platform: Platform

    private var words: Phrases.Rights { reader.phrases.rights }

    /// The whole set on one line.
    func text(_ set: PermissionSet) -> String {
        summary(set) ?? entries(set).map(\.text).joined(separator: "; ")
    }

    /// The set in a line, with all but the first sections folded away.
    func html(_ set: PermissionSet) -> HTML {
        if let summary = summary(set) { return "<span class=\"rights\">\(summary)</span>" }
        let entries = entries(set)
        // Folding a single section away would save nothing.
        let count = entries.count > RightsInWords.shown + 1 ? RightsInWords.shown : entries.count
        let first = entries.prefix(count).map(\.text).joined(separator: "; ")
        let rest = entries.dropFirst(count)
        guard !rest.isEmpty else { return "<span class=\"rights\">\(first)</span>" }
        let items = rest.map { entry -> HTML in "<li>\(entry.text)</li>" }
        return """
            <div class="rights"><span>\(first)</span>
            <details><summary>\(words.moreSections(rest.count))</summary><ul>\(items)</ul></details></div>
            """
    }

    /// Section by section, in the platform's order; sections without any right are left out.
    func entries(_ set: PermissionSet) -> [Entry] {
        platform.sections.compactMap { section in
            let held = held(in: section, of: set)
            guard !held.isEmpty else { return nil }
            let isWhole = held.count == section.actions.count
            return Entry(section: name(of: section), actions: isWhole ? words.allActions : joined(held))
        }
    }

    /// Each right by its own name, even where they make a whole section: for what was taken or given.
    func names(_ set: PermissionSet) -> String {
        let parts = platform.sections.compactMap { section -> String? in
            let held = held(in: section, of: set)
            return held.isEmpty ? nil : Entry(section: name(of: section), actions: joined(held)).text
        }
        return parts.joined(separator: "; ")
    }

    /// One right: "Devices: delete".
    func name(_ permission: Permission) -> String { names(PermissionSet([permission])) }

    /// A right by its stored name; the name itself where the platform has it no more.
    func name(_ stored: String) -> String {
        platform.permission(stored).map { name($0) } ?? stored
    }

    func name(of section: Platform.Section) -> String { section.name.text(reader.language) }

    /// What needs no list of sections.
    private func summary(_ set: PermissionSet) -> String? {
        if set.isEmpty { return words.nothing }
        if set == platform.allPermissions { return words.everything }
        return set == platform.readPermissions ? words.onlyReading : nil
    }

    private func held(in section: Platform.Section, of set: PermissionSet) -> [Action] {
        RightsInWords.order.filter { action in
            platform.permission(in: section, action).map(set.contains) ?? false
        }
    }

    /// Reading first: it is what most rights begin with.
    private static let order: [Action] = [.read, .create, .update, .delete]

    private func joined(_ actions: [Action]) -> String {
        let names = actions.map(words.action)
        guard let last = names.last, names.count > 1 else { return names.joined() }
        return words.and(names.dropLast().joined(separator: ", "), last)
    }
}

extension RightsInWords.Entry {
    var text: String { section + ": " + actions }
}

extension Platform {
    /// Reading in every section.
    var readPermissions: PermissionSet {
        PermissionSet(sections.compactMap { permission(in: $0, .read) })
    }
}
