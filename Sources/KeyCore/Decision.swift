/// What a request needs of the key that comes with it.
package enum Requirement: Hashable, Sendable {
    case validKey
    case permission(Permission)
    /// Nothing that a key could open, whatever its rights. What is wrong with the key itself comes first.
    case refused(Decision.Reason)
}

/// Whether a key opens what was asked for.
package enum Decision: Hashable, Sendable {
    case accepted(Acceptance)
    case refused(Reason)

    package struct Acceptance: Hashable, Sendable {
        package let grant: Grant
        package let owner: Owner
        /// What the key may do: the owner's rights AND the key's subset, as they are now.
        package let permissions: PermissionSet
        /// The time since this node was last proved current, where it answers without that proof because it was
        /// told to; `nil` otherwise.
        package var stale: Duration?
    }

    /// The stable codes of a refused key. Never renamed: gateways and clients compare them.
    package enum Reason: Hashable, Sendable {
        case missing, malformed, unknown, deleted, expired, notCopied, ownerBlocked
        case missingPermission(Permission)
        /// The request asks for a permission that the platform does not have, so that no key can have it.
        case unknownPermission(String)
        /// The path could be read in two ways; the text says why.
        case pathRefused(String)
        /// No rule of the platform names the method and path, and it refuses what is not named.
        case noRoute
        /// This node cannot prove that it knows the latest deletions.
        case notCurrent
    }
}

extension Decision.Reason {
    package var code: String {
        switch self {
        case .missing: "missing"
        case .malformed: "malformed"
        case .unknown: "unknown"
        case .deleted: "deleted"
        case .expired: "expired"
        case .notCopied: "not_copied"
        case .ownerBlocked: "owner_blocked"
        case .missingPermission, .unknownPermission: "missing_permission"
        case .pathRefused: "path_refused"
        case .noRoute: "no_route"
        case .notCurrent: "not_current"
        }
    }
}

/// Whether a key opens what was asked for, before anybody looks up what its key and its owner are called.
package enum Ruling: Hashable, Sendable {
    /// With what the key may do: the owner's rights AND the key's subset, as they are now.
    case accepted(PermissionSet)
    case refused(Decision.Reason)
}

/// The rule of a key, pure: who holds it, what they may do now, and what the clock says.
package func decide(_ key: Grant.Terms, _ owner: Owner, _ requirement: Requirement, now: Timestamp) -> Ruling {
    switch key.state {
    case .deleted: return .refused(.deleted)
    case .notCopied: return .refused(.notCopied)
    case .confirmed: break
    }
    if now >= key.expiresAt { return .refused(.expired) }
    if owner.isBlocked { return .refused(.ownerBlocked) }
    let permissions = key.subset.map(owner.permissions.intersection) ?? owner.permissions
    switch requirement {
    case .validKey: break
    case .permission(let needed): if !permissions.contains(needed) { return .refused(.missingPermission(needed)) }
    case .refused(let reason): return .refused(reason)
    }
    return .accepted(permissions)
}

/// The same with all that an answer tells of the key and its owner.
///
/// - Parameters:
///   - grant: what the index holds for the key's digest; `nil` is final, since the index holds every key.
///   - owner: the owner of that grant.
package func decide(grant: Grant?, owner: Owner?, _ requirement: Requirement, now: Timestamp) -> Decision {
    guard let grant, let owner else { return .refused(.unknown) }
    return switch decide(grant.terms, owner, requirement, now: now) {
    case .refused(let reason): .refused(reason)
    case .accepted(let permissions):
        .accepted(Decision.Acceptance(grant: grant, owner: owner, permissions: permissions))
    }
}

/// Decides about keys that requests present.
package protocol KeyVerifier: Sendable {
    /// Accepts nothing whose deletion was acknowledged before the call; `notCurrent` where that cannot be known.
    ///
    /// - Parameter attempt: where the key was tried; asked for only when it is refused, for its owner to see.
    func decide(
        _ secret: Secret, _ requirement: Requirement, attempt: @Sendable @autoclosure () -> Attempt
    ) async -> Decision
}
