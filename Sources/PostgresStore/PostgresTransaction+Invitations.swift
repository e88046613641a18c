import KeyCore

extension PostgresTransaction {
    func invitation(_ digest: Digest) throws(StoreError) -> FoundInvitation? {
        guard let row = try row("\(PostgresTransaction.invitations) WHERE digest = \(digest)") else { return nil }
        return row.momentIfAny("used_at") == nil ? .open(try openInvitation(row)) : .used
    }

    func openInvitations(of company: ID<Company>) throws(StoreError) -> [OpenInvitation] {
        let rows = try rows(
            """
            \(PostgresTransaction.invitations) WHERE invitations.company_id = \(company) AND used_at IS NULL
            ORDER BY invitations.created_at DESC, invitations.id
            """)
        var found: [OpenInvitation] = []
        for row in rows { found.append(try openInvitation(row)) }
        return found
    }

    func insert(_ invitation: Invitation, digest: Digest) throws(StoreError) {
        try execute(
            """
            INSERT INTO invitations (id, company_id, role_id, email, email_folded, digest, invited_by,
                invited_with, created_at, expires_at)
            VALUES (\(invitation.id), \(invitation.company), \(invitation.role), \(invitation.email.text),
                \(invitation.email.folded), \(digest), \(invitation.inviter), \(invitation.key),
                \(invitation.createdAt), \(invitation.expiresAt))
            """)
    }

    /// The role is forgotten, so that it can be deleted when nobody has it any more.
    func markUsed(_ invitation: ID<Invitation>, at now: Timestamp) throws(StoreError) {
        try execute("UPDATE invitations SET used_at = \(now), role_id = NULL WHERE id = \(invitation)")
    }

    func deleteInvitation(_ id: ID<Invitation>) throws(StoreError) {
        try execute("DELETE FROM invitations WHERE id = \(id)")
    }

    /// A used one has no role any more.
    private static let invitations: SQL = """
        SELECT invitations.*, companies.name AS company_name, companies.created_at AS company_created_at,
            roles.name AS role_name, roles.template, roles.permissions
        FROM invitations
        JOIN companies ON companies.id = invitations.company_id
        LEFT JOIN roles ON roles.id = invitations.role_id
        """

    private func openInvitation(_ row: Row) throws(StoreError) -> OpenInvitation {
        let company = Company(
            id: row.id("company_id"), name: row["company_name"], createdAt: row.moment("company_created_at"))
        let role = Role(
            id: row.id("role_id"), company: company.id, name: row["role_name"], template: row["template"],
            permissions: platform.set(stored: row["permissions"]))
        let invitation = Invitation(
            id: row.id("id"), company: company.id, role: role.id, email: EmailAddress(stored: row["email"]),
            inviter: row.id("invited_by"), key: (row["invited_with"] as Int64?).map(ID.init(rawValue:)),
            createdAt: row.moment("created_at"), expiresAt: row.moment("expires_at"))
        return OpenInvitation(
            invitation: invitation, company: company, role: role, inviter: try account(invitation.inviter),
            key: try invitation.key.flatMap { (id) throws(StoreError) in try key(id) })
    }
}
