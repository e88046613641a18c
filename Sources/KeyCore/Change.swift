/// The last committed change that verifying has to know.
package struct Revision: Hashable, Sendable {
    /// It only grows, by one a transaction.
    package let number: Int64
    /// Drawn at random with each number, where a database can lose its latest commits: a standby that takes over may
    /// give a number out again, for another change. Two revisions are the same when both parts are. Zero elsewhere.
    package let stamp: Int64

    package init(number: Int64, stamp: Int64 = 0) {
        self.number = number
        self.stamp = stamp
    }

    /// Before the first change.
    package static let zero = Revision(number: 0)
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

extension Change {
    /// The kinds of changes as the log writes them.
    package enum Kind: String {
        case key, user
        case keysOfUser = "keys_of_user"
        case role

        package func change(_ subject: Int64) -> Change {
            switch self {
            case .key: .key(ID(rawValue: subject))
            case .user: .user(ID(rawValue: subject))
            case .keysOfUser: .keysOfUser(ID(rawValue: subject))
            case .role: .role(ID(rawValue: subject))
            }
        }

        package static func parts(of change: Change) -> (Kind, Int64) {
            switch change {
            case .key(let id): (.key, id.rawValue)
            case .user(let id): (.user, id.rawValue)
            case .keysOfUser(let id): (.keysOfUser, id.rawValue)
            case .role(let id): (.role, id.rawValue)
            }
        }
    }
}

/// What has changed since a revision.
package enum Changes: Sendable {
    /// Each thing once, however often it changed: what counts is how it is now.
    case since(Set<Change>, upTo: Revision)
    /// More than was asked for, older than the log reaches, or not in this database's history: load everything anew.
    case tooMany
}
