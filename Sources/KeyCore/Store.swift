/// Where everything is kept, in the verbs of the domain.
///
/// Each implementation passes the one suite `StoreConformance`. What holds for all of them:
/// - `write` runs its body in one transaction. When the body or the commit throws, nothing of it has happened;
///   when `write` has returned, all of it survives `kill -9` and a power cut.
/// - `read` sees one consistent snapshot, taken after it was called.
/// - Nothing blocks an event loop; bodies run on threads of the store's own.
package protocol Store: Sendable {
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value

    /// How the processes on this store learn of one another's changes before they say yes to a key.
    var following: Following { get }

    /// Lets go of the database: what is asked for afterwards is refused. Blocks.
    func close() throws(StoreError)
}

/// How a node proves to itself that it knows the latest deletions.
package enum Following: Sendable {
    /// A number in memory that all processes on the file share. It moves whenever one of them has committed a change
    /// that verifying must know, before the commit is acknowledged to anyone. Costs one load: it is asked for at
    /// each verify.
    case mark(@Sendable () -> UInt64)
    /// Nodes on several machines hold leases, which the database knows of.
    case leases(any NodeLedger)
}

/// Why the store did not do what it was asked for.
package enum StoreError: Error, Hashable, Sendable {
    /// What must be unique is there already.
    case duplicate(Unique)
    /// The body of a transaction found a reason to refuse; everything was rolled back.
    case refused(Refusal)
    /// The disk is full.
    case full(String)
    /// The store cannot be reached, is locked for too long, or is damaged. The text is for the log.
    case unavailable(String)

    package enum Unique: Hashable, Sendable {
        case keyName, email, roleName
        case other(String)
    }
}

