/// What part of a company's people is asked for; they are listed by name.
package struct PersonQuery: Sendable {
    package enum State: String, CaseIterable, Sendable {
        case active, blocked
    }

    package typealias Start = PageStart<Cursor>

    /// The place of the last person of a page.
    package struct Cursor: Hashable, Sendable {
        package let name: String
        package let id: ID<User>

        package init(name: String, id: ID<User>) {
            self.name = name
            self.id = id
        }
    }

    package var company: ID<Company>
    /// Part of a name or an e-mail address, in any letter case. Empty for everybody.
    package var text: String
    package var role: ID<Role>?
    package var state: State?
    package var limit: Int
    package var start: Start
    /// What "live keys" are judged by.
    package var now: Timestamp

    package init(
        company: ID<Company>, text: String = "", role: ID<Role>? = nil, state: State? = nil,
        limit: Int = PageLimit.standard, start: Start = .offset(0), now: Timestamp
    ) {
        self.company = company
        self.text = text
        self.role = role
        self.state = state
        self.limit = PageLimit.nearest(to: limit)
        self.start = start
        self.now = now
    }

    /// The form in which names and addresses are searched.
    package static func folded(_ text: String) -> String { PlainText.folded(text) }
}

/// Somebody of a company, and how many of their keys work.
package struct Person: Hashable, Sendable {
    package let account: Account
    package let liveKeys: Int

    package init(account: Account, liveKeys: Int) {
        self.account = account
        self.liveKeys = liveKeys
    }
}

/// One page of people.
package struct PersonPage: Sendable {
    package let people: [Person]
    /// How many match in all.
    package let total: Int
    /// Where the next page starts, if there is one.
    package let next: PersonQuery.Cursor?

    package init(people: [Person], total: Int, next: PersonQuery.Cursor?) {
        self.people = people
        self.total = total
        self.next = next
    }
}
