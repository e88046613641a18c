/// Who asks for something, and with which rights: a person at a browser, or a program with one of their keys.
package struct Caller: Sendable {
    package enum Means: Hashable, Sendable {
        case session(Digest)
        /// The subset of the key, `nil` for all of its owner's rights.
        case key(ID<Key>, subset: PermissionSet?)
        /// The operator at the command line, in the user's place.
        case commandLine
    }

    package let account: Account
    package let means: Means
    package let occasion: Occasion

    package init(account: Account, means: Means, occasion: Occasion) {
        self.account = account
        self.means = means
        self.occasion = occasion
    }

    /// What counts: the owner's rights AND the key's subset.
    package var permissions: PermissionSet {
        switch means {
        case .session, .commandLine, .key(_, subset: nil): account.permissions
        case .key(_, subset: let subset?): account.permissions.intersection(subset)
        }
    }

    /// The key that the caller presents, if it is a program.
    var key: ID<Key>? {
        if case .key(let id, _) = means { id } else { nil }
    }

    /// Whom the audit log names; nobody of the company where the operator acts.
    var actor: ID<User>? { means == .commandLine ? nil : account.user.id }

    /// - Throws: `missing_permission`.
    package func require(_ permission: Permission) throws(Refusal) {
        if !permissions.contains(permission) { throw .missing(permission) }
    }

    /// Nobody gives others what they do not hold themselves, nor acts on those who hold more.
    ///
    /// - Throws: `permission_not_held`.
    func requireHolding(_ others: PermissionSet) throws(Refusal) {
        if !holds(others) { throw Refusal(.forbidden, .permissionNotHeld) }
    }

    /// Whether the caller may give these rights to others, or act on those who have them.
    package func holds(_ others: PermissionSet) -> Bool { others.isSubset(of: permissions) }

    /// What a page sends was meant for whoever was logged in when it was made; at the same browser, another may be now.
    ///
    /// - Parameter user: the id that the page bears.
    /// - Throws: `another_account`.
    package func requireUser(_ user: String) throws(Refusal) {
        if user != account.user.id.description { throw Refusal(.conflict, .anotherAccount) }
    }

    /// A person may always see and delete what is their own; a program needs the right for it.
    func requireOwn(_ permission: Permission) throws(Refusal) {
        if case .key = means { try require(permission) }
    }
}
