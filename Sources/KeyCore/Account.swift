/// The languages of the account.
package enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case russian = "ru"
}

/// A company: the people, roles and keys that belong together.
package struct Company: Identified, Hashable, Sendable {
    package static let idPrefix = "com"

    package let id: ID<Company>
    package let name: String
    package let createdAt: Timestamp

    package init(id: ID<Company>, name: String, createdAt: Timestamp) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
    }
}

/// A named set of rights within a company.
package struct Role: Identified, Hashable, Sendable {
    package static let idPrefix = "rol"
    /// How many a company may have: bounds the list, the choice and the workbook.
    package static let maximumCount = 500

    package let id: ID<Role>
    package let company: ID<Company>
    package var name: String
    /// The platform's template that it was made from, whatever became of it since.
    package let template: String?
    package var permissions: PermissionSet

    package init(id: ID<Role>, company: ID<Company>, name: String, template: String?, permissions: PermissionSet) {
        self.id = id
        self.company = company
        self.name = name
        self.template = template
        self.permissions = permissions
    }

    package var isAdministrator: Bool { template == Platform.administratorRole }

    package var foldedName: String { PlainText.folded(name) }
}

/// A role and how many people have it.
package struct RoleUse: Hashable, Sendable {
    package let role: Role
    package let users: Int

    package init(role: Role, users: Int) {
        self.role = role
        self.users = users
    }
}

/// A person with a personal account.
package struct User: Identified, Hashable, Sendable {
    package static let idPrefix = "usr"

    package let id: ID<User>
    package let company: ID<Company>
    package var role: ID<Role>
    package var name: String
    package let email: EmailAddress
    package var language: Language
    package var timeZone: UserTimeZone
    package let createdAt: Timestamp
    package var blockedAt: Timestamp?

    package init(
        id: ID<User>, company: ID<Company>, role: ID<Role>, name: String, email: EmailAddress, language: Language,
        timeZone: UserTimeZone, createdAt: Timestamp, blockedAt: Timestamp? = nil
    ) {
        self.id = id
        self.company = company
        self.role = role
        self.name = name
        self.email = email
        self.language = language
        self.timeZone = timeZone
        self.createdAt = createdAt
        self.blockedAt = blockedAt
    }
}

/// A user with all that decides what they may do.
package struct Account: Hashable, Sendable {
    package var user: User
    package let company: Company
    package let role: Role

    package init(user: User, company: Company, role: Role) {
        self.user = user
        self.company = company
        self.role = role
    }

    package var permissions: PermissionSet { role.permissions }
}