/// What can be asked in a transaction.
package protocol ReadTransaction {
    // Accounts: people who were removed are not found, but as the owners of their keys
    func account(_ id: ID<User>) throws(StoreError) -> Account?
    func credential(of email: EmailAddress) throws(StoreError) -> Credential?
    func credential(of user: ID<User>) throws(StoreError) -> Credential?
    /// Everybody of a company, or of all companies, by name.
    func accounts(of company: ID<Company>?) throws(StoreError) -> [Account]
    func session(_ digest: Digest) throws(StoreError) -> Session?
    /// The sessions of a user that are not over, the last seen first.
    func sessions(of user: ID<User>, liveAt now: Timestamp, limit: Int) throws(StoreError) -> [Session]

    func role(_ id: ID<Role>) throws(StoreError) -> Role?
    /// The roles of a company by name, with the number of people who have each.
    func roles(of company: ID<Company>) throws(StoreError) -> [RoleUse]
    /// How many keys work that belong to people of each role, where there are any.
    func liveKeysByRole(of company: ID<Company>, now: Timestamp) throws(StoreError) -> [ID<Role>: Int]
    /// Who has a role, with the first names of them, and which of their keys work.
    func reach(of role: ID<Role>, names limit: Int, now: Timestamp) throws(StoreError) -> RoleReach
    /// How many people of a company are Administrators and not blocked.
    func activeAdministrators(of company: ID<Company>) throws(StoreError) -> Int
    /// A page of a company's people, by name.
    func people(_ query: PersonQuery) throws(StoreError) -> PersonPage

    // Invitations
    func invitation(_ digest: Digest) throws(StoreError) -> FoundInvitation?
    /// Those of a company that nobody has used, the newest first, whether they still count or not.
    func openInvitations(of company: ID<Company>) throws(StoreError) -> [OpenInvitation]

    // Keys
    /// One key, deleted ones included.
    func key(_ id: ID<Key>) throws(StoreError) -> Key?
    /// What keys are called, deleted ones included.
    func keyNames(_ ids: [ID<Key>]) throws(StoreError) -> [ID<Key>: String]
    func keys(_ query: KeyQuery) throws(StoreError) -> KeyPage
    func keyCounts(of owner: ID<User>, now: Timestamp) throws(StoreError) -> KeyCounts
    func keySummary(of owner: ID<User>, now: Timestamp) throws(StoreError) -> KeySummary
    func isNameTaken(_ name: KeyName, owner: ID<User>) throws(StoreError) -> Bool
    /// How often keys were used on the last days; keys that were not used then are left out.
    func dailyUses(of keys: [ID<Key>], at now: Timestamp) throws(StoreError) -> [ID<Key>: DailyUses]
    /// The same for all keys of an owner together, deleted ones included.
    func dailyUses(ofAllKeysOf owner: ID<User>, at now: Timestamp) throws(StoreError) -> DailyUses
    /// The first uses of keys, of however many owners; keys of which none is known are left out.
    func firstUses(of keys: [ID<Key>]) throws(StoreError) -> [ID<Key>: FirstUse]
    /// The last refusals of a key, the newest first, at most `KeyRefusal.kept`.
    func refusals(of key: ID<Key>) throws(StoreError) -> [KeyRefusal]
    /// How many refusals are kept of each key; keys that were never refused are left out.
    func refusalCounts(of keys: [ID<Key>]) throws(StoreError) -> [ID<Key>: Int]
    /// The keys of an owner that were refused, deleted ones included, the last refused first; at most
    /// `PageLimit.maximum`.
    func refusedKeys(of owner: ID<User>) throws(StoreError) -> [RefusedKey]

    // Discussions
    //
    // Where a company is given, only what its people wrote counts and is found: as if nobody else had replied.
    func topic(_ id: ID<Topic>, among company: ID<Company>?) throws(StoreError) -> Topic?
    /// A page of the topics that a reader sees, those with the latest activity first.
    func topics(_ query: TopicQuery) throws(StoreError) -> FoundTopics
    func reply(_ id: ID<Reply>) throws(StoreError) -> Reply?
    /// A page of a topic's replies, hidden ones included, the oldest first.
    func replies(
        to topic: ID<Topic>, from start: PageStart<ID<Reply>>, limit: Int, among company: ID<Company>?
    ) throws(StoreError) -> FoundReplies
    /// How many replies of its topic came before one.
    func place(of reply: ID<Reply>, among company: ID<Company>?) throws(StoreError) -> Int
    /// When the last reply to a topic was written, a hidden one included.
    func lastReply(to topic: ID<Topic>) throws(StoreError) -> Timestamp?
    /// The topics that somebody asked last, hidden ones included; the latest first.
    func lastTopics(of author: ID<User>, limit: Int) throws(StoreError) -> [Topic]
    /// What somebody replied last, to whatever topic, hidden ones included; the latest first.
    func lastReplies(of author: ID<User>, limit: Int) throws(StoreError) -> [Reply]
    /// Up to which moment a follower has seen a topic; `nil` for somebody who does not follow it.
    func seen(_ topic: ID<Topic>, by user: ID<User>) throws(StoreError) -> Timestamp?
    /// The topics with news for a reader, the latest first.
    func news(for reader: Discussions.Reader, limit: Int) throws(StoreError) -> [TopicNews]
    /// How many they are, up to a limit.
    func newsCount(for reader: Discussions.Reader, limit: Int) throws(StoreError) -> Int

    // Audit
    /// The newest first.
    func auditEntries(_ query: AuditQuery) throws(StoreError) -> [AuditEntry]

    // Following
    func revision() throws(StoreError) -> Revision
    /// What changed after a revision; `tooMany` when that is more than `limit` things. However long the log, no more
    /// of it stands in memory than those things and a page.
    func changes(after revision: Revision, limit: Int) throws(StoreError) -> Changes
    /// People by their ids, removed ones included, each once and in no order; ids of nobody are passed over. This and
    /// the next three are one question to the database, however many they ask for.
    func owners(_ ids: [ID<User>]) throws(StoreError) -> [Owner]
    /// Everybody who has one of the roles.
    func owners(with roles: [ID<Role>]) throws(StoreError) -> [Owner]
    /// Keys by their ids, deleted ones included, each once and in no order; ids of no key are passed over.
    func grants(_ ids: [ID<Key>]) throws(StoreError) -> [Grant]
    /// All keys of the owners, deleted ones included.
    func grants(of owners: [ID<User>]) throws(StoreError) -> [Grant]
    func grant(_ digest: Digest) throws(StoreError) -> Grant?
    func forEachOwner(_ body: (Owner) -> Void) throws(StoreError)
    /// Every key, deleted ones included: their digests answer "deleted" rather than "unknown".
    func forEachGrant(_ body: (Grant) -> Void) throws(StoreError)
}

extension ReadTransaction {
    package func owner(_ id: ID<User>) throws(StoreError) -> Owner? { try owners([id]).first }

    package func grant(_ id: ID<Key>) throws(StoreError) -> Grant? { try grants([id]).first }
}

