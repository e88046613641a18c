import Foundation
import KeyCore
import Yams

/// Reads a platform from YAML and notes every mistake, so that all of them can be told at once.
///
/// What is wrong is noted and passed over: where there are mistakes, what comes out is of no use.
struct PlatformFileReader {
    /// Where the file lies: what it names lies beside it.
    let folder: URL
    private(set) var mistakes: [PlatformFileMistake] = []
    /// The actions of each section that the file names, those too that cannot be.
    var declared: [String: [Action]] = [:]

    init(folder: URL) {
        self.folder = folder
    }

    mutating func platform(_ root: YAMLNode) -> Platform? {
        guard
            let members = members(
                of: root, as: "a platform file", known: ["platform", "sections", "roles", "routes", "otherwise"])
        else { return nil }
        let heading = required("platform", in: members, of: root).flatMap { self.heading($0) }
        let sections = required("sections", in: members, of: root).map { self.sections($0) } ?? []
        var platform = Platform(
            name: heading?.name ?? "", keyPrefix: heading?.keyPrefix ?? "", accent: heading?.accent ?? .standard,
            sections: sections)
        platform.logo = heading?.logo
        platform.discussions = heading?.discussions ?? .signedIn
        for role in roles(members["roles"], of: platform) { platform.add(role) }
        let otherwise = members["otherwise"].flatMap { self.otherwise($0) } ?? .requireKey
        platform.routes = RouteTable(otherwise: otherwise)
        if let routes = members["routes"] { add(routes, to: &platform) }
        return platform
    }

    private struct Heading {
        let name: String
        let keyPrefix: String
        let accent: Platform.Accent
        let logo: Platform.Logo?
        let discussions: Discussions.Audience?
    }

    private mutating func heading(_ node: YAMLNode) -> Heading? {
        let known = ["name", "key_prefix", "accent", "logo", "discussions"]
        guard let members = members(of: node, as: "“platform”", known: known) else { return nil }
        let name = required("name", in: members, of: node).flatMap { self.line($0, "name") }
        let keyPrefix = required("key_prefix", in: members, of: node).flatMap { self.keyPrefix($0) }
        let accent = members["accent"].flatMap { self.accent($0) }
        let logo = members["logo"].flatMap { self.logo($0) }
        let discussions = members["discussions"].flatMap { self.discussions($0) }
        guard let name, let keyPrefix else { return nil }
        return Heading(
            name: name, keyPrefix: keyPrefix, accent: accent ?? .standard, logo: logo, discussions: discussions)
    }

    private mutating func keyPrefix(_ node: YAMLNode) -> String? {
        guard let text = text(node, "key_prefix") else { return nil }
        if Platform.isKeyPrefix(text) { return text }
        note(
            "“key_prefix” must be 2 to 8 lower-case letters or digits, such as sp, not \(Self.quoted(text)).", at: node)
        return nil
    }

    private mutating func accent(_ node: YAMLNode) -> Platform.Accent? {
        guard node.isNothing || node.scalar == nil else {
            if let accent = Platform.Accent(node.scalar?.string ?? "") { return accent }
            note("“accent” must be a colour such as \"#2f6fed\", not \(Self.quoted(node)).", at: node)
            return nil
        }
        note("“accent” must be a colour in quotes, such as \"#2f6fed\": without them “#” begins a comment.", at: node)
        return nil
    }

    private mutating func logo(_ node: YAMLNode) -> Platform.Logo? {
        guard let path = text(node, "logo") else { return nil }
        do {
            let drawing = try PlatformFile.text(at: URL(filePath: path, relativeTo: folder).absoluteURL.path)
            if let logo = Platform.Logo(file: path, drawing: drawing) { return logo }
            note(
                "“logo” must be the path of a drawing in SVG alone, of at most \(Platform.Logo.maximumSize >> 10) KiB: "
                    + "no scripts, no entities, nothing from elsewhere.", at: node)
        } catch let mistake as PlatformFileMistake {
            note("“logo” \(Self.quoted(path)): \(mistake.text)", at: node)
        } catch {
            note("“logo” \(Self.quoted(path)) cannot be read: \(error)", at: node)
        }
        return nil
    }

