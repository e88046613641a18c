/// Whether a key opens what was asked for.
package enum Decision: Hashable, Sendable {
    case accepted(Acceptance)
    case refused(Reason)

    package struct Acceptance: Hashable, Sendable {
        package let grant: Grant
        package let owner: Owner
        /// What the key may do: the owner's rights AND the key's subset, as they are now.
        package let permissions: PermissionSet
    }

    /// The stable codes of a refused key. Never renamed: gateways and clients compare them.
    package enum Reason: Hashable, Sendable {
        case missing, malformed, unknown, deleted, expired, notCopied, ownerBlocked
        case missingPermission(Permission)
        /// The request asks for a permission that the platform does not have, so that no key can have it.
        case unknownPermission(String)
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
        case .notCurrent: "not_current"
        }
    }
}

/// The rule of a key, pure: who holds it, what they may do now, and what the clock says.
///
/// - Parameters:
///   - grant: what the index holds for the key's digest; `nil` is final, since the index holds every key.
///   - owner: the owner of that grant.
///   - permission: what the request needs; `nil` when a valid key is enough.
package func decide(grant: Grant?, owner: Owner?, permission: Permission?, now: Timestamp) -> Decision {
    guard let grant, let owner else { return .refused(.unknown) }
    switch grant.state {
    case .deleted: return .refused(.deleted)
    case .notCopied: return .refused(.notCopied)
    case .confirmed: break
    }
    if now >= grant.expiresAt { return .refused(.expired) }
    if owner.isBlocked { return .refused(.ownerBlocked) }
    let permissions = grant.subset.map(owner.permissions.intersection) ?? owner.permissions
    if let permission, !permissions.contains(permission) { return .refused(.missingPermission(permission)) }
    return .accepted(Decision.Acceptance(grant: grant, owner: owner, permissions: permissions))
}

/// Decides about keys that requests present.
package protocol KeyVerifier: Sendable {
    /// Accepts nothing whose deletion was acknowledged before the call; `notCurrent` where that cannot be known.
    func decide(_ secret: Secret, permission: Permission?) async -> Decision
}
