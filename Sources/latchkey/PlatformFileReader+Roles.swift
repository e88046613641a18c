import KeyCore
import Yams

extension PlatformFileReader {
    /// The roles that a company starts with; Administrator alone where the file names none.
    mutating func roles(_ node: YAMLNode?, of platform: Platform) -> [Platform.RoleTemplate] {
        guard let node else { return [Platform.administrator(of: platform)] }
        guard let entries = list(node, "roles") else { return [] }
        var roles: [Platform.RoleTemplate] = []
        for entry in entries {
            guard let role = role(entry, of: platform) else { continue }
            noteRepeats(of: role, among: roles, at: entry)
            roles.append(role)
        }
        if !roles.contains(where: { $0.id == Platform.administratorRole }) {
            note(
                "among the roles must be one with “id: administrator” and “permissions: all”: every company keeps "
                    + "somebody with that role.", at: node)
        }
        return roles
    }

    private mutating func noteRepeats(
        of role: Platform.RoleTemplate, among roles: [Platform.RoleTemplate], at node: YAMLNode
    ) {
        if roles.contains(where: { $0.id == role.id }) {
            note("the role \(Self.quoted(role.id)) stands here a second time. Each id is used once.", at: node)
        } else if roles.contains(where: { $0.foldedName == role.foldedName }) {
            note("another role has the name \(Self.quoted(role.name.english)) already. Choose another.", at: node)
        }
    }

    private mutating func role(_ node: YAMLNode, of platform: Platform) -> Platform.RoleTemplate? {
        guard let members = members(of: node, as: "a role", known: ["id", "name", "permissions"]) else { return nil }
        let id = required("id", in: members, of: node).flatMap { self.id($0) }
        let name = required("name", in: members, of: node).flatMap { self.name($0) }
        let permissions = required("permissions", in: members, of: node).map { self.permissions($0, of: platform) }
        guard let id else { return nil }
        if id == Platform.administratorRole, let node = members["permissions"], node.scalar?.string != "all" {
            note("the role “administrator” has every right. Write “permissions: all”.", at: node)
        }
        return Platform.RoleTemplate(
            id: id, name: name ?? Platform.Name(id, id), permissions: permissions ?? PermissionSet())
    }

    private mutating func permissions(_ node: YAMLNode, of platform: Platform) -> PermissionSet {
        if node.scalar?.string == "all" { return platform.allPermissions }
        guard let entries = node.sequence else {
            note("“permissions” must be “all”, or a list such as [devices:read, \"*:read\"].", at: node)
            return PermissionSet()
        }
        var found: [Permission] = []
        for entry in entries {
            guard let text = text(entry, "permissions") else { continue }
            found += rights(text, at: entry, of: platform)
        }
        return PermissionSet(found)
    }

    /// The rights of `devices:read`, `*:read`, `devices:*` or `*:*`.
    private mutating func rights(_ text: String, at node: YAMLNode, of platform: Platform) -> [Permission] {
        guard let parts = parts(of: text, at: node) else { return [] }
        let sections = parts.section == "*" ? platform.sections.map(\.id) : [parts.section]
        let actions = parts.action == "*" ? Action.allCases.map(\.rawValue) : [parts.action]
        return sections.flatMap { section in
            actions.compactMap { platform.permission("\(section):\($0)") }
        }
    }

    /// The one right of `devices:read`.
    mutating func right(_ text: String, at node: YAMLNode, of platform: Platform) -> Permission? {
        guard !text.contains("*") else {
            note("a route asks for one right, such as devices:read, or for none, not \(Self.quoted(text)).", at: node)
            return nil
        }
        return parts(of: text, at: node) == nil ? nil : platform.permission(text)
    }

    /// Section and action of a right, if there are such.
    private mutating func parts(of text: String, at node: YAMLNode) -> (section: String, action: String)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            note("a right is written section:action, such as devices:read, not \(Self.quoted(text)).", at: node)
            return nil
        }
        let (section, action) = (parts[0], parts[1])
        guard section == "*" || declared[section] != nil else {
            note("there is no section \(Self.quoted(section)); \(Self.hint(section, declared.keys.sorted()))", at: node)
            return nil
        }
        guard action == "*" || Action(rawValue: action) != nil else {
            let known = Action.allCases.map(\.rawValue)
            note("there is no action \(Self.quoted(action)); \(Self.hint(action, known))", at: node)
            return nil
        }
        if let actions = declared[section], action != "*", !actions.map(\.rawValue).contains(action) {
            let known = Self.enumerated(actions.map(\.rawValue))
            note("the section “\(section)” has no action “\(action)”; it has: \(known).", at: node)
            return nil
        }
        return (section, action)
    }
}

extension Platform {
    /// The role that every company keeps, under the name that it has where a file names none.
    fileprivate static func administrator(of platform: Platform) -> RoleTemplate {
        let name = smartPlayer.roles.first { $0.id == administratorRole }?.name
        return RoleTemplate(
            id: administratorRole, name: name ?? Name(administratorRole, administratorRole),
            permissions: platform.allPermissions)
    }
}
