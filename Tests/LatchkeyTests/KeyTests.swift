import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
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

    @Test func aKeyNeverMakesAKeyThatOutlivesIt() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (id, key) = try await irina.createKey("Maker", ["expires_on": "2026-12-01"])
            let maker = irina.with(key: key)
            let later = try await maker.ask(.post, "/v1/keys", ["name": "Later", "expires_on": "2026-12-02"])
            #expect(later.code == "expires_too_late")
            let made = try await maker.ask(.post, "/v1/keys", ["name": "Same"])
            #expect(made["expires_on"] == "2026-12-01")
            let events = try await irina.ask(.get, "/v1/audit").json["events"] as? [[String: Any]]
            #expect(events?.first?["after"] as? String == "Same")
            #expect(events?.first?["key"] as? String == id)
        }
    }

    @Test func aPlusInTheQueryIsASpaceAsFormsWriteIt() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            _ = try await irina.createKey("Nightly import")
            for query in ["Nightly+import", "nightly%20IMPORT"] {
                #expect(try await irina.ask(.get, "/v1/keys?query=\(query)").json["total"] as? Int == 1)
            }
        }
    }

    @Test(arguments: [8, 500, 30_000])
    func aDeeplyNestedOrVeryLongBodyIsRefusedBeforeItIsDecoded(depth: Int) async throws {
        try await TestNode.run { _, client in
            let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            for text in ["{\"email\":\(nested)}", "{\"email\":[\(String(repeating: "1,", count: depth * 2))1]}"] {
                let answer = try await client.execute(
                    uri: "/v1/session", method: .post, headers: [.contentType: "application/json"],
                    body: ByteBuffer(string: text)
                ) { response in
                    Answer(
                        status: response.status.code, headers: response.headers, text: String(buffer: response.body))
                }
                #expect([400, 413, 422].contains(answer.status))
                if depth == 500, text.contains("[[") { #expect(answer.code == "malformed_json") }
            }
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
