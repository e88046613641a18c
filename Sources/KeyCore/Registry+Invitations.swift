/// Who is invited, and to be what.
package struct InvitationForm: Sendable {
    package var email: String
    package var role: ID<Role>

    package init(email: String, role: ID<Role>) {
        self.email = email
        self.role = role
    }
}

/// A new invitation and, this once, the link that accepts it.
package struct Invited: Sendable {
    package let invitation: OpenInvitation
    package let link: String
    package let delivery: Delivery
}

extension Registry {
    /// Invites somebody into the caller's company. An earlier invitation of the same address stops working.
    ///
    /// - Parameter link: makes the address that the invited open.
    /// - Throws: `email_invalid`, `email_taken`; `role_unknown`; `permission_not_held` for a role with rights that the
    ///   caller lacks; `too_many_invitations`; `too_many_attempts`; `registration_closed`.
    package func invite(
        _ form: InvitationForm, by caller: Caller, link: @Sendable (InvitationToken) -> String
    ) async throws(Refusal) -> Invited {
        let right = platform.right(.users, .create)
        try caller.require(right)
        guard registration != .closed else { throw Refusal(.forbidden, .registrationClosed) }
        let email = try EmailAddress(form.email)
        try requireCalm(inviting: email, by: caller)
        let token = InvitationToken.generate()
        do throws(Refusal) {
            let invitation = try await write(by: caller, needing: right) { transaction, caller throws(StoreError) in
                let role = try Registry.assignableRole(form.role, by: caller, in: transaction)
                return try Registry.write(email, role, token.digest, by: caller, to: transaction)
            }
            recordFailure([Registry.addressee(email)], at: caller.occasion.at)
            let delivery = await deliver(invitation, link(token), by: caller)
            return Invited(invitation: invitation, link: link(token), delivery: delivery)
        } catch {
            if error.code == .emailTaken { try countTaken([Registry.prober(caller)], at: caller.occasion.at) }
            throw error
        }
    }

    /// The company's invitations that nobody has used yet, the newest first; those that stopped counting included.
    ///
    /// - Throws: `missing_permission` without `users:read`.
    package func invitations(by caller: Caller) async throws(Refusal) -> [OpenInvitation] {
        try caller.require(platform.right(.users, .read))
        let company = caller.account.company.id
        return try await read { transaction throws(StoreError) in try transaction.openInvitations(of: company) }
    }

    /// One of them.
    ///
    /// - Throws: `missing_permission`; `not_found`.
    package func invitation(
        _ id: ID<Invitation>, by caller: Caller
    ) async throws(Refusal) -> OpenInvitation {
        try caller.require(platform.right(.users, .read))
        return try await read { transaction throws(StoreError) in
            try Registry.ownInvitation(id, of: caller, in: transaction)
        }
    }

    /// Takes an invitation back: its link stops working.
    ///
    /// - Throws: `missing_permission` without `users:create`; `not_found`; `permission_not_held` for one to a role with
    ///   rights that the caller lacks.
    package func withdrawInvitation(_ id: ID<Invitation>, by caller: Caller) async throws(Refusal) {
        let right = platform.right(.users, .create)
        try caller.require(right)
        try await write(by: caller, needing: right) { transaction, caller throws(StoreError) in
            let found = try Registry.ownInvitation(id, of: caller, in: transaction)
            try Registry.withdraw(found, by: caller, in: transaction)
        }
    }
}

extension Registry {
    /// Counts what is tried with taken addresses, as adding people does; and how often one address is written to,
    /// so that nobody can fill a stranger's mailbox with invitations.
    private func requireCalm(inviting email: EmailAddress, by caller: Caller) throws(Refusal) {
        try requirePatience([Registry.prober(caller), Registry.addressee(email)], at: caller.occasion.at)
    }

    private static func addressee(_ email: EmailAddress) -> LoginThrottle.Subject {
        .invited(email.folded)
    }

