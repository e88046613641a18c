/// Who and what depends on a role, as the store has it at a moment.
package struct RoleReach: Hashable, Sendable {
    /// How many names are told.
    package static let namesShown = 10

    /// Live keys that were given the same rights: confirmed, not expired, and of people who are not blocked.
    package struct LiveKeys: Hashable, Sendable {
        /// `nil` for all of their owner's rights.
        package let subset: PermissionSet?
        package let count: Int

        package init(subset: PermissionSet?, count: Int) {
            self.subset = subset
            self.count = count
        }
    }

    package let people: Int
    /// The first of them by name.
    package let names: [String]
    package let liveKeys: [LiveKeys]

    package init(people: Int, names: [String], liveKeys: [LiveKeys]) {
        self.people = people
        self.names = names
        self.liveKeys = liveKeys
    }

    /// How many live keys have any of these rights from the role.
    package func keys(with permissions: PermissionSet) -> Int {
        liveKeys.filter { !($0.subset.map(permissions.intersection) ?? permissions).isEmpty }.map(\.count).reduce(0, +)
    }

    package var keys: Int { liveKeys.map(\.count).reduce(0, +) }
}

/// A role with the number of those who have it and of their live keys.
package struct RoleOverview: Sendable {
    package let role: Role
    package let people: Int
    package let keys: Int
}

/// What a change of a role would do, told before it is done.
package struct RolePreview: Sendable {
    package let before: Role
    package let after: Role
    package let reach: RoleReach
    /// Whether the one who asks may know who has the role.
    package let showsNames: Bool

    package var takes: PermissionSet { before.permissions.subtracting(after.permissions) }
    package var gives: PermissionSet { after.permissions.subtracting(before.permissions) }
    /// The live keys that lose a right, and those that gain one.
    package var keysLosing: Int { reach.keys(with: takes) }
    package var keysGaining: Int { reach.keys(with: gives) }
    /// The live keys whose rights change at all.
    package var keys: Int { reach.keys(with: takes.union(gives)) }
    package var isNothing: Bool { before == after }
}

extension Registry {
    /// The company's roles by name, each with its people and their live keys.
    package func roleOverviews(by caller: Caller) async throws(Refusal) -> [RoleOverview] {
        try caller.require(platform.right(.roles, .read))
        let (company, now) = (caller.account.company.id, caller.occasion.at)
        return try await read { transaction throws(StoreError) in
            let keys = try transaction.liveKeysByRole(of: company, now: now)
            return try transaction.roles(of: company).map { use in
                RoleOverview(role: use.role, people: use.users, keys: keys[use.role.id] ?? 0)
            }
        }
    }

    /// One role of the company.
    ///
    /// - Throws: `not_found`.
    package func roleOverview(_ id: ID<Role>, by caller: Caller) async throws(Refusal) -> RoleOverview {
        try caller.require(platform.right(.roles, .read))
        let now = caller.occasion.at
        return try await read { transaction throws(StoreError) in
            let role = try Registry.role(id, of: caller, in: transaction)
            let reach = try transaction.reach(of: id, names: 0, now: now)
            return RoleOverview(role: role, people: reach.people, keys: reach.keys)
        }
    }

    /// What a change would do, and whether it could be done at this moment: it refuses what `changeRole` would.
    ///
    /// - Throws: as `changeRole`.
    package func previewRole(
        _ id: ID<Role>, _ form: RoleForm, by caller: Caller
    ) async throws(Refusal) -> RolePreview {
        try caller.require(platform.right(.roles, .update))
        let name = try form.checkedName()
        let showsNames = caller.permissions.contains(platform.right(.users, .read))
        return try await read { [platform] transaction throws(StoreError) in
            let before = try Registry.editableRole(id, by: caller, in: transaction)
            let after = try form.applied(to: before, name: name, by: caller, platform)
            let folded = after.foldedName
            let isTaken = try transaction.roles(of: before.company).contains {
                $0.role.id != id && $0.role.foldedName == folded
            }
            if isTaken { throw .duplicate(.roleName) }
            let reach = try transaction.reach(of: id, names: RoleReach.namesShown, now: caller.occasion.at)
            return RolePreview(before: before, after: after, reach: reach, showsNames: showsNames)
        }
    }
}
