import KeyCore
import Testing

/// The list of a company's keys: whose they are, and what they may do at this moment.
extension StoreConformance {
    static let companyKeys: [Guarantee] = [
        Guarantee("companysListFiltersByItsPeople") { store in
            let household = try await store.settled()
            let boris = household.colleague("Борис Орлов", email: "orlov@engine.example")
            try await store.insert(boris)
            let stranger = try await store.settled(Household(name: "Борис", email: "orlov@compiler.example"))
            try await store.insert([
                household.key("Mine"), household.key("His", owner: boris.id), stranger.key("Foreign"),
            ])
            for name in ["борис", "ORLOV", "орлов "] {
                var query = household.companyQuery
                query.person = name
                #expect(try await store.keys(query).keys.map(\.name.text) == ["His"], "\(name)")
            }
            var query = household.companyQuery
            query.user = boris.id
            #expect(try await store.keys(query).keys.map(\.name.text) == ["His"])
            query.user = stranger.user.id
            #expect(try await store.keys(query).total == 0)
        },
        Guarantee("companysListFiltersByWhatAKeyMayDoNow") { store in
            let household = try await store.settled()
            let platform = Platform.smartPlayer
            let viewer = household.colleague("Boris", email: "boris@engine.example")
            try await store.insert(viewer)
            try await store.insert([
                household.key("All of an administrator"),
                household.key("Devices of an administrator", subset: platform.rights("devices:read", "users:read")),
                household.key("Nothing", subset: PermissionSet()),
                household.key("All of a viewer", owner: viewer.id),
                household.key(
                    "More than a viewer has", subset: platform.rights("devices:read", "users:read"), owner: viewer.id),
            ])
            let expected: [String: Set<String>] = [
                "devices:read": [
                    "All of an administrator", "Devices of an administrator", "All of a viewer",
                    "More than a viewer has",
                ],
                "users:read": ["All of an administrator", "Devices of an administrator"],
                "reports:read": ["All of an administrator", "All of a viewer"],
                "users:delete": ["All of an administrator"],
            ]
            for (right, names) in expected { try await store.expect(names, may: right, household) }

            // A role that gains a right gives it to the keys, as far as their subsets go.
            var role = household.viewer
            role.permissions = platform.rights("users:read")
            try await store.write { [role] transaction throws(StoreError) in try transaction.update(role) }
            try await store.expect(
                [
                    "All of an administrator", "Devices of an administrator", "All of a viewer",
                    "More than a viewer has",
                ], may: "users:read", household)
            try await store.expect(
                ["All of an administrator", "Devices of an administrator"], may: "devices:read", household)
        },
    ]
}

extension Household {
    fileprivate var companyQuery: KeyQuery { KeyQuery(.company(company.id), now: Household.noon) }
}

extension Store {
    /// Checks the filter against the rule itself, key by key.
    fileprivate func expect(_ names: Set<String>, may right: String, _ household: Household) async throws {
        let permission = try #require(Platform.smartPlayer.permission(right))
        let everybody = try await keys(household.companyQuery).keys
        var allowed: Set<String> = []
        for key in everybody {
            let owner = try #require(try await account(key.owner))
            if key.permissions(of: owner.permissions).contains(permission) { allowed.insert(key.name.text) }
        }
        var query = household.companyQuery
        query.permission = permission
        let page = try await keys(query)
        #expect(Set(page.keys.map(\.name.text)) == names, "\(right)")
        #expect(page.total == names.count)
        #expect(allowed == names, "\(right)")
    }
}
