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