    private static func write(
        _ email: EmailAddress, _ role: Role, _ digest: Digest, by caller: Caller, to transaction: any WriteTransaction
    ) throws(StoreError) -> OpenInvitation {
        if try transaction.credential(of: email) != nil { throw .duplicate(.email) }
        let company = caller.account.company
        let others = try transaction.openInvitations(of: company.id)
        if let earlier = others.first(where: { $0.invitation.email.folded == email.folded }) {
            try withdraw(earlier, by: caller, in: transaction)
        } else if others.count >= Invitation.maximumOpen {
            throw .refused(Refusal(.conflict, .tooManyInvitations))
        }
        try requireRoomToday(for: caller, in: transaction)
        let invitation = Invitation(email, to: role, by: caller)
        let open = OpenInvitation(
            invitation: invitation, company: company, role: role, inviter: caller.account,
            key: try invitation.key.flatMap { (id) throws(StoreError) in try transaction.key(id) })
        try transaction.insert(invitation, digest: digest)
        try transaction.append(AuditEvent(.userInvited, invitation.id, by: caller, after: open.described))
        return open
    }

    /// Nobody undoes what those above them have promised.
    private static func withdraw(
        _ open: OpenInvitation, by caller: Caller, in transaction: any WriteTransaction
    ) throws(StoreError) {
        try refusing { () throws(Refusal) in try caller.requireHolding(open.role.permissions) }
        try end(open, by: caller, in: transaction)
    }

    /// Whether somebody may still come and have a role. Invitations to it that count no more end here.
    static func isPromised(
        _ role: Role, on platform: Platform, by caller: Caller, in transaction: any WriteTransaction
    ) throws(StoreError) -> Bool {
        var isPromised = false
        for open in try transaction.openInvitations(of: role.company) where open.role.id == role.id {
            let isTaken = try transaction.credential(of: open.invitation.email) != nil
            if open.status(on: platform, at: caller.occasion.at) == .pending, !isTaken {
                isPromised = true
            } else {
                try end(open, by: caller, in: transaction)
            }
        }
        return isPromised
    }

    private static func end(
        _ open: OpenInvitation, by caller: Caller, in transaction: any WriteTransaction
    ) throws(StoreError) {
        try transaction.deleteInvitation(open.invitation.id)
        try transaction.append(
            AuditEvent(.invitationWithdrawn, open.invitation.id, by: caller, before: open.described))
    }

    private static func requireRoomToday(
        for caller: Caller, in transaction: any ReadTransaction
    ) throws(StoreError) {
        var today = AuditQuery(
            company: caller.account.company.id, actions: [.userInvited], limit: Invitation.maximumADay)
        today.since = caller.occasion.at.advanced(by: .zero - .days(1))
        guard try transaction.auditEntries(today).count < Invitation.maximumADay else {
            throw .refused(Refusal(.conflict, .tooManyInvitations))
        }
    }

    private static func ownInvitation(
        _ id: ID<Invitation>, of caller: Caller, in transaction: any ReadTransaction
    ) throws(StoreError) -> OpenInvitation {
        let own = try transaction.openInvitations(of: caller.account.company.id)
        guard let found = own.first(where: { $0.invitation.id == id }) else { throw .refused(.notFound) }
        return found
    }

    private func deliver(_ open: OpenInvitation, _ link: String, by caller: Caller) async -> Delivery {
        guard let mailer else { return .off }
        let inviter = caller.account.user
        let notice = InvitationNotice(
            to: open.invitation.email, inviter: inviter.name, company: open.company.name, platform: platform.name,
            link: link, language: inviter.language, sentAt: caller.occasion.at,
            days: Int(Invitation.lifetime / .days(1)))
        return await mailer.send(notice)
    }
}

extension OpenInvitation {
    /// As the audit log tells it: "boris@example.com, Viewer".
    var described: String { "\(invitation.email.text), \(role.name)" }
}
