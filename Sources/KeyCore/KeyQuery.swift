import Foundation

/// What part of the keys is asked for, in which order.
package struct KeyQuery: Sendable {
    /// Whose keys.
    package enum Scope: Hashable, Sendable {
        case user(ID<User>)
        case company(ID<Company>)
    }

    package enum Order: String, CaseIterable, Sendable {
        case name
        case key
        case created
        case expires
        case lastUsed = "last_used"

        /// An order as addresses say it, such as `name`; a minus sign in front turns it round.
        package static func read(_ text: String) -> (order: Order, descending: Bool)? {
            let descending = text.hasPrefix("-")
            return Order(rawValue: String(descending ? text.dropFirst() : text[...])).map { ($0, descending) }
        }
    }

    /// What one looks for among keys besides their status.
    package enum Condition: Hashable, Sendable {
        /// It works now and ends at this moment or before it.
        case expiring(by: Timestamp)
        /// No request was ever accepted with it.
        case neverUsed

        /// As addresses say it.
        package static let names = ["expires_soon", "never_used"]

        /// - Parameter timeZone: what "soon" is counted in, since keys end with their owner's day.
        package static func read(_ name: String, now: Timestamp, in timeZone: TimeZone) -> Condition? {
            switch name {
            case "expires_soon":
                .expiring(by: Day(now, in: timeZone).adding(days: Expiry.soonDays).end(in: timeZone))
            case "never_used": .neverUsed
            default: nil
            }
        }
    }

    package typealias Start = PageStart<Cursor>

    /// The place of the last key of a page in the order that was asked for.
    package struct Cursor: Hashable, Sendable {
        /// The value that the list is sorted by: text, or a moment's milliseconds; empty for "never used".
        package let value: String
        package let id: ID<Key>

        package init(value: String, id: ID<Key>) {
            self.value = value
            self.id = id
        }
    }

    package var scope: Scope
    /// Part of a name, in any letter case, or the key's last four characters. Empty for every key.
    package var text: String
    package var status: Key.Status?
    package var condition: Condition?
    /// Only keys of this user.
    package var user: ID<User>?
    /// Only keys of people with this in their name or e-mail address, in any letter case. Empty for everybody's.
    package var person = ""
    /// Only keys that may do this: as their owner's role is now, and as the key's own subset is.
    package var permission: Permission?
    package var order: Order
    package var descending: Bool
    package var limit: Int
    package var start: Start
    /// What "expired" is judged by.
    package var now: Timestamp

    package init(
        _ scope: Scope, text: String = "", status: Key.Status? = nil, order: Order = .created,
        descending: Bool = true, limit: Int = PageLimit.standard, start: Start = .offset(0), now: Timestamp
    ) {
        self.scope = scope
        self.text = text
        self.status = status
        self.order = order
        self.descending = descending
        self.limit = PageLimit.nearest(to: limit)
        self.start = start
        self.now = now
    }

    /// A user's keys.
    package init(
        owner: ID<User>, text: String = "", status: Key.Status? = nil, order: Order = .created,
        descending: Bool = true, limit: Int = PageLimit.standard, start: Start = .offset(0), now: Timestamp
    ) {
        self.init(
            .user(owner), text: text, status: status, order: order, descending: descending, limit: limit,
            start: start, now: now)
    }
}

/// One page of keys.
package struct KeyPage: Sendable {
    package let keys: [Key]
    /// How many keys match in all.
    package let total: Int
    /// Where the next page starts, if there is one.
    package let next: KeyQuery.Cursor?

    package init(keys: [Key], total: Int, next: KeyQuery.Cursor?) {
        self.keys = keys
        self.total = total
        self.next = next
    }
}

/// How many keys a user has.
package struct KeyCounts: Hashable, Sendable {
    /// All that are not deleted.
    package let total: Int
    package let active: Int

    package init(total: Int, active: Int) {
        self.total = total
        self.active = active
    }
}

/// A user's keys in numbers, for the windows that ask before deleting: with thousands of keys, far dearer than their
/// counts.
package struct KeySummary: Hashable, Sendable {
    /// All that are not deleted.
    package let total: Int
    package let active: Int
    /// Not deleted, and used within the last 7 days.
    package let usedLastWeek: Int
    /// The names of the most recently used of those, at most `KeySummary.namesShown`.
    package let namesUsedLastWeek: [String]

    package static let namesShown = 10
    package static let recentUse = Duration.days(7)

    package init(total: Int, active: Int, usedLastWeek: Int, namesUsedLastWeek: [String]) {
        self.total = total
        self.active = active
        self.usedLastWeek = usedLastWeek
        self.namesUsedLastWeek = namesUsedLastWeek
    }
}
