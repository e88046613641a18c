import KeyCore
import Yams

extension PlatformFileReader {
    /// The file's sections, and those of ours that it does not name.
    mutating func sections(_ node: YAMLNode) -> [Platform.Section] {
        guard let entries = list(node, "sections") else { return Platform.ownSections }
        if entries.isEmpty {
            note("“sections” names none. What can be done on the platform? Name one section at least.", at: node)
        }
        var sections: [Platform.Section] = []
        for entry in entries {
            if let section = section(entry) { sections.append(section) }
        }
        sections += Platform.ownSections.filter { declared[$0.id] == nil }
        for section in sections { declared[section.id] = section.actions }
        let maximum = PermissionSet.maximumSections
        if sections.count > maximum {
            let own = Self.enumerated(Platform.ownSections.map(\.id))
            note(
                "a platform has at most \(maximum) sections, Latchkey's own (\(own)) among them; these are "
                    + "\(sections.count).", at: node)
        }
        return Array(sections.prefix(maximum))
    }

    private mutating func section(_ node: YAMLNode) -> Platform.Section? {
        guard let members = members(of: node, as: "a section", known: ["id", "name", "actions"]) else { return nil }
        let id = required("id", in: members, of: node).flatMap { self.id($0) }
        let name = required("name", in: members, of: node).flatMap { self.name($0) }
        let actions = members["actions"].map { self.actions($0) } ?? Action.allCases
        guard let id else { return nil }
        guard declared.updateValue(actions, forKey: id) == nil else {
            note("the section \(Self.quoted(id)) stands here a second time. Each id is used once.", at: node)
            return nil
        }
        if Platform.OwnSection(rawValue: id) != nil, Set(actions) != Set(Action.allCases) {
            note(
                "the section “\(id)” is one of Latchkey's own and needs all actions. Leave “actions” out.",
                at: members["actions"] ?? node)
        }
        return name.map { Platform.Section(id: id, name: $0, actions: actions) }
    }

    private mutating func actions(_ node: YAMLNode) -> [Action] {
        guard let entries = list(node, "actions") else { return Action.allCases }
        var actions: [Action] = []
        for entry in entries {
            guard let text = text(entry, "actions") else { continue }
            let known = Action.allCases.map(\.rawValue)
            guard let action = Action(rawValue: text) else {
                note("there is no action \(Self.quoted(text)); \(Self.hint(text, known))", at: entry)
                continue
            }
            if actions.contains(action) {
                note("the action “\(text)” stands here a second time. Name each once.", at: entry)
            } else {
                actions.append(action)
            }
        }
        if entries.isEmpty {
            note("“actions” names none. Leave it out for all four: create, read, update, delete.", at: node)
        }
        // What asks for one of a section without any is no further mistake.
        return actions.isEmpty ? Action.allCases : actions
    }
}

extension Platform {
    /// The sections that our own pages ask for rights in, under the names that they have where a file names none.
    static let ownSections = OwnSection.allCases.compactMap { own in
        smartPlayer.sections.first { $0.id == own.rawValue }
    }
}
