import Foundation
import Gateway
import KeyCore
import Logging
import NIOCore
import SQLiteStore
import Web

/// A node without its server: the lane and all that it asks, on an index of so many keys.
struct Bench {
    let keys: Keys
    let index = GrantIndex()
    let stages: LaneStages
    private let store: SQLiteStore
    private let folder: URL

    init(keys count: Int, platform: Platform) throws {
        keys = Keys(count, platform: platform, now: .now)
        folder = FileManager.default.temporaryDirectory.appending(path: "latchkey-micro-\(UUID())")
        store = try SQLiteStore.open(path: folder.appending(path: "latchkey.sqlite").path, platform: platform)
        let logger = Logger(label: "micro")
        let follower = store.following.follower(
            of: store, index: index, terms: NodeTerms(name: "micro"), logger: logger)
        let verifier = Verifier(
            platform: platform, index: index, follower: follower,
            refusals: RefusalTally(store: store, logger: logger), now: { .now })
        stages = LaneStages(
            FastLane(
                platform: platform, verifier: verifier, security: SecurityHeaders(isSecure: false),
                clientAddress: ClientAddress(trustedProxies: [])))
        var content = GrantIndex.Content(revision: Revision(number: 1))
        for owner in keys.owners { content.set(owner) }
        for grant in keys.grants { content.set(grant) }
        index.load(content)
    }

    func end() throws {
        try store.close()
        try FileManager.default.removeItem(at: folder)
    }

    /// Reads that hold one request each, or several.
    func reads(of requests: Int = 1, _ target: String = "/v1/verify", _ headers: [String] = []) -> [ByteBuffer] {
        keys.secrets.indices.map { first in
            let heads = (first..<first + requests).map { number in
                head(target, headers + ["Authorization: Bearer \(keys.secrets[number % keys.secrets.count].revealed)"])
            }
            return ByteBuffer(string: heads.joined())
        }
    }

    private func head(_ target: String, _ headers: [String]) -> String {
        (["GET \(target) HTTP/1.1", "Host: 127.0.0.1:8080"] + headers + ["", ""]).joined(separator: "\r\n")
    }
}

extension Timestamp {
    /// As `latchkey serve` reads it.
    static var now: Timestamp { Timestamp(Date()) }
}
