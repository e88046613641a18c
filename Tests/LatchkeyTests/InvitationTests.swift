import Foundation
import HTTPTypes
import KeyCore
import Testing

@testable import latchkey

/// Who can come in by an invitation, and until when.
@Suite struct InvitationTests {
    private let boris = "boris@example.com"

    @Test func theInvitedJoinWithTheAddressAndTheRoleOfTheInvitation() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let made = try await irina.invite(boris, to: try await irina.role("Viewer"))
            #expect(made.status == 201)
            #expect(made["mail"] == "off")
            #expect(made["link"]?.hasSuffix("/invitations/\(try made.token())") == true)
            let joined = try await Visitor(client: client).accept(try made.token())
            #expect(joined.status == 201)
            #expect(joined["role"] == "Viewer")
            let me = try await Visitor(client: client).with(cookieOf: joined).ask(.get, "/v1/me")
            let user = me.json["user"] as? [String: Any]
            #expect(user?["email"] as? String == boris)
            #expect(user?["name"] as? String == "Boris")
            #expect((me.json["company"] as? [String: Any])?["name"] as? String == "Acme")
            #expect(try await irina.invitations().isEmpty)
        }
    }

    @Test func anInvitationWorksOnce() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let token = try await irina.invite(boris, to: try await irina.role("Viewer")).token()
            #expect(try await Visitor(client: client).accept(token).status == 201)
            let again = try await Visitor(client: client).accept(token)
            #expect(again.status == 409)
            #expect(again.code == "invitation_used")
        }
    }

    @Test func anInvitationWorksForSevenDaysAndNotAMomentLonger() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let role = try await irina.role("Viewer")
            let first = try await irina.invite(boris, to: role).token()
            let second = try await irina.invite("anna@example.com", to: role).token()
            node.clock.advance(by: .days(7) - .milliseconds(1))
            #expect(try await Visitor(client: client).accept(first).status == 201)
            node.clock.advance(by: .milliseconds(1))
            let late = try await Visitor(client: client).accept(second)
            #expect(late.status == 409)
            #expect(late.code == "invitation_expired")
            #expect(try await irina.invitations().map { $0["status"] as? String } == ["expired"])
        }
    }

    @Test func anInvitationThatWasWithdrawnOrReplacedIsUnknown() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let role = try await irina.role("Viewer")
            let replaced = try await irina.invite(boris, to: role)
            let withdrawn = try await irina.invite("BORIS@example.com", to: role)
            #expect(try await irina.invitations().count == 1)
            #expect(try await irina.ask(.delete, "/v1/invitations/\(try #require(replaced["id"]))").status == 404)
            #expect(try await irina.ask(.delete, "/v1/invitations/\(try #require(withdrawn["id"]))").status == 200)
            for made in [replaced, withdrawn] {
                let answer = try await Visitor(client: client).accept(try made.token())
                #expect(answer.status == 404)
                #expect(answer.code == "invitation_unknown")
            }
            for token in ["", "x", String(repeating: "a", count: 32), String(repeating: "ё", count: 16)] {
                #expect(try await Visitor(client: client).accept(token).code == "invitation_unknown")
            }
        }
    }

    @Test func anInvitationIsWorthWhatItsInviterMayDoWhenItIsUsed() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let rights = ["users:read", "users:create", "devices:read"]
            let office = try #require(
                try await irina.ask(.post, "/v1/roles", ["name": "Office", "permissions": rights])["id"])
            let guest = try #require(
                try await irina.ask(.post, "/v1/roles", ["name": "Guest", "permissions": ["devices:read"]])["id"])
            let (mal, id) = try await irina.colleague("mal@example.com", office)
            let token = try await mal.invite(boris, to: guest).token()
            let steps: [(String, [String: Any], [String: Any])] = [
                ("/v1/users/\(id)", ["blocked": true], ["blocked": false]),
                ("/v1/users/\(id)", ["role_id": guest], ["role_id": office]),
                ("/v1/roles/\(office)", ["permissions": ["users:create"]], ["permissions": rights]),
                (
                    "/v1/roles/\(guest)", ["permissions": ["devices:read", "roles:update"]],
                    ["permissions": ["devices:read"]]
                ),
            ]
            for (path, taken, given) in steps {
                #expect(try await irina.ask(.patch, path, taken).status == 200)
                #expect(try await Visitor(client: client).accept(token).code == "invitation_unknown", "\(path)")
                #expect(try await irina.invitations().map { $0["status"] as? String } == ["void"])
                #expect(try await irina.ask(.patch, path, given).status == 200)
            }
            #expect(try await irina.invitations().map { $0["status"] as? String } == ["pending"])
            #expect(try await irina.ask(.delete, "/v1/users/\(id)").status == 200)
            #expect(try await Visitor(client: client).accept(token).code == "invitation_unknown")
        }
    }

    @Test func anAddressThatHasGotAnAccountMeanwhileCannotJoin() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let token = try await irina.invite(boris, to: try await irina.role("Viewer")).token()
            _ = try await Visitor.registered(client, email: boris)
            let answer = try await Visitor(client: client).accept(token)
            #expect(answer.status == 409)
            #expect(answer.code == "email_taken")
        }
    }

    @Test func ofManyWhoUseOneLinkAtOnceOneJoins() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let token = try await irina.invite(boris, to: try await irina.role("Viewer")).token()
            let codes = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 1...6 {
                    group.addTask {
                        let answer = try await Visitor(client: client).accept(token, name: "Boris \(number)")
                        return answer.status == 201 ? "joined" : answer.code ?? ""
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(codes.count { $0 == "joined" } == 1)
            #expect(codes.count { $0 == "invitation_used" } == 5)
            let users = try await irina.ask(.get, "/v1/users").json["users"] as? [[String: Any]]
            #expect(users?.count { $0["email"] as? String == boris } == 1)
        }
    }

    @Test func aRoleThatIsPromisedCannotBeDeleted() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let role = try #require(try await irina.ask(.post, "/v1/roles", ["name": "R", "permissions": []])["id"])
            _ = try await irina.invite(boris, to: role)
            #expect(try await irina.ask(.delete, "/v1/roles/\(role)").code == "role_in_use")
            node.clock.advance(by: Invitation.lifetime)
            #expect(try await irina.ask(.delete, "/v1/roles/\(role)").status == 200)
            #expect(try await irina.invitations().isEmpty)
        }
    }

    @Test func whatTheInvitedFillInIsCheckedAsARegistrationIs() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let token = try await irina.invite(boris, to: try await irina.role("Viewer")).token()
            let visitor = Visitor(client: client)
            let form = ["token": token, "name": " ", "password": boris, "time_zone": "Mars/Olympus"]
            let refused = try await visitor.ask(.post, "/v1/invitations/accept", form)
            #expect(refused.status == 422)
            #expect(refused.fields == ["name", "password", "time_zone"])
            #expect(try await visitor.accept(token).status == 201)
        }
    }
}

