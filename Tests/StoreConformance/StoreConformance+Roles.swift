import KeyCore
import Testing

extension StoreConformance {
    static let roles: [Guarantee] = [
        Guarantee("roleNameIsUniqueWithinItsCompanyOnly") { store in
            let household = try await store.settled()
            let twin = Role(
                id: .random(), company: household.company.id, name: "VIEWER", template: nil,
                permissions: PermissionSet())
            let error = await storeError {
                try await store.write { transaction throws(StoreError) in try transaction.insert(twin) }
            }
            #expect(error == .duplicate(.roleName))
            _ = try await store.settled(Household(email: "grace@compiler.example"))
        },
        Guarantee("rolesAreListedByNameWithThoseWhoHaveThem") { store in
            let household = try await store.settled()
            _ = try await store.settled(Household(email: "grace@compiler.example"))
            try await store.insert(household.colleague("Boris", email: "boris@engine.example"))
            let gone = household.colleague("Gone", email: "gone@engine.example")
            try await store.insert(gone)
            try await store.write { transaction throws(StoreError) in
                try transaction.insert(household.role("auditor"))
                try transaction.removeUser(gone.id, at: Household.noon)
            }
            let uses = try await store.roles(household)
            #expect(uses.map(\.role.name) == ["Administrator", "auditor", "Viewer"])
            #expect(uses.map(\.users) == [1, 0, 1])
            #expect(uses[0].role == household.administrator && uses[2].role == household.viewer)
        },
        Guarantee("changedRoleChangesEverybodyWhoHasIt") { store in
            let household = try await store.settled()
            let boris = household.colleague("Boris", email: "boris@engine.example")
            try await store.insert(boris)
            var role = household.viewer
            role.name = "Reader"
            role.permissions = Platform.smartPlayer.rights("content:read")
            try await store.write { [role] transaction throws(StoreError) in try transaction.update(role) }
            let (found, owners) = try await store.read { [role] transaction throws(StoreError) in
                (try transaction.role(role.id), try transaction.owners(with: [role.id]))
            }
            #expect(found == role)
            #expect(owners.map(\.user) == [boris.id])
            #expect(owners.allSatisfy { $0.permissions == role.permissions && $0.role == "Reader" })
            #expect(try await store.account(boris.id)?.role == role)
            #expect(try await store.account(household.user.id)?.role == household.administrator)
        },
        Guarantee("renamedRoleMayNotTakeAnothersName") { store in
            let household = try await store.settled()
            let twin = household.viewer.named("ADMINISTRATOR")
            let error = await storeError {
                try await store.write { transaction throws(StoreError) in try transaction.update(twin) }
            }
            #expect(error == .duplicate(.roleName))
            #expect(try await store.roles(household).map(\.role.name) == ["Administrator", "Viewer"])
        },
        Guarantee("deletedRoleIsGoneAndItsNameIsFree") { store in
            let household = try await store.settled()
            for _ in 1...2 {
                let role = household.role("Auditor")
                try await store.write { transaction throws(StoreError) in try transaction.insert(role) }
                try await store.write { transaction throws(StoreError) in try transaction.deleteRole(role.id) }
                let found = try await store.read { transaction throws(StoreError) in try transaction.role(role.id) }
                #expect(found == nil)
            }
        },
        Guarantee("roleThatSomebodyHasIsNeverDeleted") { store in
            let household = try await store.settled()
            try await store.insert(household.colleague("Boris", email: "boris@engine.example"))
            let role = household.viewer
            let error = await storeError {
                try await store.write { transaction throws(StoreError) in try transaction.deleteRole(role.id) }
            }
            #expect(error != nil)
            #expect(try await store.roles(household).map(\.role) == [household.administrator, role])
        },
        Guarantee("roleThatOnlyRemovedPeopleHadCanBeDeleted") { store in
            let household = try await store.settled()
            let gone = household.colleague("Gone", email: "gone@engine.example")
            try await store.insert(gone)
            let owner = try await store.write { transaction throws(StoreError) in
                try transaction.removeUser(gone.id, at: Household.noon)
                try transaction.deleteRole(household.viewer.id)
                return try transaction.owner(gone.id)
            }
            #expect(owner?.isBlocked == true)
            #expect(try await store.roles(household).map(\.users) == [1])
        },
        Guarantee("administratorsWhoCanActAreCounted") { store in
            let household = try await store.settled()
            _ = try await store.settled(Household(email: "grace@compiler.example"))
            let viewer = household.colleague("Viewer", email: "viewer@engine.example")
            var blocked = household.colleague("Blocked", email: "blocked@engine.example")
            var removed = household.colleague("Removed", email: "removed@engine.example")
            (blocked.role, removed.role) = (household.administrator.id, household.administrator.id)
            blocked.blockedAt = Household.noon
            for user in [viewer, blocked, removed] { try await store.insert(user) }
            let counts = try await store.write { [removed] transaction throws(StoreError) in
                let before = try transaction.activeAdministrators(of: household.company.id)
                try transaction.removeUser(removed.id, at: Household.noon)
                return [before, try transaction.activeAdministrators(of: household.company.id)]
            }
            #expect(counts == [2, 1])
        },
        Guarantee("reachOfARoleIsItsPeopleAndTheirKeysThatWork") { store in
            let household = try await store.settled()
            try await store.insert(try await Household.keysOfViewers(household, store))
            let (reach, byRole) = try await store.read { transaction throws(StoreError) in
                (
                    try transaction.reach(of: household.viewer.id, names: 2, now: Household.noon),
                    try transaction.liveKeysByRole(of: household.company.id, now: Household.noon)
                )
            }
            let subset = Platform.smartPlayer.rights("devices:read")
            #expect(reach.people == 3 && reach.names == ["Anna", "Blocked"])
            #expect(Set(reach.liveKeys) == [.init(subset: nil, count: 2), .init(subset: subset, count: 1)])
            #expect(reach.keys == 3 && reach.keys(with: Platform.smartPlayer.rights("reports:read")) == 2)
            #expect(byRole == [household.viewer.id: 3, household.administrator.id: 1])
        },
        Guarantee("aRoleThatNobodyHasReachesNobody") { store in
            let household = try await store.settled()
            let reach = try await store.read { transaction throws(StoreError) in
                try transaction.reach(of: household.viewer.id, names: 2, now: Household.noon)
            }
            #expect(reach == RoleReach(people: 0, names: [], liveKeys: []))
        },
    ]

