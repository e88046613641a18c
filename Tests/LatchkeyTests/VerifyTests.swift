import Foundation
import HTTPTypes
import KeyCore
import SQLiteStore
import Testing

@testable import latchkey

@Suite struct VerifyTests {
    @Test func anAcceptedKeyTellsWhoCallsAndWhatTheyMayDo() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (id, key) = try await irina.createKey("Nightly import")
            let answer = try await irina.with(key: key).ask(.get, "/v1/verify?permission=devices:read")
            #expect(answer.status == 200)
            #expect(answer.json["valid"] as? Bool == true)
            #expect(answer["role"] == "Administrator")
            #expect(answer.headers[HTTPField.Name("X-Latchkey-Key")!] == id)
            #expect(answer.headers[HTTPField.Name("X-Latchkey-Permissions")!]?.contains("devices:read") == true)
            #expect(answer.headers[.cacheControl] == "no-store")
        }
    }

    @Test func aKeyWorksThroughItsLastDayInTheOwnersTimeZoneAndNotAMillisecondLonger() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client, timeZone: "Europe/Moscow")
            let (_, key) = try await irina.createKey("Today", ["expires_on": "2026-11-22"])
            // Midnight in Moscow is 21:00 UTC.
            let end = HandClock.noon.advanced(by: .seconds(9 * 3600))
            node.clock.set(end.advanced(by: .milliseconds(-1)))
            #expect(try await irina.with(key: key).ask(.get, "/v1/verify").status == 200)
            node.clock.set(end)
            let refused = try await irina.with(key: key).ask(.get, "/v1/verify")
            #expect(refused.status == 401)
            #expect(refused.code == "expired")
        }
    }

    @Test func aDeletedKeyIsRefusedOnceTheDeleteHasAnswered() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            for round in 0..<20 {
                let (id, key) = try await irina.createKey("Round \(round)")
                #expect(try await irina.with(key: key).ask(.get, "/v1/verify").status == 200)
                let deletion = try await irina.ask(.delete, "/v1/keys/\(id)")
                #expect((deletion.json["nodes"] as? [String: Int]) == ["acknowledged": 1, "fenced": 0])
                #expect(try await irina.with(key: key).ask(.get, "/v1/verify").code == "deleted")
            }
        }
    }

    @Test func aKeyThatAnotherProcessDeletedIsRefusedAtTheNextVerify() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            // Another opening of the same file stands for the command line: it shares nothing but the files.
            let other = try SQLiteStore.open(path: node.path, platform: .smartPlayer, mode: .existing)
            for round in 0..<20 {
                let (id, key) = try await irina.createKey("Round \(round)")
                #expect(try await irina.with(key: key).ask(.get, "/v1/verify").status == 200)
                let keyID = try #require(ID<Key>(id))
                try await other.write { transaction throws(StoreError) in
                    guard let found = try transaction.key(keyID) else { throw .unavailable("no key") }
                    _ = try transaction.deleteKeys([keyID], of: found.owner, at: HandClock.noon)
                    _ = try transaction.note([.key(keyID)])
                }
                #expect(try await irina.with(key: key).ask(.get, "/v1/verify").code == "deleted")
            }
            try other.close()
        }
    }

    @Test func aNodeThatCannotReadTheLatestChangesSaysNotCurrentAndNeverYes() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let (_, key) = try await irina.createKey("Nightly import")
            let other = try SQLiteStore.open(path: node.path, platform: .smartPlayer, mode: .existing)
            try node.store.close()
            // The index is full and the change mark has not moved: the node still knows all there is to know.
            #expect(try await irina.with(key: key).ask(.get, "/v1/verify").status == 200)
            #expect(try await Visitor(client: client).ask(.get, "/readyz").status == 200)
            try await other.write { transaction throws(StoreError) in
                _ = try transaction.note([.user(ID(rawValue: 1))])
            }
            let answer = try await irina.with(key: key).ask(.get, "/v1/verify")
            #expect(answer.status == 503)
            #expect(answer.code == "not_current")
            #expect(try await Visitor(client: client).ask(.get, "/readyz").status == 503)
            try other.close()
        }
    }

    @Test func manyWhoCreateAndVerifyAtOnceAreAllAnswered() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<8 {
                    group.addTask {
                        for round in 0..<20 {
                            let (_, key) = try await irina.createKey("Lane \(lane), round \(round)")
                            #expect(try await irina.with(key: key).ask(.get, "/v1/verify").status == 200)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func aBlockedOwnersKeysAreRefusedAtOnce() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let (_, key) = try await irina.createKey("Nightly import")
            let occasion = Occasion(at: HandClock.noon, address: "cli")
            let caller = try await node.node.registry.commandLine(for: "irina@example.com", on: occasion)
            _ = try await node.node.registry.block(caller)
            #expect(try await irina.with(key: key).ask(.get, "/v1/verify").code == "owner_blocked")
            #expect(try await irina.ask(.get, "/v1/me").status == 401)
        }
    }

    @Test func aKeyIsNeverReadFromTheURL() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (_, key) = try await irina.createKey("Nightly import")
            let answer = try await Visitor(client: client).ask(.get, "/v1/verify?key=\(key)&api_key=\(key)")
            #expect(answer.code == "missing")
        }
    }

    @Test func twoAuthorizationHeadersAreRefusedEvenWhenOneIsGood() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (_, key) = try await irina.createKey("Nightly import")
            var visitor = Visitor(client: client)
            visitor.headers.append(HTTPField(name: .authorization, value: "Bearer \(key)"))
            visitor.headers.append(HTTPField(name: .authorization, value: "Bearer \(key)"))
            #expect(try await visitor.ask(.get, "/v1/verify").code == "malformed")
        }
    }

    @Test(arguments: ["nothing:read", "devices:fly", "", "devices:read&permission=content:read"])
    func aPermissionThatNoKeyCanHaveIsRefused(permission: String) async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (_, key) = try await irina.createKey("Nightly import")
            let answer = try await irina.with(key: key).ask(.get, "/v1/verify?permission=\(permission)")
            #expect(answer.status == 403)
            #expect(answer.code == "missing_permission")
            // What is wrong with the key itself comes first.
            let missing = try await Visitor(client: client).ask(.get, "/v1/verify?permission=\(permission)")
            #expect(missing.code == "missing")
        }
    }

    @Test func aRefusalSetsEveryIdentityHeaderEmptySoThatAForgedOneNeverPasses() async throws {
        try await TestNode.run { _, client in
            let answer = try await Visitor(client: client).ask(.get, "/v1/verify")
            #expect(answer.status == 401)
            for name in ["Key", "User", "Company", "Permissions", "Expires"] {
                #expect(answer.headers[HTTPField.Name("X-Latchkey-\(name)")!] == "")
            }
        }
    }

    @Test func aUseIsWrittenByTheTallyAndNeverLostToAFailedWrite() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let (id, key) = try await irina.createKey("Nightly import")
            node.clock.advance(by: .seconds(60))
            _ = try await irina.with(key: key).ask(.get, "/v1/verify")
            #expect(node.node.tally.waiting == 1)
            await node.node.tally.flush()
            #expect(node.node.tally.waiting == 0)
            #expect(try await irina.ask(.get, "/v1/keys/\(id)")["last_used_at"] == "2026-11-22T12:01:00.000Z")
            _ = try await irina.with(key: key).ask(.get, "/v1/verify")
            try node.store.close()
            await node.node.tally.flush()
            #expect(node.node.tally.waiting == 1)
        }
    }
}
