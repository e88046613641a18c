/// The stable codes of a refused key that have words of their own.
enum RefusedCode: String, CaseIterable {
    case deleted, expired
    case notCopied = "not_copied"
    case ownerBlocked = "owner_blocked"
    case missingPermission = "missing_permission"
    case pathRefused = "path_refused"
    case noRoute = "no_route"
    /// Written by a version that knows more.
    case other

    init(_ code: String) {
        self = RefusedCode(rawValue: code) ?? .other
    }
}
