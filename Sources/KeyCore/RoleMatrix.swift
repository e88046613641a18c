/// The roles of a company by the platform's sections and actions, as people read them.
package struct RoleMatrix: Sendable {
    /// What stands where a role, a section and an action meet.
    package enum Cell: Hashable, Sendable {
        case available, unavailable
        /// The section has no such action.
        case none
    }

    package let platform: Platform
    package let company: String
    package let roles: [Role]

    package init(platform: Platform, company: String, roles: [Role]) {
        self.platform = platform
        self.company = company
        self.roles = roles
    }

    package func cell(_ role: Role, _ section: Platform.Section, _ action: Action) -> Cell {
        guard let permission = platform.permission(in: section, action) else { return .none }
        return role.permissions.contains(permission) ? .available : .unavailable
    }
}

extension Platform {
    /// The right to do something in a section; `nil` where the section has no such action.
    package func permission(in section: Section, _ action: Action) -> Permission? {
        permission(section.id + ":" + action.rawValue)
    }

    /// A role's name in both languages: the platform's own names for a role of its own that nobody has renamed.
    package func roleName(_ role: Role) -> Name {
        let template = roles.first { $0.id == role.template && $0.name.english == role.name }
        return template?.name ?? Name(role.name, role.name)
    }

    /// Changes whenever the name or the rights of a role do: what a form was made from, so that it never overwrites
    /// what it has not shown.
    package func version(of role: Role) -> String {
        let content = role.name + "\n" + names(of: role.permissions).joined(separator: " ")
        return Digest(of: Array(content.utf8)).bytes.prefix(8).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}
