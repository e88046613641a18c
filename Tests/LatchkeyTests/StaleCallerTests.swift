import Foundation
import KeyCore
import Testing

@testable import latchkey

/// A client may authenticate and then take its time with the body. What happened meanwhile counts.
@Suite struct StaleCallerTests {
    private func caller(_ visitor: Visitor, _ node: TestNode) async throws -> Caller {
        let cookie = try #require(visitor.headers[.cookie]?.split(separator: "=").last.map(String.init))
        let occasion = Occasion(at: node.clock.now, address: "test")
        let token = try #require(SessionToken(cookie: cookie))
        return try #require(try await node.node.registry.caller(with: token, on: occasion))
    }

    private func refusal<Value>(_ body: () async throws -> Value) async -> Refusal.Code? {
        do {
            _ = try await body()
            return nil
        } catch {
            return (error as? Refusal)?.code
        }
    }

    @Test func aRequestThatBeganBeforeABlockDoesNothingAfterItAndDoesNotUndoIt() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let registry = node.node.registry
            let roles = try await registry.roles(by: try await caller(irina, node))
            let administrator = try #require(roles.first { $0.role.isAdministrator }?.role.id)
            let user = try await irina.ask(
                .post, "/v1/users",
                [
                    "name": "Mal", "email": "mal@example.com", "password": "a quiet garden",
                    "role_id": "\(administrator)",
                ])
            let answer = try await Visitor(client: client).ask(
                .post, "/v1/session", ["email": "mal@example.com", "password": "a quiet garden"])
            let mal = Visitor(client: client).with(cookieOf: answer)
            let (_, key) = try await mal.createKey("Wall")
            let stale = try await caller(mal, node)
            _ = try await irina.ask(.patch, "/v1/users/\(try #require(user["id"]))", ["blocked": true])

            let person = PersonForm(
                name: "Accomplice", email: "accomplice@example.com", password: "a quiet garden", role: administrator)
            let attempts: [() async throws -> Void] = [
                { try await registry.changeName(to: "Mal again", by: stale) },
                { try await registry.changePreferences(language: .russian, timeZone: "UTC", by: stale) },
                { _ = try await registry.createKey(KeyForm(name: "Another"), by: stale) },
                { _ = try await registry.addPerson(person, by: stale) },
                { _ = try await registry.addRole(RoleForm(name: "R"), by: stale) },
            ]
            for attempt in attempts { #expect(await refusal(attempt) == .notSignedIn) }
            #expect(try await mal.with(key: key).ask(.get, "/v1/verify").code == "owner_blocked")
        }
    }

    @Test func aRequestThatBeganBeforeADemotionHasTheRightsOfAfterIt() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let role = try #require(
                try await irina.ask(
                    .post, "/v1/roles", ["name": "R", "permissions": ["api-keys:create", "devices:read"]])["id"])
            _ = try await irina.ask(
                .post, "/v1/users",
                ["name": "Mal", "email": "mal@example.com", "password": "a quiet garden", "role_id": role])
            let answer = try await Visitor(client: client).ask(
                .post, "/v1/session", ["email": "mal@example.com", "password": "a quiet garden"])
            let stale = try await caller(Visitor(client: client).with(cookieOf: answer), node)
            _ = try await irina.ask(.patch, "/v1/roles/\(role)", ["permissions": ["devices:read"]])
            let code = await refusal { try await node.node.registry.createKey(KeyForm(name: "Late"), by: stale) }
            #expect(code == .missingPermission)
        }
    }

    @Test func whoIsBlockedMeanwhileReadsNoMoreOfTheLog() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let (mal, id) = try await irina.colleague("mal@example.com", try await irina.role("Administrator"))
            let stale = try await caller(mal, node)
            let registry = node.node.registry
            let query = AuditQuery(company: stale.account.company.id)
            #expect(await refusal { try await registry.namedAuditLog(query, by: stale) } == nil)
            _ = try await irina.ask(.patch, "/v1/users/\(id)", ["blocked": true])
            #expect(await refusal { try await registry.namedAuditLog(query, by: stale) } == .notSignedIn)
        }
    }

    @Test func rightsThatAreTakenMeanwhileDeleteNothing() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let rights = ["api-keys:create", "api-keys:read", "api-keys:delete", "users:read"]
            let role = try #require(
                try await irina.ask(.post, "/v1/roles", ["name": "R", "permissions": rights])["id"])
            let (mal, _) = try await irina.colleague("mal@example.com", role)
            let own = try #require(ID<Key>(try await mal.createKey("Own").id))
            let irinas = try #require(ID<Key>(try await irina.createKey("Irina's").id))
            let registry = node.node.registry
            let person = try await caller(mal, node)
            let found = try await registry.caller(
                with: own, subset: nil, owner: person.account.user.id,
                on: Occasion(at: node.clock.now, address: "test"))
            let program = try #require(found)
            _ = try await irina.ask(.patch, "/v1/roles/\(role)", ["permissions": ["api-keys:delete"]])
            #expect(await refusal { try await registry.deleteCompanyKeys([irinas], by: person) } == .missingPermission)
            _ = try await irina.ask(.patch, "/v1/roles/\(role)", ["permissions": []])
            #expect(await refusal { try await registry.deleteKeys(.all, by: program) } == .missingPermission)
            #expect(await refusal { try await registry.confirmKey(own, by: program) } == .missingPermission)
        }
    }

    @Test func aKeyThatIsDeletedMeanwhileMakesNoOther() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let (id, _) = try await irina.createKey("Maker")
            let owner = try await caller(irina, node).account.user.id
            let found = try await node.node.registry.caller(
                with: try #require(ID<Key>(id)), subset: nil, owner: owner,
                on: Occasion(at: node.clock.now, address: "test"))
            let stale = try #require(found)
            _ = try await irina.ask(.delete, "/v1/keys/\(id)")
            let code = await refusal { try await node.node.registry.createKey(KeyForm(name: "Late"), by: stale) }
            #expect(code == .notSignedIn)
        }
    }

    @Test func noLogInWithTheOldPasswordSurvivesAPasswordChange() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let me = try await caller(irina, node)
            let tokens = try await withThrowingTaskGroup(of: Visitor?.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let answer = try await Visitor(client: client).ask(
                            .post, "/v1/session", ["email": "irina@example.com", "password": "a quiet garden"])
                        return answer.status == 201 ? Visitor(client: client).with(cookieOf: answer) : nil
                    }
                }
                group.addTask {
                    _ = try await node.node.registry.changePassword(
                        from: "a quiet garden", to: "another garden", by: me)
                    return nil
                }
                return try await group.reduce(into: [Visitor]()) { list, visitor in
                    if let visitor { list.append(visitor) }
                }
            }
            for visitor in tokens + [irina] { #expect(try await visitor.ask(.get, "/v1/me").status == 401) }
        }
    }
}
