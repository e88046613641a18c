import Foundation
import KeyCore
import Testing

@testable import latchkey

@Suite struct RoleTests {
    /// A colleague of Irina's with a role of these rights, logged in.
    private func colleague(
        of irina: Visitor, may permissions: [String], email: String = "boris@example.com"
    ) async throws -> (visitor: Visitor, id: String, role: String) {
        let role = try await irina.ask(.post, "/v1/roles", ["name": "Role of \(email)", "permissions": permissions])
        #expect(role.status == 201)
        let user = try await irina.ask(
            .post, "/v1/users",
            ["name": "Boris", "email": email, "password": "a quiet garden", "role_id": try #require(role["id"])])
        #expect(user.status == 201)
        let answer = try await Visitor(client: irina.client).ask(
            .post, "/v1/session", ["email": email, "password": "a quiet garden"])
        let visitor = Visitor(client: irina.client).with(cookieOf: answer)
        return (visitor, try #require(user["id"]), try #require(role["id"]))
    }

    private func administratorRole(_ visitor: Visitor) async throws -> String {
        let roles = try await visitor.ask(.get, "/v1/roles").json["roles"] as? [[String: Any]]
        return try #require(roles?.first { $0["fixed"] as? Bool == true }?["id"] as? String)
    }

    @Test func aRoleThatLosesARightTakesItFromEveryKeyAtOnceAndGivesItBack() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (boris, _, role) = try await colleague(of: irina, may: ["devices:read", "api-keys:create"])
            let (_, key) = try await boris.createKey("Wall")
            let verify = { try await boris.with(key: key).ask(.get, "/v1/verify?permission=devices:read") }
            #expect(try await verify().status == 200)
            let reduced = try await irina.ask(.patch, "/v1/roles/\(role)", ["permissions": ["api-keys:create"]])
            #expect((reduced.json["nodes"] as? [String: Int])?["acknowledged"] == 1)
            #expect(try await verify().code == "missing_permission")
            _ = try await irina.ask(.patch, "/v1/roles/\(role)", ["permissions": ["devices:read"]])
            #expect(try await verify().status == 200)
        }
    }

    @Test func blockingEndsSessionsAndKeysAndUnblockingBringsTheKeysBack() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (boris, id, _) = try await colleague(of: irina, may: ["devices:read", "api-keys:create"])
            let (_, key) = try await boris.createKey("Wall")
            #expect(try await irina.ask(.patch, "/v1/users/\(id)", ["blocked": true]).json["blocked"] as? Bool == true)
            #expect(try await boris.with(key: key).ask(.get, "/v1/verify").code == "owner_blocked")
            #expect(try await boris.ask(.get, "/v1/me").status == 401)
            _ = try await irina.ask(.patch, "/v1/users/\(id)", ["blocked": false])
            #expect(try await boris.with(key: key).ask(.get, "/v1/verify").status == 200)
            #expect(try await boris.ask(.get, "/v1/me").status == 401)
        }
    }

    @Test func aRemovedUsersKeysAreDeletedAndTheirAddressIsFreeAgain() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (boris, id, role) = try await colleague(of: irina, may: ["devices:read", "api-keys:create"])
            let (_, key) = try await boris.createKey("Wall")
            let removal = try await irina.ask(.delete, "/v1/users/\(id)")
            #expect(removal.json["deleted"] as? Int == 1)
            #expect(try await boris.with(key: key).ask(.get, "/v1/verify").code == "deleted")
            #expect(try await irina.ask(.patch, "/v1/users/\(id)", ["name": "B"]).status == 404)
            let users = try await irina.ask(.get, "/v1/users").json["users"] as? [Any]
            #expect(users?.count == 1)
            // The role is nobody's now, though the row of the one who was removed still has it.
            #expect(try await irina.ask(.delete, "/v1/roles/\(role)").status == 200)
            _ = try await Visitor.registered(client, email: "boris@example.com")
        }
    }

    @Test func aCompanyKeepsOneActiveAdministrator() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let me = try #require((try await irina.ask(.get, "/v1/me").json["user"] as? [String: Any])?["id"])
            let role = try #require(
                try await irina.ask(.post, "/v1/roles", ["name": "Reader", "permissions": ["devices:read"]])["id"])
            for change: [String: Any] in [["blocked": true], ["role_id": role]] {
                #expect(try await irina.ask(.patch, "/v1/users/\(me)", change).code == "last_administrator")
            }
            #expect(try await irina.ask(.delete, "/v1/users/\(me)").code == "last_administrator")
            #expect(try await irina.ask(.get, "/v1/me").status == 200)
        }
    }

    @Test func theAdministratorsRoleIsFixedAndARoleInUseStays() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let administrator = try await administratorRole(irina)
            #expect(try await irina.ask(.patch, "/v1/roles/\(administrator)", ["name": "X"]).code == "role_built_in")
            #expect(try await irina.ask(.delete, "/v1/roles/\(administrator)").code == "role_built_in")
            let (_, _, role) = try await colleague(of: irina, may: ["devices:read"])
            #expect(try await irina.ask(.delete, "/v1/roles/\(role)").code == "role_in_use")
            let twin = try await irina.ask(.post, "/v1/roles", ["name": "administrator", "permissions": []])
            #expect(twin.code == "name_taken")
        }
    }

    @Test func nobodyGivesOrTakesWhatTheyDoNotHold() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let administrator = try await administratorRole(irina)
            let rights = ["users:read", "users:create", "users:update", "users:delete", "roles:create", "roles:update"]
            let (boris, id, role) = try await colleague(of: irina, may: rights)
            let irinasID = try #require((try await irina.ask(.get, "/v1/me").json["user"] as? [String: Any])?["id"])
            for answer in [
                try await boris.ask(.post, "/v1/roles", ["name": "All", "permissions": ["devices:delete"]]),
                try await boris.ask(.patch, "/v1/roles/\(role)", ["permissions": rights + ["devices:delete"]]),
                try await boris.ask(.patch, "/v1/users/\(id)", ["role_id": administrator]),
                try await boris.ask(.patch, "/v1/users/\(irinasID)", ["blocked": true]),
                try await boris.ask(.delete, "/v1/users/\(irinasID)"),
            ] {
                #expect(answer.status == 403)
                #expect(answer.code == "permission_not_held")
            }
        }
    }

    @Test func anotherCompanysIdsAreLikeOnesThatDoNotExist() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (boris, id, role) = try await colleague(of: irina, may: ["devices:read", "api-keys:create"])
            let (key, _) = try await boris.createKey("Wall")
            let olga = try await Visitor.registered(client, email: "olga@example.com")
            for (method, path) in [
                ("PATCH", "/v1/roles/\(role)"), ("DELETE", "/v1/roles/\(role)"), ("PATCH", "/v1/users/\(id)"),
                ("DELETE", "/v1/users/\(id)"), ("DELETE", "/v1/company/keys/\(key)"),
            ] {
                let body: [String: Any]? = method == "PATCH" ? ["name": "Stolen"] : nil
                #expect(try await olga.ask(.init(method)!, path, body).status == 404)
            }
            #expect(try await olga.ask(.get, "/v1/company/keys").json["total"] as? Int == 0)
        }
    }

    @Test func whoLooksAfterACompanySeesAllKeysAndMayDeleteAny() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (boris, _, _) = try await colleague(of: irina, may: ["devices:read", "api-keys:create"])
            let (gone, goneID, _) = try await colleague(
                of: irina, may: ["api-keys:create"], email: "gone@example.com")
            _ = try await gone.createKey("Of somebody who was removed")
            _ = try await irina.ask(.delete, "/v1/users/\(goneID)")
            let (id, key) = try await boris.createKey("Wall")
            _ = try await irina.createKey("Own")
            let deleted = try await irina.ask(.get, "/v1/company/keys?status=deleted").json
            #expect(deleted["total"] as? Int == (deleted["keys"] as? [Any])?.count)
            let list = try await irina.ask(.get, "/v1/company/keys?sort=name").json
            let keys = try #require(list["keys"] as? [[String: Any]])
            #expect(keys.map { ($0["user"] as? [String: String])?["name"] } == ["Irina", "Boris"])
            #expect(try await boris.ask(.get, "/v1/company/keys").code == "missing_permission")
            #expect(try await irina.ask(.delete, "/v1/company/keys/\(id)").json["deleted"] as? Int == 1)
            #expect(try await boris.with(key: key).ask(.get, "/v1/verify").code == "deleted")
            #expect(try await irina.ask(.delete, "/v1/company/keys/\(id)").status == 404)
        }
    }

    @Test func theAuditLogTellsWhoDidWhatAndPagesBackToTheBeginning() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            for number in 0..<105 { _ = try await irina.createKey("Key \(number)") }
            let first = try await irina.ask(.get, "/v1/audit").json
            let page = try #require(first["events"] as? [[String: Any]])
            #expect(page.count == 100)
            #expect(page.allSatisfy { $0["action"] as? String == "key.created" })
            #expect(page[0]["after"] as? String == "Key 104")
            let next = try #require(first["next_cursor"] as? String)
            let rest = try await irina.ask(.get, "/v1/audit?after=\(next)").json
            let events = try #require(rest["events"] as? [[String: Any]])
            #expect(events.map { $0["action"] as? String }.suffix(2) == ["key.created", "account.registered"])
            #expect(rest["next_cursor"] is NSNull)
            let filtered = try await irina.ask(.get, "/v1/audit?action=account.registered").json["events"] as? [Any]
            #expect(filtered?.count == 1)
            for query in ["after=x", "actor=nobody", "action=dance"] {
                #expect(try await irina.ask(.get, "/v1/audit?\(query)").status == 422)
            }
        }
    }
}
