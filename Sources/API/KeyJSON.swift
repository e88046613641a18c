import KeyCore

/// A key as the API shows it.
struct KeyJSON: Encodable {
    let key: Key
    /// The key itself: only in the answer that created it.
    var secret: Secret?
    /// Whose key it is: only where keys of several people are listed.
    let owner: Account?
    let status: Key.Status
    let permissions: [String]
    /// What it could do when it was made, and cannot now.
    let lostPermissions: [String]

    /// A key of the caller's own.
    init(_ key: Key, secret: Secret? = nil, caller: Caller, platform: Platform) {
        self.init(key, secret: secret, owner: caller.account, showsOwner: false, now: caller.occasion.at, platform)
    }

    init(
        _ key: Key, secret: Secret? = nil, owner: Account, showsOwner: Bool, now: Timestamp, _ platform: Platform
    ) {
        self.key = key
        self.secret = secret
        self.owner = showsOwner ? owner : nil
        status = key.status(at: now)
        permissions = platform.names(of: key.permissions(of: owner.permissions))
        lostPermissions = platform.names(of: key.lost(of: owner.permissions))
    }

    private enum Member: String, CodingKey {
        case id, name, key, last4, status, permissions, user
        case createdAt = "created_at"
        case expiresAt = "expires_at"
        case expiresOn = "expires_on"
        case lastUsedAt = "last_used_at"
        case firstUse = "first_use"
        case lostPermissions = "lost_permissions"
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
        try members.encode(key.firstUse.map(FirstUseJSON.init), forKey: .firstUse)
        try members.encode(permissions, forKey: .permissions)
        try members.encode(lostPermissions, forKey: .lostPermissions)
        if let owner {
            try members.encode(["id": "\(owner.user.id)", "name": owner.user.name], forKey: .user)
        }
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
