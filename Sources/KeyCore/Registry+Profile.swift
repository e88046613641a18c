extension Registry {
    /// Sets a new password. Every session of the user ends, and a new one begins for the browser that asked.
    ///
    /// - Throws: `password_wrong` for the field `current_password`; the policy's refusals for `new_password`.
    package func changePassword(
        from current: String, to new: String, by caller: Caller
    ) async throws(Refusal) -> SessionToken {
        let user = caller.account.user
        let new = Password(new)
        try passwords.check(new, email: user.email, field: "new_password")
        let subjects = [LoginThrottle.Subject.account(user.email.folded)]
        try requirePatience(subjects, at: caller.occasion.at)
        let credential = try await read { transaction throws(StoreError) in try transaction.credential(of: user.id) }
        guard let credential else { throw .notSignedIn }
        let old = credential.passwordHash
        guard try await check(Password(current), against: old, subjects, at: caller.occasion.at) else {
            throw .field("current_password", .passwordWrong)
        }
        let hash = try await hasher.hash(new)
        let token = SessionToken.generate()
        try await write(by: caller) { transaction, caller throws(StoreError) in
            guard try transaction.credential(of: user.id)?.passwordHash == old else {
                throw .refused(.field("current_password", .passwordWrong))
            }
            try transaction.setPasswordHash(hash, of: user.id)
            try transaction.deleteSessions(of: user.id)
            try transaction.insert(Session(new: token, user: user.id, on: caller.occasion))
            try transaction.append(AuditEvent(.passwordChanged, user.id, by: caller))
        }
        return token
    }

    /// - Throws: `name_empty`, `name_too_long`.
    package func changeName(to name: String, by caller: Caller) async throws(Refusal) {
        let name = try PersonalText.line(name, field: "name")
        let revision = try await write(by: caller) { transaction, caller throws(StoreError) in
            var user = caller.account.user
            let event = AuditEvent(.profileChanged, user.id, by: caller, before: user.name, after: name)
            user.name = name
            try transaction.update(user)
            try transaction.append(event)
            return try transaction.note([.user(user.id)])
        }
        _ = await propagation.settle(revision)
    }

    /// - Throws: `time_zone_unknown`.
    package func changePreferences(
        language: Language, timeZone: String, by caller: Caller
    ) async throws(Refusal) {
        let timeZone = try UserTimeZone(timeZone)
        try await write(by: caller) { transaction, caller throws(StoreError) in
            var user = caller.account.user
            user.language = language
            user.timeZone = timeZone
            try transaction.update(user)
            try transaction.append(
                AuditEvent(
                    .profileChanged, user.id, by: caller, after: "\(language.rawValue) \(timeZone.identifier)"))
        }
    }
}
