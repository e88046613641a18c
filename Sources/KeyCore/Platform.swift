/// What differs from one platform to the next: its name, its keys' prefix, its sections and its first roles.
package struct Platform: Sendable {
    /// A name in each language.
    package struct Name: Hashable, Sendable {
        package let english: String
        package let russian: String

        package init(_ english: String, _ russian: String) {
            self.english = english
            self.russian = russian
        }

        package func text(_ language: Language) -> String {
            switch language {
            case .english: english
            case .russian: russian
            }
        }
    }

    package struct Section: Sendable {
        package let id: String
        package let name: Name
        package let actions: [Action]

        package init(id: String, name: Name, actions: [Action]) {
            self.id = id
            self.name = name
            self.actions = actions
        }
    }

    /// A role that every new company starts with.
    package struct RoleTemplate: Sendable {
        package let id: String
        package let name: Name
        package let permissions: PermissionSet

        package init(id: String, name: Name, permissions: PermissionSet) {
            self.id = id
            self.name = name
            self.permissions = permissions
        }

        /// The form in which a company's role names are compared: each is used once.
        package var foldedName: String { PlainText.folded(name.english) }
    }

    package let name: String
    package let keyPrefix: String
    package let accent: Accent
    package var logo: Logo?
    package let sections: [Section]
    package private(set) var roles: [RoleTemplate] = []
    /// Who reads and writes the discussions.
    package var discussions = Discussions.Audience.signedIn
    /// What requests need that gateways ask about.
    package var routes = RouteTable()
    /// Every right there is, in the order of the sections.
    package let permissions: [Permission]
    private let permissionsByName: NameTable<Permission>
    private let namesByPermission: [Permission: String]

    /// - Parameter sections: at most 32, each with an id of its own; among them all of `OwnSection`.
    package init(name: String, keyPrefix: String, accent: Accent = .standard, sections: [Section]) {
        precondition(sections.count <= PermissionSet.maximumSections, "A platform has at most 32 sections.")
        self.name = name
        self.keyPrefix = keyPrefix
        self.accent = accent
        self.sections = sections
        var names: [(String, Permission)] = []
        for (index, section) in sections.enumerated() {
            for action in Action.allCases where section.actions.contains(action) {
                names.append((section.id + ":" + action.rawValue, Permission(section: index, action: action)))
            }
        }
        permissions = names.map(\.1)
        var permissionsByName = NameTable<Permission>()
        for (name, permission) in names { permissionsByName[Array(name.utf8)] = permission }
        self.permissionsByName = permissionsByName
        namesByPermission = Dictionary(uniqueKeysWithValues: names.map { ($1, $0) })
    }

    /// Whether keys can begin with it: 2 to 8 lower-case letters or digits.
    package static func isKeyPrefix(_ text: String) -> Bool {
        (2...8).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            }
    }

    package mutating func add(_ role: RoleTemplate) {
        roles.append(role)
    }

    package var allPermissions: PermissionSet { PermissionSet(permissions) }

    /// The right of a name such as `devices:read`, if the platform has it.
    package func permission(_ name: some StringProtocol) -> Permission? {
        permissionsByName[Array(name.utf8)]
    }

    /// The same for a name that stands in the bytes of a request.
    package func permission(_ name: Span<UInt8>) -> Permission? {
        permissionsByName[name]
    }

    /// The right to do something in a section; `nil` where the section has no such action.
    package func permission(in section: Section, _ action: Action) -> Permission? {
        permission(section.id + ":" + action.rawValue)
    }

    package func name(of permission: Permission) -> String {
        namesByPermission[permission] ?? ""
    }

    /// The names of a set's rights, in the order of the sections.
    package func names(of set: PermissionSet) -> [String] {
        permissions.filter(set.contains).map(name(of:))
    }

    /// Reads names such as `devices:read`.
    ///
    /// - Throws: `permission_unknown` for the field `permissions`.
    package func set(named names: [String]) throws(Refusal) -> PermissionSet {
        var found: [Permission] = []
        for name in names {
            guard let permission = permission(name) else { throw .field("permissions", .permissionUnknown) }
            found.append(permission)
        }
        return PermissionSet(found)
    }
}

extension Platform {
    /// How a set is written in the store: names, which outlive a reordered platform file.
    package func stored(_ set: PermissionSet) -> String {
        names(of: set).joined(separator: " ")
    }

    /// How a role's rights are written: as names, but for the Administrator's `*`, which will hold the rights of
    /// sections that are still to come.
    package func stored(_ role: Role) -> String {
        role.isAdministrator ? "*" : stored(role.permissions)
    }

    /// Reads `stored`. Rights that the platform no longer has count for nothing.
    package func set(stored text: String) -> PermissionSet {
        text == "*" ? allPermissions : PermissionSet(text.split(separator: " ").compactMap { permission($0) })
    }
}
