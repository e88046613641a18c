/// A browser that is logged in. Only the digest of its token is stored.
package struct Session: Hashable, Sendable {
    package static let idleLimit = Duration.days(14)
    package static let absoluteLimit = Duration.days(90)
    /// How stale "last seen" may become before it is written: a page view should not cost a commit.
    package static let seenPrecision = Duration.minutes(60)

    package let digest: Digest
    package let user: ID<User>
    package let createdAt: Timestamp
    package let seenAt: Timestamp

    package init(digest: Digest, user: ID<User>, createdAt: Timestamp, seenAt: Timestamp) {
        self.digest = digest
        self.user = user
        self.createdAt = createdAt
        self.seenAt = seenAt
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
