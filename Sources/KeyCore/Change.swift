/// The number of the last committed change that verifying has to know. It only grows, by one a transaction.
package struct Revision: Hashable, Comparable, Sendable {
    package let number: Int64

    package init(number: Int64) {
        self.number = number
    }

    package static let zero = Revision(number: 0)

    package static func < (left: Self, right: Self) -> Bool {
        left.number < right.number
    }
}

/// One thing that a transaction changed. The log says what to look at again; the truth is in the tables.
package enum Change: Hashable, Sendable {
    case key(ID<Key>)
    /// The owner's rights, name or state; their keys are as they were.
    case user(ID<User>)
    /// All keys of a user.
    case keysOfUser(ID<User>)
    /// The rights or the name of a role: everybody who has it.
    case role(ID<Role>)
}

/// What has changed since a revision.
package enum Changes: Sendable {
    case since([Change], upTo: Revision)
    /// More than was asked for, or older than the log reaches: load everything anew.
    case tooMany
}
