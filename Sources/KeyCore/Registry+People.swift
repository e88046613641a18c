/// A colleague as they were asked for.
package struct PersonForm: Sendable {
    package var name: String
    package var email: String
    package var password: String
    package var role: ID<Role>

    package init(name: String, email: String, password: String, role: ID<Role>) {
        self.name = name
        self.email = email
        self.password = password
        self.role = role
    }
}

/// What is to change about a colleague; what is `nil` stays.
package struct PersonChange: Sendable {
    package var name: String?
    package var role: ID<Role>?
    package var isBlocked: Bool?

    package init(name: String? = nil, role: ID<Role>? = nil, isBlocked: Bool? = nil) {
        self.name = name
        self.role = role
        self.isBlocked = isBlocked
    }
}

extension Registry {
    /// Everybody of the caller's company, by name.
    package func people(by caller: Caller) async throws(Refusal) -> [Account] {
        try caller.require(platform.right(.users, .read))
        let company = caller.account.company.id
        return try await read { transaction throws(StoreError) in try transaction.accounts(of: company) }
    }

    /// A page of the caller's company, by name.
    ///
    /// - Throws: `missing_permission` without `users:read`.
    package func people(_ query: PersonQuery, by caller: Caller) async throws(Refusal) -> PersonPage {
        try caller.require(platform.right(.users, .read))
        var query = query
        query.company = caller.account.company.id
        return try await read { [query] transaction throws(StoreError) in try transaction.people(query) }
    }

    /// One colleague, with their keys in numbers.
    ///
    /// - Throws: `missing_permission` without `users:read`; `not_found`.
    package func person(
        _ id: ID<User>, by caller: Caller
    ) async throws(Refusal) -> (account: Account, keys: KeySummary) {
        try caller.require(platform.right(.users, .read))
        return try await read { transaction throws(StoreError) in
            guard let account = try transaction.account(id), account.company.id == caller.account.company.id else {
                throw .refused(.notFound)
            }
            return (account, try transaction.keySummary(of: id, now: caller.occasion.at))
        }
    }

    /// The roles that people of the caller's company can have, by name, for those who look after people.
    ///
    /// - Throws: `missing_permission` without `users:read`.
    package func rolesOfPeople(by caller: Caller) async throws(Refusal) -> [Role] {
        try caller.require(platform.right(.users, .read))
        let company = caller.account.company.id
        return try await read { transaction throws(StoreError) in try transaction.roles(of: company).map(\.role) }
    }

    /// Adds a colleague.
    ///
    /// - Throws: field refusals; `email_taken`; `role_unknown`; `permission_not_held` for a role with rights that the
    ///   caller lacks.
    package func addPerson(_ form: PersonForm, by caller: Caller) async throws(Refusal) -> Account {
        let right = platform.right(.users, .create)
        try caller.require(right)
        var checks = FieldChecks()
        let name = checks.check { () throws(Refusal) in try PersonalText.line(form.name, field: "name") }
        let email = checks.check { () throws(Refusal) in try EmailAddress(form.email) }
        let password = Password(form.password)
        _ = checks.check { () throws(Refusal) in try passwords.check(password, email: email) }
        try checks.finish()
        guard let name, let email else { preconditionFailure("Each field was checked or its fault was thrown.") }
        let prober = [Registry.prober(caller)]
        try requirePatience(prober, at: caller.occasion.at)

        let hash = try await hasher.hash(password)
        let own = caller.account
        let user = User(
            id: .random(), company: own.company.id, role: form.role, name: name, email: email,
            language: own.user.language, timeZone: own.user.timeZone, createdAt: caller.occasion.at)
        do throws(Refusal) {
            let (role, revision) = try await write(by: caller, needing: right) {
                transaction, caller throws(StoreError) in
                let role = try Registry.assignableRole(form.role, by: caller, in: transaction)
                try transaction.insert(user, passwordHash: hash)
                try transaction.append(
                    AuditEvent(.userAdded, user.id, by: caller, after: "\(email.text), \(role.name)"))
                return (role, try transaction.note([.user(user.id)]))
            }
            _ = await propagation.settle(revision)
            return Account(user: user, company: own.company, role: role)
        } catch {
            if error.code == .emailTaken { try countTaken(prober, at: caller.occasion.at) }
            throw error
        }
    }