    static let people: [Guarantee] = [
        Guarantee("removedPersonIsNotFoundAndTheirAddressIsFree") { store in
            let household = try await store.settled()
            for _ in 1...2 {
                let boris = household.colleague("Boris", email: "boris@engine.example")
                try await store.insert(boris)
                try await store.remove(boris)
                #expect(try await store.account(boris.id) == nil)
                let (byEmail, byID, all) = try await store.read { transaction throws(StoreError) in
                    (
                        try transaction.credential(of: boris.email), try transaction.credential(of: boris.id),
                        try transaction.accounts(of: household.company.id)
                    )
                }
                #expect(byEmail == nil && byID == nil)
                #expect(all.map(\.user) == [household.user])
            }
        },
        Guarantee("removedPersonStillOwnsTheirKeysAndMayDoNothing") { store in
            let household = try await store.settled()
            let boris = household.colleague("Boris", email: "boris@engine.example")
            try await store.insert(boris)
            try await store.insert(household.key("Lobby", owner: boris.id))
            try await store.remove(boris)
            let (owner, all, withRole) = try await store.read { transaction throws(StoreError) in
                var all: [Owner] = []
                try transaction.forEachOwner { all.append($0) }
                return (try transaction.owner(boris.id), all, try transaction.owners(with: [household.viewer.id]))
            }
            #expect(owner?.isBlocked == true)
            #expect(all.contains { $0.user == boris.id && $0.isBlocked } && withRole == all.filter { $0.isBlocked })
        },
    ]
}

extension Household {
    /// Three people with the role Viewer, one of them blocked, and one who was removed; keys that work and keys that
    /// do not. Those of the Administrator and of another company are there to be told apart.
    fileprivate static func keysOfViewers(_ household: Household, _ store: any Store) async throws -> [Key] {
        let other = try await store.settled(Household(email: "grace@compiler.example"))
        let anna = household.colleague("Anna", email: "anna@engine.example")
        let vera = household.colleague("Vera", email: "vera@engine.example")
        var blocked = household.colleague("Blocked", email: "blocked@engine.example")
        blocked.blockedAt = noon
        let gone = household.colleague("Gone", email: "gone@engine.example")
        for user in [anna, vera, blocked, gone] { try await store.insert(user) }
        try await store.remove(gone)
        let lastYear = noon.advanced(by: .days(-365))
        var deleted = household.key("Deleted", owner: anna.id)
        deleted.deletedAt = noon
        return [
            household.key("One", owner: anna.id), household.key("Two", owner: vera.id),
            household.key("Part", subset: Platform.smartPlayer.rights("devices:read"), owner: anna.id),
            household.key("Not copied", confirmed: false, owner: anna.id),
            household.key("Expired", createdAt: lastYear, owner: vera.id), deleted,
            household.key("Of one who is blocked", owner: blocked.id),
            household.key("Of one who is gone", owner: gone.id),
            household.key("Administrator's"), household.key("Of another company", owner: other.user.id),
        ]
    }

    fileprivate func role(_ name: String) -> Role {
        Role(
            id: .random(), company: company.id, name: name, template: nil,
            permissions: Platform.smartPlayer.rights("reports:read"))
    }
}

extension Role {
    fileprivate func named(_ name: String) -> Role {
        var role = self
        role.name = name
        return role
    }
}

extension Store {
    fileprivate func roles(_ household: Household) async throws -> [RoleUse] {
        try await read { transaction throws(StoreError) in try transaction.roles(of: household.company.id) }
    }

    fileprivate func remove(_ user: User) async throws {
        try await write { transaction throws(StoreError) in try transaction.removeUser(user.id, at: Household.noon) }
    }
}
