import GRDB
import KeyCore

extension SQLiteTransaction {
    func account(_ id: ID<User>) throws(StoreError) -> Account? {
        try row("\(SQLiteTransaction.accounts) WHERE users.id = \(id) AND removed_at IS NULL").map(account)
    }

    func credential(of email: EmailAddress) throws(StoreError) -> Credential? {
        try row("\(SQLiteTransaction.accounts) WHERE email_folded = \(email.folded) AND removed_at IS NULL")
            .map(credential)
    }

    func credential(of user: ID<User>) throws(StoreError) -> Credential? {
        try row("\(SQLiteTransaction.accounts) WHERE users.id = \(user) AND removed_at IS NULL").map(credential)
    }

    func accounts(of company: ID<Company>?) throws(StoreError) -> [Account] {
        let filter: SQL = company.map { "AND users.company_id = \($0)" } ?? ""
        return try rows(
            "\(SQLiteTransaction.accounts) WHERE removed_at IS NULL \(filter) ORDER BY users.name, users.id"
        ).map(account)
    }

    func owners(_ ids: [ID<User>]) throws(StoreError) -> [Owner] {
        try rows("\(SQLiteTransaction.accounts) WHERE users.id IN \(SQL.list(ids))").map(owner)
    }

    func owners(with roles: [ID<Role>]) throws(StoreError) -> [Owner] {
        try rows("\(SQLiteTransaction.accounts) WHERE users.role_id IN \(SQL.list(roles))").map(owner)
    }

    func forEachOwner(_ body: (Owner) -> Void) throws(StoreError) {
        try forEachRow(SQLiteTransaction.accounts) { body(owner($0)) }
    }

    static let accounts: SQL = """
        SELECT users.*, companies.name AS company_name, companies.created_at AS company_created_at,
            roles.name AS role_name, roles.template, roles.permissions
        FROM users
        JOIN companies ON companies.id = users.company_id
        JOIN roles ON roles.id = users.role_id
        """

    func account(_ row: Row) -> Account {
        let user = User(
            id: row.id("id"), company: row.id("company_id"), role: row.id("role_id"), name: row["name"],
            email: EmailAddress(stored: row["email"]), language: Language(rawValue: row["language"]) ?? .english,
            timeZone: UserTimeZone(stored: row["time_zone"]), createdAt: row.moment("created_at"),
            blockedAt: row.momentIfAny("blocked_at"))
        let company = Company(
            id: user.company, name: row["company_name"], createdAt: row.moment("company_created_at"))
        let role = Role(
            id: user.role, company: user.company, name: row["role_name"], template: row["template"],
            permissions: platform.set(stored: row["permissions"]))
        return Account(user: user, company: company, role: role)
    }

    /// Somebody who was removed owns their keys still, and may do nothing.
    private func owner(_ row: Row) -> Owner {
        let account = account(row)
        return Owner(
            user: account.user.id, name: account.user.name, company: account.company.id,
            companyName: account.company.name, role: account.role.name, permissions: account.permissions,
            isBlocked: account.user.blockedAt != nil || row.momentIfAny("removed_at") != nil)
    }

    private func credential(_ row: Row) -> Credential {
        Credential(account: account(row), passwordHash: row["password_hash"])
    }
}

extension SQLiteTransaction {
    func insert(_ company: Company) throws(StoreError) {
        try execute(
            """
            INSERT INTO companies (id, name, created_at)
            VALUES (\(company.id), \(company.name), \(company.createdAt))
            """)
    }

    func insert(_ user: User, passwordHash: String) throws(StoreError) {
        try execute(
            """
            INSERT INTO users (id, company_id, role_id, name, email, email_folded, password_hash, language, time_zone,
                created_at, blocked_at)
            VALUES (\(user.id), \(user.company), \(user.role), \(user.name), \(user.email.text), \(user.email.folded),
                \(passwordHash), \(user.language.rawValue), \(user.timeZone.identifier), \(user.createdAt),
                \(user.blockedAt))
            """)
    }

    func update(_ user: User) throws(StoreError) {
        try execute(
            """
            UPDATE users
            SET name = \(user.name), role_id = \(user.role), language = \(user.language.rawValue),
                time_zone = \(user.timeZone.identifier), blocked_at = \(user.blockedAt)
            WHERE id = \(user.id)
            """)
    }

    func removeUser(_ id: ID<User>, at now: Timestamp) throws(StoreError) {
        try execute("UPDATE users SET removed_at = \(now) WHERE id = \(id) AND removed_at IS NULL")
    }

    func setPasswordHash(_ hash: String, of user: ID<User>) throws(StoreError) {
        try execute("UPDATE users SET password_hash = \(hash) WHERE id = \(user)")
    }
}
