import KeyCore

/// A key as the API shows it.
struct KeyJSON: Encodable {
    let key: Key
    /// The key itself: only in the answer that created it.
    var secret: Secret?
    let status: Key.Status
    let permissions: [String]

    init(_ key: Key, secret: Secret? = nil, caller: Caller, platform: Platform) {
        self.key = key
        self.secret = secret
        status = key.status(at: caller.occasion.at)
        permissions = platform.names(of: key.permissions(of: caller.account.permissions))
    }

    private enum Member: String, CodingKey {
        case id, name, key, last4, status, permissions
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        case expiresOn = "expires_on"
        case lastUsedAt = "last_used_at"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode("\(key.id)", forKey: .id)
        try members.encode(key.name.text, forKey: .name)
        try members.encodeIfPresent(secret?.revealed, forKey: .key)
        try members.encode(key.last4, forKey: .last4)
        try members.encode(status.rawValue, forKey: .status)
        try members.encode(key.createdAt.rfc3339, forKey: .createdAt)
        try members.encode(key.expiry.end.rfc3339, forKey: .expiresAt)
        try members.encode("\(key.expiry.day)", forKey: .expiresOn)
        // Present even when null: "never used" is an answer.
        try members.encode(key.lastUsedAt?.rfc3339, forKey: .lastUsedAt)
        try members.encode(permissions, forKey: .permissions)
    }
}

struct KeyListJSON: Encodable {
    let keys: [KeyJSON]
    let total: Int
    let nextCursor: String?

    private enum Member: String, CodingKey {
        case keys, total
        case nextCursor = "next_cursor"
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(keys, forKey: .keys)
        try members.encode(total, forKey: .total)
        try members.encode(nextCursor, forKey: .nextCursor)
    }
}

/// What a deletion did, and how far it had travelled when it was answered.
struct DeletionJSON: Encodable {
    struct Nodes: Encodable {
        let acknowledged: Int
        let fenced: Int
    }

    let deleted: Int
    let nodes: Nodes
    let waitedMilliseconds: Double

    init(_ deletion: Deletion) {
        deleted = deletion.deleted
        nodes = Nodes(
            acknowledged: deletion.settlement.acknowledged, fenced: deletion.settlement.fenced)
        let microseconds = deletion.settlement.waited / .microseconds(1)
        waitedMilliseconds = microseconds.rounded() / 1000
    }

    enum CodingKeys: String, CodingKey {
        case deleted, nodes
        case waitedMilliseconds = "waited_ms"
    }
}
