/// A browser that is logged in. Only the digest of its token is stored.
package struct Session: Identified, Hashable, Sendable {
    package static let idPrefix = "ses"
    package static let idleLimit = Duration.days(14)
    package static let absoluteLimit = Duration.days(90)
    /// How stale "last seen" may become before it is written: a page view should not cost a commit.
    package static let seenPrecision = Duration.minutes(60)

    package let digest: Digest
    package let user: ID<User>
    package let createdAt: Timestamp
    package let seenAt: Timestamp
    /// Where it began; `nil` for sessions that are older than this knowledge.
    package let address: String?
    /// What the browser called itself when it began.
    package let agent: String?

    package init(
        digest: Digest, user: ID<User>, createdAt: Timestamp, seenAt: Timestamp, address: String? = nil,
        agent: String? = nil
    ) {
        self.digest = digest
        self.user = user
        self.createdAt = createdAt
        self.seenAt = seenAt
        self.address = address
        self.agent = agent
    }

    /// What others may call it: the first 63 bits of its digest's own digest, from which nothing leads back to the
    /// digest that is looked for in the store.
    package var id: ID<Session> {
        ID(rawValue: Int64(UInt64(bigEndian: Digest(of: digest.bytes).words.0) >> 1))
    }

    package func isLive(at now: Timestamp) -> Bool {
        now.since(seenAt) < Session.idleLimit && now.since(createdAt) < Session.absoluteLimit
    }
}

/// What a logged-in browser holds in its cookie: 190 random bits.
package struct SessionToken: Sendable {
    private static let length = 32

    package let text: String

    package static func generate() -> SessionToken {
        SessionToken(text: String(decoding: Base62.random(length), as: UTF8.self))
    }

    private init(text: String) {
        self.text = text
    }

    /// Reads a cookie's value; `nil` when it cannot be a token.
    package init?(cookie: String) {
        guard cookie.utf8.count == SessionToken.length, cookie.utf8.allSatisfy(Base62.isDigit) else { return nil }
        text = cookie
    }

    package var digest: Digest { Digest(of: Array(text.utf8)) }
}

extension SessionToken: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "SessionToken(…)" }
    package var debugDescription: String { description }
}
