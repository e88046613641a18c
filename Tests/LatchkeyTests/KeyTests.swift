import Foundation
import HTTPTypes
import KeyCore
import Testing

@testable import latchkey

@Suite struct KeyTests {
    @Test func onlyTheAnswerThatCreatesAKeyHoldsIt() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (id, key) = try await irina.createKey("Nightly import")
            for path in ["/v1/keys", "/v1/keys/\(id)", "/v1/me"] {
                #expect(try await irina.ask(.get, path).text.contains(key) == false)
            }
        }
    }

    @Test func aKeyThatWasNotConfirmedDoesNotWorkAndCanBeConfirmedForADay() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let (id, key) = try await irina.createKey("First", ["await_confirmation": true])
            let (late, _) = try await irina.createKey("Second", ["await_confirmation": true])
            #expect(try await irina.with(key: key).ask(.get, "/v1/verify").code == "not_copied")
            #expect(try await irina.ask(.get, "/v1/keys/\(id)")["status"] == "not_copied")
            #expect(try await irina.ask(.post, "/v1/keys/\(id)/confirm")["status"] == "active")
            #expect(try await irina.with(key: key).ask(.get, "/v1/verify").status == 200)
            #expect(try await irina.ask(.post, "/v1/keys/\(id)/confirm").status == 200)
            node.clock.advance(by: .days(1))
            #expect(try await irina.ask(.post, "/v1/keys/\(late)/confirm").code == "confirmation_too_late")
            #expect(try await irina.ask(.delete, "/v1/keys/\(late)").status == 200)
        }
    }

    @Test func aKeyNeverMakesAKeyWithMoreRightsThanItsOwn() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (_, narrow) = try await irina.createKey(
                "Maker", ["permissions": ["api-keys:create", "devices:read"]])
            let maker = irina.with(key: narrow)
            let asked = try await maker.ask(
                .post, "/v1/keys", ["name": "Wide", "permissions": ["devices:delete"]])
            #expect(asked.code == "permission_not_held")
            let made = try await maker.ask(.post, "/v1/keys", ["name": "Same"])
            #expect(made.json["permissions"] as? [String] == ["devices:read", "api-keys:create"])
            let verified = try await maker.with(key: try #require(made["key"]))
                .ask(.get, "/v1/verify?permission=devices:delete")
            #expect(verified.code == "missing_permission")
        }
    }

    @Test func aProgramNeedsTheRightForWhatAPersonMayAlwaysDo() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (id, key) = try await irina.createKey("Reader", ["permissions": ["devices:read"]])
            let program = irina.with(key: key)
            #expect(try await program.ask(.get, "/v1/me").status == 200)
            for answer in [
                try await program.ask(.get, "/v1/keys"),
                try await program.ask(.delete, "/v1/keys/\(id)"),
                try await program.ask(.post, "/v1/keys", ["name": "Another"]),
            ] {
                #expect(answer.status == 403)
                #expect(answer.code == "missing_permission")
            }
        }
    }

    @Test func anotherUsersKeyIsLikeOneThatDoesNotExist() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let boris = try await Visitor.registered(client, email: "boris@example.com")
            let (id, _) = try await irina.createKey("Nightly import")
            for target in ["/v1/keys/\(id)", "/v1/keys/key_0000000000001", "/v1/keys/nonsense"] {
                #expect(try await boris.ask(.get, target).status == 404)
                #expect(try await boris.ask(.delete, target).text == (try await boris.ask(.get, target)).text)
            }
            #expect(try await boris.ask(.post, "/v1/keys/delete", ["ids": [id]]).status == 404)
            #expect(try await irina.ask(.get, "/v1/keys/\(id)").status == 200)
        }
    }

    @Test func deletingAllSaysHowManyAndAcceptsThatThereAreNone() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (_, key) = try await irina.createKey("One")
            _ = try await irina.createKey("Two")
            #expect(try await irina.ask(.post, "/v1/keys/delete", ["all": true]).json["deleted"] as? Int == 2)
            #expect(try await irina.with(key: key).ask(.get, "/v1/verify").code == "deleted")
            #expect(try await irina.ask(.post, "/v1/keys/delete", ["all": true]).json["deleted"] as? Int == 0)
            for body: [String: Any] in [[:], ["all": false], ["all": true, "ids": ["x"]]] {
                #expect(try await irina.ask(.post, "/v1/keys/delete", body).status == 422)
            }
        }
    }

    @Test func aCursorWalksTheWholeListOnceWhileKeysComeAndGo() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            for number in 0..<25 { _ = try await irina.createKey("Key \(number)") }
            var seen: [String] = []
            var path = "/v1/keys?limit=10&sort=name"
            while true {
                let page = try await irina.ask(.get, path)
                let keys = try #require(page.json["keys"] as? [[String: Any]])
                seen += keys.compactMap { $0["name"] as? String }
                if seen.count == 10 {
                    _ = try await irina.ask(.delete, "/v1/keys/\(try #require(keys[0]["id"] as? String))")
                }
                guard let next = page["next_cursor"] else { break }
                path = "/v1/keys?limit=10&sort=name&cursor=\(next)"
            }
            #expect(seen == (0..<25).map { "Key \($0)" }.sorted())
        }
    }

    @Test(arguments: [
        "status=gone", "sort=colour", "sort=--name", "limit=0", "limit=101", "limit=x", "cursor=x",
        "cursor=a2V5IHggeQ",
    ])
    func aQueryThatCannotBeIsRefusedWithItsName(query: String) async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let answer = try await irina.ask(.get, "/v1/keys?\(query)")
            #expect(answer.status == 422)
            #expect(answer.fields == [String(query.prefix { $0 != "=" })])
        }
    }
}
