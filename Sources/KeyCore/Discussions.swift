/// Questions and answers of the people who work with the platform.
package enum Discussions {
    /// Topics and replies a page.
    package static let pageSize = 20
    /// Topics with news that are told of; what is behind them comes when they were seen.
    package static let maximumNews = 50
    /// Saying the same thing again within it is the first one sent twice, not another.
    static let echo = Duration.minutes(1)

    /// Who reads and writes, as the platform's operator chose.
    package enum Audience: String, CaseIterable, Sendable {
        /// Everybody with an account.
        case signedIn = "signed-in"
        /// Each company has its own.
        case company
        /// Everybody with an account writes, and strangers read.
        case `public`
        /// There are none.
        case off
    }

    /// Who looks, as far as it decides what is there for them.
    package struct Reader: Hashable, Sendable {
        /// `nil` for a stranger.
        package let person: ID<User>?
        /// The only company whose people's words are there, topics and replies; `nil` where every company's are. It
        /// holds for what others wrote before the operator gave each company its own discussions, too.
        package let only: ID<Company>?
        /// The company whose people's words they may hide, and whose hidden words they see.
        package let moderated: ID<Company>?

        package init(person: ID<User>? = nil, only: ID<Company>? = nil, moderated: ID<Company>? = nil) {
            self.person = person
            self.only = only
            self.moderated = moderated
        }

        func sees(_ topic: Topic) -> Bool {
            if let only, only != topic.company { return false }
            return topic.hidden == nil || isAuthor(topic.author) || moderates(topic.company)
        }

        func sees(_ reply: Reply) -> Bool { only == nil || only == reply.company }

        func isAuthor(_ author: ID<User>) -> Bool { person == author }

        func moderates(_ company: ID<Company>) -> Bool { moderated == company }
    }

    /// By whom words were hidden, as others are told.
    package enum Hiding: String, Sendable {
        /// Taken back by the one who wrote them, who may show them again.
        case author
        case moderator
    }

    /// A decision about a topic or a reply, and whose it is.
    package struct Ruling: Hashable, Sendable {
        /// `nil` for the operator at the command line, whom no company's moderator overrules.
        package let by: ID<User>?
        package let at: Timestamp

        package init(by: ID<User>?, at: Timestamp) {
            self.by = by
            self.at = at
        }

        func hiding(of author: ID<User>) -> Hiding { by == author ? .author : .moderator }

        /// Whether it may be undone.
        ///
        /// - Parameters:
        ///   - own: whether what the author did themself may be.
        ///   - other: whether what a moderator did may be.
        func mayBeUndone(own: Bool, other: Bool, author: ID<User>) -> Bool {
            guard let by else { return false }
            return by == author ? own : other
        }
    }

    /// How often one person may write: so many times within an interval.
    struct Pace: Sendable {
        let count: Int
        let interval: Duration

        static let asking = [Pace(count: 5, interval: .minutes(60))]
        static let replying = [Pace(count: 10, interval: .minutes(1)), Pace(count: 30, interval: .minutes(60))]
        static let editing = [Pace(count: 30, interval: .minutes(10))]

        /// How long to wait when the one that counts was written at a moment.
        func wait(since moment: Timestamp, at now: Timestamp) -> Duration? {
            let rest = interval - now.since(moment)
            return rest > .zero ? rest : nil
        }
    }
}

extension [Discussions.Pace] {
    /// How many of somebody's last words must be known to judge the next.
    var most: Int { map(\.count).max() ?? 0 }

    /// - Parameter moments: when somebody wrote last, the latest first.
    /// - Throws: `rate_limited`, with the longest time to wait.
    func require(after moments: [Timestamp], at now: Timestamp) throws(Refusal) {
        let waits = compactMap { pace in
            moments.count < pace.count ? nil : pace.wait(since: moments[pace.count - 1], at: now)
        }
        if let wait = waits.max() { throw Refusal(.later(wait), .rateLimited) }
    }
}
