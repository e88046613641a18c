import KeyCore

/// The keys that are asked about: those of `Benchmarks/verify`, a hundred people with eighteen permissions each.
struct Keys {
    /// So many are asked about in turn.
    static let asked = 10_000
    private static let people = 100
    private static let permissions = 18

    let now: Timestamp
    let secrets: [Secret]
    let grants: [Grant]
    let owners: [Owner]

    /// - Parameter count: how many keys there are. All but those that are asked about are digests that no key has.
    init(_ count: Int, platform: Platform, now: Timestamp) {
        let owners = (0..<Keys.people).map { number in
            Owner(
                user: ID(rawValue: Int64(number + 1)), name: "Person \(number)", company: ID(rawValue: 7),
                companyName: "Northern Lights", role: "Operator",
                permissions: PermissionSet(platform.permissions.prefix(Keys.permissions)), isBlocked: false)
        }
        let secrets = (0..<min(count, Keys.asked)).map { _ in Secret.generate(prefix: platform.keyPrefix) }
        grants = (0..<count).map { number in
            Grant(
                key: .random(),
                digest: number < secrets.count ? secrets[number].digest : Digest(of: Array("\(number)".utf8)),
                owner: owners[number % owners.count].user, name: "Key \(number)",
                createdAt: now, expiresAt: Timestamp(milliseconds: now.milliseconds + 86_400_000), state: .confirmed,
                subset: nil)
        }
        (self.now, self.secrets, self.owners) = (now, secrets, owners)
    }
}
