/// A role as it was asked for.
package struct RoleForm: Sendable {
    package var name: String?
    package var permissions: PermissionSet?
    /// The `Platform.version` of the role that the form was made from; `nil` to change the role whatever it is now.
    package var version: String?

    package init(name: String? = nil, permissions: PermissionSet? = nil, version: String? = nil) {
        self.name = name
        self.permissions = permissions
        self.version = version
    }

    func checkedName() throws(Refusal) -> String? {
        try name.map { (name) throws(Refusal) in try PersonalText.line(name, field: "name") }
    }

    /// The role as the form wants it.
    ///
    /// - Throws: `role_changed` where the role is no longer the one that the form was made from;
    ///   `permission_not_held` for a right that it adds and the caller lacks. What was there already may stay.
    func applied(
        to role: Role, name: String?, by caller: Caller, _ platform: Platform
    ) throws(StoreError) -> Role {
        if let version, version != platform.version(of: role) {
            throw .refused(Refusal(.conflict, .roleChanged))
        }
        var changed = role
        changed.name = name ?? role.name
        changed.permissions = permissions ?? role.permissions
        guard changed.permissions.isSubset(of: caller.permissions.union(role.permissions)) else {
            throw .refused(Refusal(.forbidden, .permissionNotHeld))
        }
        return changed
    }
}

extension Registry {
    /// The company's roles, by name.
    package func roles(by caller: Caller) async throws(Refusal) -> [RoleUse] {
        try caller.require(platform.right(.roles, .read))
        let company = caller.account.company.id
        return try await read { transaction throws(StoreError) in try transaction.roles(of: company) }
    }

    /// Adds a role.
    ///
    /// - Throws: `name_empty`, `name_too_long`, `name_taken`; `permission_not_held`.
    package func addRole(_ form: RoleForm, by caller: Caller) async throws(Refusal) -> Role {
        let right = platform.right(.roles, .create)
        try caller.require(right)
        let permissions = form.permissions ?? PermissionSet()
        try caller.requireHolding(permissions)
        let role = Role(
            id: .random(), company: caller.account.company.id,
            name: try PersonalText.line(form.name ?? "", field: "name"), template: nil, permissions: permissions)
        try await write(by: caller, needing: right) { [platform] transaction, caller throws(StoreError) in
            try refusing { () throws(Refusal) in try caller.requireHolding(permissions) }
            guard try transaction.roles(of: role.company).count < Role.maximumCount else {
                throw .refused(Refusal(.conflict, .tooManyRoles))
            }
            try transaction.insert(role)
            try transaction.append(AuditEvent(.roleAdded, role.id, by: caller, after: role.described(platform)))
        }
        return role
    }

    /// Changes a role's name or rights. What it takes away is taken from every key of everybody who has the role
    /// before this returns.
    ///
    /// - Throws: `not_found`, `role_built_in` for the Administrator, `name_taken`, `permission_not_held`,
    ///   `role_changed`.
    package func changeRole(
        _ id: ID<Role>, _ form: RoleForm, by caller: Caller
    ) async throws(Refusal) -> (role: Role, settlement: Settlement) {
        let right = platform.right(.roles, .update)
        try caller.require(right)
        let name = try form.checkedName()
        let (role, revision) = try await write(by: caller, needing: right) {
            [platform] transaction, caller throws(StoreError) in
            let before = try Registry.editableRole(id, by: caller, in: transaction)
            let after = try form.applied(to: before, name: name, by: caller, platform)
            try transaction.update(after)
            try transaction.append(
                AuditEvent(
                    .roleChanged, id, by: caller, before: before.described(platform), after: after.described(platform)))
            return (after, try transaction.note([.role(id)]))
        }
        return (role, await propagation.settle(revision))
    }

    /// Deletes a role that nobody has, and that no invitation promises.
    ///
    /// - Throws: `not_found`, `role_built_in`, `role_in_use`.
    package func deleteRole(_ id: ID<Role>, by caller: Caller) async throws(Refusal) {
        let right = platform.right(.roles, .delete)
        try caller.require(right)
        try await write(by: caller, needing: right) { [platform] transaction, caller throws(StoreError) in
            let role = try Registry.editableRole(id, by: caller, in: transaction)
            let uses = try transaction.roles(of: role.company).first { $0.role.id == id }?.users ?? 0
            let isPromised = try Registry.isPromised(role, on: platform, by: caller, in: transaction)
            guard uses == 0, !isPromised else { throw .refused(Refusal(.conflict, .roleInUse)) }
            try transaction.deleteRole(id)
            try transaction.append(AuditEvent(.roleDeleted, id, by: caller, before: role.described(platform)))
        }
    }

    static func role(
        _ id: ID<Role>, of caller: Caller, in transaction: any ReadTransaction
    ) throws(StoreError) -> Role {
        guard let role = try transaction.role(id), role.company == caller.account.company.id else {
            throw .refused(.notFound)
        }
        return role
    }

    static func editableRole(
        _ id: ID<Role>, by caller: Caller, in transaction: any ReadTransaction
    ) throws(StoreError) -> Role {
        let role = try role(id, of: caller, in: transaction)
        guard !role.isAdministrator else { throw .refused(Refusal(.conflict, .roleBuiltIn)) }
        return role
    }
}

extension Role {
    /// As the audit log tells it: "Operator: devices:read devices:update".
    fileprivate func described(_ platform: Platform) -> String {
        "\(name): \(platform.names(of: permissions).joined(separator: " "))"
    }
}