    /// Changes a colleague's name or role, blocks or unblocks them. Once it returns, no node honours what it took.
    ///
    /// - Throws: `not_found`, `role_unknown`, `last_administrator`, `permission_not_held`.
    package func changePerson(
        _ id: ID<User>, _ change: PersonChange, by caller: Caller
    ) async throws(Refusal) -> (account: Account, settlement: Settlement) {
        let right = platform.right(.users, .update)
        try caller.require(right)
        let name = try change.name.map { (name) throws(Refusal) in try PersonalText.line(name, field: "name") }
        let (account, revision) = try await write(by: caller, needing: right) {
            transaction, caller throws(StoreError) in
            let before = try Registry.colleague(id, of: caller, in: transaction)
            let role = try change.role.map { (role) throws(StoreError) in
                try Registry.assignableRole(role, by: caller, in: transaction)
            }
            var user = before.user
            user.name = name ?? user.name
            user.role = role?.id ?? user.role
            if let isBlocked = change.isBlocked {
                user.blockedAt = isBlocked ? user.blockedAt ?? caller.occasion.at : nil
            }
            let after = Account(user: user, company: before.company, role: role ?? before.role)
            try transaction.update(user)
            try Registry.requireAdministrator(in: before.company, transaction)
            if user.blockedAt != nil { try transaction.deleteSessions(of: id) }
            try transaction.append(Registry.events(from: before, to: after, by: caller))
            return (after, try transaction.note([.user(id)]))
        }
        return (account, await propagation.settle(revision))
    }

    /// Removes a colleague: their sessions and keys end, and their e-mail address is free again.
    ///
    /// - Throws: `not_found`, `last_administrator`, `permission_not_held`.
    package func removePerson(_ id: ID<User>, by caller: Caller) async throws(Refusal) -> Settlement {
        let right = platform.right(.users, .delete)
        try caller.require(right)
        let revision = try await write(by: caller, needing: right) { transaction, caller throws(StoreError) in
            let account = try Registry.colleague(id, of: caller, in: transaction)
            let keys = try transaction.deleteAllKeys(of: id, at: caller.occasion.at)
            try Registry.recordDeletion(of: keys, by: caller, in: transaction)
            try transaction.deleteSessions(of: id)
            try transaction.removeUser(id, at: caller.occasion.at)
            try Registry.requireAdministrator(in: account.company, transaction)
            try transaction.append(
                AuditEvent(.userRemoved, id, by: caller, before: "\(account.user.email.text), \(account.role.name)"))
            return try transaction.note([.user(id), .keysOfUser(id)])
        }
        return await propagation.settle(revision)
    }
}

extension Registry {
    /// A company that tries taken addresses, by adding or inviting people.
    static func prober(_ caller: Caller) -> LoginThrottle.Subject {
        .adding(caller.account.company.id)
    }

    /// Somebody of the caller's company whose rights the caller holds too: nobody blocks those above them.
    private static func colleague(
        _ id: ID<User>, of caller: Caller, in transaction: any ReadTransaction
    ) throws(StoreError) -> Account {
        guard let account = try transaction.account(id), account.company.id == caller.account.company.id else {
            throw .refused(.notFound)
        }
        try refusing { () throws(Refusal) in try caller.requireHolding(account.permissions) }
        return account
    }

    static func assignableRole(
        _ id: ID<Role>, by caller: Caller, in transaction: any ReadTransaction
    ) throws(StoreError) -> Role {
        guard let role = try transaction.role(id), role.company == caller.account.company.id else {
            throw .refused(.field("role_id", .roleUnknown))
        }
        try refusing { () throws(Refusal) in try caller.requireHolding(role.permissions) }
        return role
    }

    /// Checked after the change and within it: two Administrators who demote each other at once cannot both succeed.
    private static func requireAdministrator(
        in company: Company, _ transaction: any ReadTransaction
    ) throws(StoreError) {
        guard try transaction.activeAdministrators(of: company.id) > 0 else {
            throw .refused(Refusal(.conflict, .lastAdministrator))
        }
    }

    private static func events(from before: Account, to after: Account, by caller: Caller) -> [AuditEvent] {
        var events: [AuditEvent] = []
        let id = before.user.id
        if (before.user.blockedAt == nil) != (after.user.blockedAt == nil) {
            events.append(AuditEvent(after.user.blockedAt == nil ? .userUnblocked : .userBlocked, id, by: caller))
        }
        if before.role != after.role {
            events.append(
                AuditEvent(.userChanged, id, by: caller, before: before.role.name, after: after.role.name))
        }
        if before.user.name != after.user.name {
            events.append(
                AuditEvent(.userChanged, id, by: caller, before: before.user.name, after: after.user.name))
        }
        return events
    }
}