extension Visitor {
    func role(_ name: String) async throws -> String {
        let roles = try await ask(.get, "/v1/roles").json["roles"] as? [[String: Any]]
        return try #require(roles?.first { $0["name"] as? String == name }?["id"] as? String)
    }

    func invite(_ email: String, to role: String) async throws -> Answer {
        try await ask(.post, "/v1/invitations", ["email": email, "role_id": role])
    }

    func invitations() async throws -> [[String: Any]] {
        try #require(try await ask(.get, "/v1/invitations").json["invitations"] as? [[String: Any]])
    }

    func accept(_ token: String, name: String = "Boris") async throws -> Answer {
        try await ask(
            .post, "/v1/invitations/accept", ["token": token, "name": name, "password": "a quiet garden"])
    }

    /// A new colleague with this role, logged in.
    func colleague(_ email: String, _ role: String) async throws -> (visitor: Visitor, id: String) {
        let user = try await ask(
            .post, "/v1/users", ["name": "Mal", "email": email, "password": "a quiet garden", "role_id": role])
        let answer = try await Visitor(client: client).ask(
            .post, "/v1/session", ["email": email, "password": "a quiet garden"])
        return (Visitor(client: client).with(cookieOf: answer), try #require(user["id"]))
    }
}

extension Answer {
    /// What the link holds.
    func token() throws -> String {
        String(try #require(self["link"]?.split(separator: "/").last))
    }
}
