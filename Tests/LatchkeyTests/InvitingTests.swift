import KeyCore
import Testing

@testable import latchkey

/// Who may invite whom, and how often.
@Suite struct InvitingTests {
    @Test func nobodyInvitesToRightsThatTheyDoNotHold() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let administrator = try await irina.role("Administrator")
            let office = try #require(
                try await irina.ask(
                    .post, "/v1/roles", ["name": "Office", "permissions": ["users:create", "users:read"]])["id"])
            let (mal, _) = try await irina.colleague("mal@example.com", office)
            let refused = try await mal.invite("boris@example.com", to: administrator)
            #expect(refused.status == 403)
            #expect(refused.code == "permission_not_held")
            #expect(try await mal.invite("boris@example.com", to: office).status == 201)
            let (viewer, _) = try await irina.colleague("vera@example.com", try await irina.role("Viewer"))
            #expect(try await viewer.invite("boris@example.com", to: office).code == "missing_permission")
            let id = try #require(try await irina.invitations().first?["id"] as? String)
            #expect(try await viewer.ask(.delete, "/v1/invitations/\(id)").code == "missing_permission")
        }
    }

    @Test func anotherCompanysRolesAndInvitationsAreNotThere() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let grace = try await Visitor.registered(client, email: "grace@example.com")
            let role = try await irina.role("Viewer")
            let made = try await irina.invite("boris@example.com", to: role)
            #expect(try await grace.invite("boris@example.com", to: role).code == "role_unknown")
            #expect(try await grace.ask(.delete, "/v1/invitations/\(try #require(made["id"]))").status == 404)
            #expect(try await grace.invitations().isEmpty)
            // Two companies may want the same person; who comes first gets them.
            #expect(try await grace.invite("boris@example.com", to: try await grace.role("Viewer")).status == 201)
            #expect(try await Visitor(client: client).accept(try made.token()).status == 201)
        }
    }

    @Test func invitingThoseWhoHaveAnAccountIsRefusedAndSlowedDown() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let role = try await irina.role("Viewer")
            let attempt = { try await irina.invite("IRINA@example.com", to: role) }
            for _ in 0..<10 {
                let refused = try await attempt()
                #expect(refused.status == 409)
                #expect(refused.code == "email_taken")
            }
            let slowed = try await attempt()
            #expect(slowed.status == 429)
            #expect(slowed.headers[.retryAfter] == "1")
            // Counted together with the other way to ask whether an address is taken.
            let person = ["name": "I", "email": "irina@example.com", "password": "a quiet garden", "role_id": role]
            #expect(try await irina.ask(.post, "/v1/users", person).code == "too_many_attempts")
            node.clock.advance(by: .seconds(1))
            #expect(try await attempt().code == "email_taken")
        }
    }

    @Test func nobodysMailboxIsFilledWithInvitations() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let role = try await irina.role("Viewer")
            for _ in 0..<10 { #expect(try await irina.invite("boris@example.com", to: role).status == 201) }
            #expect(try await irina.invite("Boris@example.com", to: role).code == "too_many_attempts")
            #expect(try await irina.invite("anna@example.com", to: role).status == 201)
        }
    }

    @Test func aCompanyHasABoundedNumberOfOpenInvitations() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let role = try await irina.role("Viewer")
            #expect(try await irina.invite("guest0@example.com", to: role).status == 201)
            try await node.store.write { transaction throws(StoreError) in
                let first = try transaction.credential(of: EmailAddress(stored: "irina@example.com"))?.account
                guard let irina = first, let role = ID<Role>(role) else { throw .unavailable("no Irina") }
                for number in 1..<Invitation.maximumOpen {
                    let invitation = Invitation(
                        id: .random(), company: irina.company.id, role: role,
                        email: EmailAddress(stored: "guest\(number)@example.com"), inviter: irina.user.id, key: nil,
                        createdAt: HandClock.noon, expiresAt: HandClock.noon.advanced(by: Invitation.lifetime))
                    try transaction.insert(invitation, digest: InvitationToken.generate().digest)
                }
            }
            let refused = try await irina.invite("one.more@example.com", to: role)
            #expect(refused.status == 409)
            #expect(refused.code == "too_many_invitations")
            #expect(try await irina.invite("guest7@example.com", to: role).status == 201, "one takes the other's place")
        }
    }

    @Test func withdrawingMakesNoRoomForMoreLettersADay() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let role = try await irina.role("Viewer")
            let first = try await irina.invite("guest@example.com", to: role)
            let id = try #require(first["id"])
            #expect(try await irina.ask(.delete, "/v1/invitations/\(id)").status == 200)
            let me = try await irina.ask(.get, "/v1/me").json["company"] as? [String: Any]
            let company = try #require((me?["id"] as? String).flatMap { ID<Company>($0) })
            // As that many invitations leave it; through the API they would take a minute.
            let event = AuditEvent(
                .userInvited, on: Occasion(at: node.clock.now, address: "test"), company: company, actor: nil,
                target: id)
            try await node.store.write { transaction throws(StoreError) in
                for _ in 2..<Invitation.maximumADay { try transaction.append(event) }
            }
            #expect(try await irina.invite("last@example.com", to: role).status == 201)
            #expect(try await irina.invite("one.more@example.com", to: role).code == "too_many_invitations")
            node.clock.advance(by: .days(1) + .milliseconds(1))
            #expect(try await irina.invite("one.more@example.com", to: role).status == 201)
        }
    }

    @Test func anInvitationThatAKeyMadeEndsWithTheKey() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let role = try #require(
                try await irina.ask(.post, "/v1/roles", ["name": "Tiny", "permissions": ["devices:read"]])["id"])
            let (id, key) = try await irina.createKey("Desk", ["permissions": ["users:create", "devices:read"]])
            let desk = irina.with(key: key)
            let kept = try await desk.invite("anna@example.com", to: role)
            let widened = try await desk.invite("boris@example.com", to: role)
            #expect(try await Visitor(client: client).accept(try kept.token()).status == 201)
            // More than the key may give, though not more than its owner.
            _ = try await irina.ask(
                .patch, "/v1/roles/\(role)", ["permissions": ["devices:read", "devices:delete"]])
            #expect(try await Visitor(client: client).accept(try widened.token()).code == "invitation_unknown")
            _ = try await irina.ask(.patch, "/v1/roles/\(role)", ["permissions": ["devices:read"]])
            _ = try await irina.ask(.delete, "/v1/keys/\(id)")
            #expect(try await Visitor(client: client).accept(try widened.token()).code == "invitation_unknown")
        }
    }

    @Test func nobodyUndoesWhatThoseAboveThemHavePromised() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let office = try #require(
                try await irina.ask(
                    .post, "/v1/roles", ["name": "Office", "permissions": ["users:create", "users:read"]])["id"])
            let (mal, _) = try await irina.colleague("mal@example.com", office)
            let made = try await irina.invite("boris@example.com", to: try await irina.role("Administrator"))
            let id = try #require(made["id"])
            #expect(try await mal.ask(.delete, "/v1/invitations/\(id)").code == "permission_not_held")
            #expect(try await mal.invite("boris@example.com", to: office).code == "permission_not_held")
            #expect(try await Visitor(client: client).accept(try made.token()).status == 201)
        }
    }

    @Test func aRoleIsNotHeldByInvitationsThatCountNoMore() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let role = try #require(
                try await irina.ask(.post, "/v1/roles", ["name": "Spare", "permissions": []])["id"])
            #expect(try await irina.invite("boris@example.com", to: role).status == 201)
            #expect(try await irina.ask(.delete, "/v1/roles/\(role)").code == "role_in_use")
            node.clock.advance(by: Invitation.lifetime)
            #expect(try await irina.ask(.delete, "/v1/roles/\(role)").status == 200)
            let events = try #require(try await irina.ask(.get, "/v1/audit").json["events"] as? [[String: Any]])
            #expect(events.prefix(2).map { $0["action"] as? String } == ["role.deleted", "invitation.withdrawn"])
        }
    }

    @Test func aStrangersLogInsStandInNobodysWay() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let me = try await irina.ask(.get, "/v1/me").json["company"] as? [String: Any]
            let company = try #require(me?["id"] as? String)
            for text in ["people \(company)", "invitation boris@example.com"] {
                for _ in 0..<12 {
                    _ = try await Visitor(client: client).ask(
                        .post, "/v1/session", ["email": text, "password": "a quiet garden"])
                }
            }
            let role = try await irina.role("Viewer")
            #expect(try await irina.invite("boris@example.com", to: role).status == 201)
        }
    }

    @Test func eachStepStandsInTheAuditLogOnce() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let role = try await irina.role("Viewer")
            let made = try await irina.invite("boris@example.com", to: role)
            _ = try await Visitor(client: client).accept(try made.token())
            let other = try #require(try await irina.invite("anna@example.com", to: role)["id"])
            _ = try await irina.ask(.delete, "/v1/invitations/\(other)")
            let events = try #require(try await irina.ask(.get, "/v1/audit").json["events"] as? [[String: Any]])
            let expected = ["invitation.withdrawn", "user.invited", "user.joined", "user.invited"]
            #expect(events.prefix(4).map { $0["action"] as? String } == expected)
            #expect(events[0]["target"] as? String == other)
            #expect(events[0]["before"] as? String == "anna@example.com, Viewer")
            #expect(events[2]["actor"] as? String == events[2]["target"] as? String)
            #expect(events[3]["target"] as? String == made["id"])
            #expect(events[3]["after"] as? String == "boris@example.com, Viewer")
        }
    }
}
