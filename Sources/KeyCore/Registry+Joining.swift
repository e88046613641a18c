/// What the invited fill in to join.
package struct JoiningForm: Sendable {
    package var name: String
    package var password: String
    package var timeZone: String?
    package var language: Language

    package init(name: String, password: String, timeZone: String? = nil, language: Language) {
        self.name = name
        self.password = password
        self.timeZone = timeZone
        self.language = language
    }
}

/// A joining whose fields are right.
private struct CheckedJoining {
    let name: String
    let password: Password
    let timeZone: UserTimeZone
    let language: Language
}

extension Registry {
    /// What a link invites to.
    ///
    /// - Throws: `invitation_unknown`, also for one that was withdrawn or whose inviter may not give its role any
    ///   more; `invitation_used`; `invitation_expired`; `email_taken`; `registration_closed`.
    package func invitation(
        with token: InvitationToken, at now: Timestamp
    ) async throws(Refusal) -> OpenInvitation {
        guard registration != .closed else { throw Refusal(.forbidden, .registrationClosed) }
        return try await read { [platform] transaction throws(StoreError) in
            try Registry.acceptable(token.digest, on: platform, at: now, in: transaction)
        }
    }

    /// Makes the account that a link invites to, and logs its user in. Of two who try at once, one joins.
    ///
    /// - Parameter previous: the session that the browser had, which ends.
    /// - Throws: as `invitation`; field refusals for `name`, `password` and `time_zone`.
    package func join(
        with token: InvitationToken, _ form: JoiningForm, replacing previous: SessionToken? = nil,
        on occasion: Occasion
    ) async throws(Refusal) -> SignIn {
        // Before the password is hashed: only who holds a link may make us work.
        let email = try await invitation(with: token, at: occasion.at).invitation.email
        let checked = try check(form, email: email)
        let hash = try await hasher.hash(checked.password)
        let session = SessionToken.generate()
        let (account, revision) = try await write { [platform] transaction throws(StoreError) in
            let open = try Registry.acceptable(token.digest, on: platform, at: occasion.at, in: transaction)
            let user = User(
                id: .random(), company: open.company.id, role: open.role.id, name: checked.name,
                email: open.invitation.email, language: checked.language, timeZone: checked.timeZone,
                createdAt: occasion.at)
            try transaction.insert(user, passwordHash: hash)
            try transaction.markUsed(open.invitation.id, at: occasion.at)
            if let previous { try transaction.deleteSession(previous.digest) }
            try transaction.insert(Session(new: session, user: user.id, on: occasion))
            try transaction.append(
                AuditEvent(
                    .userJoined, on: occasion, company: open.company.id, actor: user.id,
                    target: user.id.description, after: "\(open.described), \(open.invitation.id)"))
            let account = Account(user: user, company: open.company, role: open.role)
            return (account, try transaction.note([.user(user.id)]))
        }
        _ = await propagation.settle(revision)
        return SignIn(token: session, account: account)
    }

    private func check(_ form: JoiningForm, email: EmailAddress) throws(Refusal) -> CheckedJoining {
        var checks = FieldChecks()
        let name = checks.check { () throws(Refusal) in try PersonalText.line(form.name, field: "name") }
        let password = Password(form.password)
        _ = checks.check { () throws(Refusal) in try passwords.check(password, email: email) }
        let timeZone = checks.check { () throws(Refusal) in
            try form.timeZone.map { (name) throws(Refusal) in try UserTimeZone(name) } ?? .utc
        }
        try checks.finish()
        guard let name, let timeZone else { preconditionFailure("Each field was checked or its fault was thrown.") }
        return CheckedJoining(name: name, password: password, timeZone: timeZone, language: form.language)
    }

    /// The invitation of a link, if it can be accepted at this moment.
    private static func acceptable(
        _ digest: Digest, on platform: Platform, at now: Timestamp, in transaction: any ReadTransaction
    ) throws(StoreError) -> OpenInvitation {
        switch try transaction.invitation(digest) {
        case nil: throw .refused(.invitationUnknown)
        case .used: throw .refused(Refusal(.conflict, .invitationUsed))
        case .open(let open):
            switch open.status(on: platform, at: now) {
            case .void: throw .refused(.invitationUnknown)
            case .expired: throw .refused(Refusal(.conflict, .invitationExpired))
            case .pending:
                if try transaction.credential(of: open.invitation.email) != nil { throw .duplicate(.email) }
                return open
            }
        }
    }
}

extension Refusal {
    package static let invitationUnknown = Refusal(.notFound, .invitationUnknown)
}
