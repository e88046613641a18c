import Gateway
import KeyCore

/// The keys that a node of the fuzzer knows, one of each kind that an answer tells apart. Their texts stand in the
/// corpus and in `lane.dict`: a checksum cannot be guessed.
enum Keys {
    /// Sunday, 22 November 2026, 12:00 UTC.
    static let now = Timestamp(milliseconds: 1_795_348_800_000)

    /// With a place for everything that a path may be.
    static let platform: Platform = {
        var platform = Platform.smartPlayer
        let routes = [
            ("GET", "/api/devices/*/logs", "reports:read"), ("*", "/api/devices/*/logs", "reports:update"),
            ("POST", "/", nil), ("*", "/files/**", "content:read"), ("GET", "/files/*", nil),
        ]
        for (method, pattern, permission) in routes {
            let route = Route(method: method, pattern: pattern, permission: permission.flatMap(platform.permission))
            guard (try? platform.routes.add(route)) != nil else { fatalError("\(pattern) cannot be a rule.") }
        }
        return platform
    }()

    static let content: GrantIndex.Content = {
        var content = GrantIndex.Content(revision: Revision(number: 1))
        content.set(ada)
        content.set(boris)
        let reads = PermissionSet(["devices:read", "reports:read"].compactMap { platform.permission($0) })
        content.set(grant("sp_plain00000000000000000000000004FdN6m", "Nightly import", number: 1))
        content.set(grant("sp_escape0000000000000000000000000vxatL", "Quote \" and \\ and \u{1} and Ключ 🔑", number: 2))
        content.set(grant("sp_subset0000000000000000000000001EUBm3", "Reads", subset: reads, number: 3))
        content.set(grant("sp_deleted000000000000000000000001wNuCy", "Deleted", state: .deleted, number: 4))
        content.set(grant("sp_notcopied0000000000000000000002Dq1bg", "Not copied", state: .notCopied, number: 5))
        content.set(grant("sp_expired000000000000000000000003cxFoa", "Expired", end: now, number: 6))
        content.set(grant("sp_blocked000000000000000000000003MUhiK", "Of Boris", owner: boris, number: 7))
        // An owner of whom nobody has told.
        content.set(grant("sp_orphan0000000000000000000000004QJr5R", "Of nobody", owner: nobody, number: 8))
        return content
    }()

    private static let ada = owner("Ada \"Countess\" Lovelace", number: 1)
    private static let boris = owner("Борис", number: 2, isBlocked: true)
    private static let nobody = owner("", number: 3)

    private static func owner(_ name: String, number: Int64, isBlocked: Bool = false) -> Owner {
        Owner(
            user: ID(rawValue: number), name: name, company: ID(rawValue: 7), companyName: "Двигатели & Ко",
            role: "Editor \\ Viewer",
            permissions: PermissionSet(platform.permissions.prefix(20)), isBlocked: isBlocked)
    }

    private static func grant(
        _ key: String, _ name: String, owner: Owner = ada, end: Timestamp = now.advanced(by: .seconds(3600)),
        state: Grant.State = .confirmed, subset: PermissionSet? = nil, number: Int64
    ) -> Grant {
        guard let secret = Secret.parse(key.utf8, prefix: platform.keyPrefix) else { fatalError("\(key) is no key.") }
        return Grant(
            key: ID(rawValue: number), digest: secret.digest, owner: owner.user, name: name, createdAt: now,
            expiresAt: end, state: state, subset: subset)
    }
}