    private mutating func discussions(_ node: YAMLNode) -> Discussions.Audience? {
        guard let text = text(node, "discussions") else { return nil }
        if let audience = Discussions.Audience(rawValue: text) { return audience }
        note("“discussions” must be signed-in, company, public or off, not \(Self.quoted(text)).", at: node)
        return nil
    }

    private mutating func otherwise(_ node: YAMLNode) -> RouteTable.Otherwise? {
        guard let text = text(node, "otherwise") else { return nil }
        if let otherwise = RouteTable.Otherwise(rawValue: text) { return otherwise }
        note("“otherwise” must be require-key or refuse, not \(Self.quoted(text)).", at: node)
        return nil
    }
}

/// The pieces that every part is read with.
extension PlatformFileReader {
    mutating func note(_ text: String, at node: YAMLNode) {
        mistakes.append(PlatformFileMistake(text, line: node.mark?.line))
    }

    /// The members of a mapping by their names; unknown ones are noted.
    mutating func members(of node: YAMLNode, as what: String, known: [String]) -> [String: YAMLNode]? {
        guard let mapping = node.mapping else {
            note("\(what) must hold members: \(Self.enumerated(known)).", at: node)
            return nil
        }
        var members: [String: YAMLNode] = [:]
        for (key, value) in mapping {
            if let name = key.scalar?.string, known.contains(name) {
                // A value that is not there has the place of whatever comes next.
                members[name] = value.isNothing ? .scalar(.init("", .implicit, .plain, key.mark)) : value
            } else {
                note("there is no member \(Self.quoted(key)) here; \(Self.hint(key, known))", at: key)
            }
        }
        return members
    }

    mutating func required(_ name: String, in members: [String: YAMLNode], of node: YAMLNode) -> YAMLNode? {
        if let member = members[name] { return member }
        note("the member “\(name)” is missing here. Add it.", at: node)
        return nil
    }

    mutating func list(_ node: YAMLNode, _ what: String) -> [YAMLNode]? {
        if let sequence = node.sequence { return Array(sequence) }
        note("“\(what)” must be a list.", at: node)
        return nil
    }

    mutating func text(_ node: YAMLNode, _ what: String) -> String? {
        if let scalar = node.scalar, !node.isNothing { return scalar.string }
        note("“\(what)” must be a text\(node.isNothing ? ", and nothing is there" : "").", at: node)
        return nil
    }

    /// A name of 1 to 100 characters on one line.
    mutating func line(_ node: YAMLNode, _ what: String) -> String? {
        guard let text = text(node, what) else { return nil }
        do {
            return try PersonalText.line(text, field: what)
        } catch {
            note(
                "“\(what)” must be 1 to \(PersonalText.maximumLength) characters on one line, not "
                    + "\(Self.quoted(text)).", at: node)
            return nil
        }
    }

    /// A name in each language, or one for both.
    mutating func name(_ node: YAMLNode) -> Platform.Name? {
        if node.scalar != nil { return line(node, "name").map { Platform.Name($0, $0) } }
        guard node.mapping != nil else {
            note("“name” must be a text, or {en: …, ru: …}.", at: node)
            return nil
        }
        guard let members = members(of: node, as: "“name”", known: Language.allCases.map(\.rawValue)) else {
            return nil
        }
        let english = required("en", in: members, of: node).flatMap { self.line($0, "en") }
        let russian = required("ru", in: members, of: node).flatMap { self.line($0, "ru") }
        guard let english, let russian else { return nil }
        return Platform.Name(english, russian)
    }

    /// An id of a section or of a role. One that cannot be is noted, and given all the same: what refers to it is
    /// no further mistake.
    mutating func id(_ node: YAMLNode) -> String? {
        guard let text = text(node, "id") else { return nil }
        let first = text.utf8.first.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } ?? false
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
        if !first || !isPlain || text.utf8.count > PlatformFileReader.maximumIDLength {
            note(
                "“id” must be a lower-case letter and then letters, digits or “-”, at most "
                    + "\(PlatformFileReader.maximumIDLength) in all, not \(Self.quoted(text)).", at: node)
        }
        return text
    }

    /// So that the names of all rights fit into one header of a gateway.
    static let maximumIDLength = 32
}

extension YAMLNode {
    /// Whether a member has been given no value.
    var isNothing: Bool {
        guard let scalar else { return false }
        return scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }
}
