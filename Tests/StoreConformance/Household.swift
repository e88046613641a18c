import KeyCore

/// A company with two roles and one user, as registering makes it: what most guarantees begin with.
struct Household: Sendable {
    /// 15 January 2026, 12:00 UTC.
    static let noon = Timestamp(milliseconds: 1_768_478_400_000)
    static let passwordHash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"

    let company: Company
    let administrator: Role
    let viewer: Role
    let user: User

    init(name: String = "Ada Lovelace", email: String = "ada@engine.example") {
        company = Company(id: .random(), name: "Analytical Engines", createdAt: Household.noon)
        let platform = Platform.smartPlayer
        administrator = Role(
            id: .random(), company: company.id, name: "Administrator", template: Platform.administratorRole,
            permissions: platform.allPermissions)
        viewer = Role(
            id: .random(), company: company.id, name: "Viewer", template: "viewer",
            permissions: platform.rights("devices:read", "reports:read"))
        user = User(
            id: .random(), company: company.id, role: administrator.id, name: name,
            email: EmailAddress(stored: email), language: .russian, timeZone: UserTimeZone(stored: "Europe/Moscow"),
            createdAt: Household.noon)
    }

    /// Another person of the same company.
    func colleague(_ name: String, email: String) -> User {
        User(
            id: .random(), company: company.id, role: viewer.id, name: name, email: EmailAddress(stored: email),
            language: .english, timeZone: .utc, createdAt: Household.noon)
    }

    /// A confirmed key of a year; the list's columns can each be set apart.
    func key(
        _ name: String, last4: String = "Ab3x", createdAt: Timestamp = noon, days: Int = 365,
        confirmed: Bool = true, subset: PermissionSet? = nil, granted: PermissionSet? = nil,
        owner: ID<User>? = nil
    ) -> Key {
        let end = createdAt.advanced(by: .days(days))
        return Key(
            id: .random(), owner: owner ?? user.id, name: KeyName(stored: name), last4: last4, createdAt: createdAt,
            expiry: Expiry(day: Day(end, in: .gmt), end: end), confirmedAt: confirmed ? createdAt : nil,
            subset: subset, granted: granted)
    }
}

extension Platform {
    func rights(_ names: String...) -> PermissionSet {
        PermissionSet(names.compactMap { permission($0) })
    }
}

extension Digest {
    /// Of a secret that was never shown.
    static func random() -> Digest { Secret.generate(prefix: "sp").digest }
}

extension Store {
    /// Writes a household, its user included.
    func settle(_ household: Household) async throws {
        try await write { transaction throws(StoreError) in
            try transaction.insert(household.company)
            try transaction.insert(household.administrator)
            try transaction.insert(household.viewer)
            try transaction.insert(household.user, passwordHash: Household.passwordHash)
        }
    }

    func settled(_ household: Household = Household()) async throws -> Household {
        try await settle(household)
        return household
    }

    func insert(_ user: User) async throws {
        try await write { transaction throws(StoreError) in
            try transaction.insert(user, passwordHash: Household.passwordHash)
        }
    }

    func insert(_ keys: [Key]) async throws {
        try await write { transaction throws(StoreError) in
            for key in keys { try transaction.insert(key, digest: .random()) }
        }
    }

    func insert(_ key: Key) async throws {
        try await insert([key])
    }

    func key(_ id: ID<Key>) async throws -> Key? {
        try await read { transaction throws(StoreError) in try transaction.key(id) }
    }

    func keys(_ query: KeyQuery) async throws -> KeyPage {
        try await read { transaction throws(StoreError) in try transaction.keys(query) }
    }

    func account(_ id: ID<User>) async throws -> Account? {
        try await read { transaction throws(StoreError) in try transaction.account(id) }
    }

    func delete(_ ids: [ID<Key>], of owner: ID<User>, at now: Timestamp) async throws -> [ID<Key>] {
        try await write { transaction throws(StoreError) in
            try transaction.deleteKeys(ids, of: owner, at: now)
        }
    }

    func recordUses(_ uses: [ID<Key>: Timestamp]) async throws {
        try await recordUses(uses.mapValues { KeyUse(last: $0) })
    }

    func recordUses(_ uses: [ID<Key>: KeyUse]) async throws {
        try await write { transaction throws(StoreError) in try transaction.recordUses(uses) }
    }

    func note(_ changes: [Change]) async throws -> Revision {
        try await write { transaction throws(StoreError) in try transaction.note(changes) }
    }

    func revision() async throws -> Revision {
        try await read { transaction throws(StoreError) in try transaction.revision() }
    }
}

/// What a call to a store throws, if it does.
func storeError<Value>(_ body: () async throws -> Value) async -> StoreError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? StoreError ?? .unavailable("not a store's error: \(error)")
    }
}