/// What can be done in a transaction.
package protocol WriteTransaction: ReadTransaction {
    // Accounts
    func insert(_ company: Company) throws(StoreError)
    /// - Throws: `duplicate(.roleName)`.
    func insert(_ role: Role) throws(StoreError)
    /// - Throws: `duplicate(.email)`.
    func insert(_ user: User, passwordHash: String) throws(StoreError)
    /// Writes the name, role, language, time zone and block of a user.
    func update(_ user: User) throws(StoreError)
    /// Marks a user as removed. The e-mail address is free again; the row stays for the keys and the log.
    func removeUser(_ id: ID<User>, at now: Timestamp) throws(StoreError)
    /// - Throws: `duplicate(.roleName)`.
    func update(_ role: Role) throws(StoreError)
    func deleteRole(_ id: ID<Role>) throws(StoreError)
    func setPasswordHash(_ hash: String, of user: ID<User>) throws(StoreError)
    func insert(_ session: Session) throws(StoreError)
    func setSeen(_ session: Digest, at now: Timestamp) throws(StoreError)
    func deleteSession(_ digest: Digest) throws(StoreError)
    func deleteSessions(of user: ID<User>) throws(StoreError)
    /// All but one.
    func deleteSessions(of user: ID<User>, but kept: Digest) throws(StoreError)
    /// Deletes the sessions that are over at a moment.
    func deleteSessions(overAt now: Timestamp) throws(StoreError)

    // Invitations
    func insert(_ invitation: Invitation, digest: Digest) throws(StoreError)
    func markUsed(_ invitation: ID<Invitation>, at now: Timestamp) throws(StoreError)
    func deleteInvitation(_ id: ID<Invitation>) throws(StoreError)

    // Keys
    /// - Throws: `duplicate(.keyName)`.
    func insert(_ key: Key, digest: Digest) throws(StoreError)
    func confirmKey(_ id: ID<Key>, at now: Timestamp) throws(StoreError)
    /// Marks keys of one owner as deleted and returns those that were not deleted before.
    func deleteKeys(_ ids: [ID<Key>], of owner: ID<User>, at now: Timestamp) throws(StoreError) -> [ID<Key>]
    func deleteAllKeys(of owner: ID<User>, at now: Timestamp) throws(StoreError) -> [ID<Key>]
    /// Moves "last used" forward, never back, and adds to the days' counts. What was written with a connection that
    /// broke off at that moment may be counted twice.
    func recordUses(_ uses: [ID<Key>: KeyUse]) throws(StoreError)
    /// Keeps the last `KeyRefusal.kept` of each key; the order is that of the list.
    func record(_ refusals: [KeyRefusal]) throws(StoreError)

    // Discussions
    func insert(_ topic: Topic) throws(StoreError)
    /// Writes all but the activity.
    func update(_ topic: Topic) throws(StoreError)
    func insert(_ reply: Reply) throws(StoreError)
    func update(_ reply: Reply) throws(StoreError)
    /// Counts anew what was said to a topic and is not hidden.
    func recount(_ topic: ID<Topic>) throws(StoreError)
    /// Says which reply helped, or that none did.
    func setAnswer(_ reply: ID<Reply>?, to topic: ID<Topic>, at now: Timestamp) throws(StoreError)
    /// Follows a topic, of which everything up to a moment was seen. Who follows it already has seen what they had.
    func follow(_ topic: ID<Topic>, by user: ID<User>, seen: Timestamp) throws(StoreError)
    func unfollow(_ topic: ID<Topic>, by user: ID<User>) throws(StoreError)
    /// Moves what was seen of a followed topic forward, never back.
    func setSeen(_ topic: ID<Topic>, by user: ID<User>, upTo moment: Timestamp) throws(StoreError)
    /// What was said up to a moment in all the topics that somebody follows was seen.
    func setAllSeen(by user: ID<User>, upTo moment: Timestamp) throws(StoreError)

    // Audit and following
    /// In the order of the list.
    func append(_ events: [AuditEvent]) throws(StoreError)
    /// Bumps the revision and logs what changed under it. Once a transaction, after the changes themselves.
    func note(_ changes: [Change]) throws(StoreError) -> Revision
}

extension WriteTransaction {
    package func append(_ event: AuditEvent) throws(StoreError) {
        try append([event])
    }
}

/// What is needed to check a log-in.
package struct Credential: Sendable {
    package let account: Account
    package let passwordHash: String

    package init(account: Account, passwordHash: String) {
        self.account = account
        self.passwordHash = passwordHash
    }
}

extension Refusal {
    /// A store's error as a person may see it.
    init(_ error: StoreError) {
        switch error {
        case .duplicate(.keyName), .duplicate(.roleName): self = .field("name", .nameTaken)
        case .duplicate(.email): self = .field("email", .emailTaken)
        case .duplicate(.other(let what)): self = .unavailable(cause: "duplicate \(what)")
        case .refused(let refusal): self = refusal
        case .full(let cause), .unavailable(let cause): self = .unavailable(cause: cause)
        }
    }
}

extension StoreError {
    package static func damaged(_ column: String) -> StoreError {
        .unavailable("the column \(column) holds an impossible value")
    }
}

extension StoreError: CustomStringConvertible {
    /// For the log and the command line; it holds no value that was stored.
    package var description: String {
        switch self {
        case .duplicate(let what): "a duplicate \(what)"
        case .refused(let refusal): refusal.code.rawValue
        case .full(let cause), .unavailable(let cause): cause
        }
    }
}
