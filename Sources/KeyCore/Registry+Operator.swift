/// What the operator does at the command line, with the rights of the machine and in nobody's name.
extension Registry {
    /// Makes a company with its first user, its Administrator, whatever `registration` says.
    package func addAccount(_ form: RegistrationForm, on occasion: Occasion) async throws(Refusal) -> Account {
        let checked = try check(form)
        let hash = try await hasher.hash(checked.password)
        let founding = Founding(checked, platform: platform, at: occasion.at)
        let revision = try await write { transaction throws(StoreError) in
            try founding.write(to: transaction, passwordHash: hash, actor: nil, on: occasion)
        }
        _ = await propagation.settle(revision)
        return founding.account
    }

    /// Everybody, by name.
    package func accounts() async throws(Refusal) -> [Account] {
        try await read { transaction throws(StoreError) in try transaction.accounts(of: nil) }
    }

    /// The operator in a user's place.
    ///
    /// - Throws: `not_found`.
    package func commandLine(for email: String, on occasion: Occasion) async throws(Refusal) -> Caller {
        let email = EmailAddress(stored: PlainText.cleaned(email))
        let credential = try await read { transaction throws(StoreError) in try transaction.credential(of: email) }
        guard let credential else { throw .notFound }
        return Caller(account: credential.account, means: .commandLine, occasion: occasion)
    }

    /// The operator in the place of a key's owner.
    ///
    /// - Throws: `not_found`.
    package func commandLine(owning key: ID<Key>, on occasion: Occasion) async throws(Refusal) -> Caller {
        let account = try await read { transaction throws(StoreError) in
            try transaction.key(key).flatMap { (key) throws(StoreError) in try transaction.account(key.owner) }
        }
        guard let account else { throw .notFound }
        return Caller(account: account, means: .commandLine, occasion: occasion)
    }

    /// Blocks a user: their sessions end, and no node accepts a key of theirs once this returns. The operator may
    /// block a company's last Administrator too: they have the machine.
    package func block(_ caller: Caller) async throws(Refusal) -> Settlement {
        let revision = try await write(by: caller) { transaction, caller throws(StoreError) in
            var user = caller.account.user
            user.blockedAt = user.blockedAt ?? caller.occasion.at
            try transaction.update(user)
            try transaction.deleteSessions(of: user.id)
            try transaction.append(AuditEvent(.userBlocked, user.id, by: caller))
            return try transaction.note([.user(user.id)])
        }
        return await propagation.settle(revision)
    }

    /// Lets a blocked user back in.
    package func unblock(_ caller: Caller) async throws(Refusal) {
        let revision = try await write(by: caller) { transaction, caller throws(StoreError) in
            var user = caller.account.user
            user.blockedAt = nil
            try transaction.update(user)
            try transaction.append(AuditEvent(.userUnblocked, user.id, by: caller))
            return try transaction.note([.user(user.id)])
        }
        _ = await propagation.settle(revision)
    }

    /// Sets a new password for somebody who has lost theirs. Their sessions end.
    package func resetPassword(to new: String, by caller: Caller) async throws(Refusal) {
        let user = caller.account.user
        let new = Password(new)
        try passwords.check(new, email: user.email)
        let hash = try await hasher.hash(new)
        try await write { transaction throws(StoreError) in
            try transaction.setPasswordHash(hash, of: user.id)
            try transaction.deleteSessions(of: user.id)
            try transaction.append(AuditEvent(.passwordChanged, user.id, by: caller))
        }
    }

    /// Decides about a key from the store itself, without an index.
    package func decide(
        _ secret: Secret, _ requirement: Requirement = .validKey, at now: Timestamp
    ) async throws(Refusal) -> Decision {
        try await read { transaction throws(StoreError) in
            let grant = try transaction.grant(secret.digest)
            let owner = try grant.flatMap { (grant) throws(StoreError) in try transaction.owner(grant.owner) }
            return KeyCore.decide(grant: grant, owner: owner, requirement, now: now)
        }
    }
}
