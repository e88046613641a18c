/// What a store keeps, as rows that mean the same on every engine: what `latchkey copy` carries from one database to
/// another.
///
/// Not among the tables: the rows of nodes, which belong to processes that run and not to the data, and whatever an
/// engine keeps beside them for itself, such as SQLite's bell. The change log and the revision are among them, so that
/// revisions go on being counted where they stood. Their stamps are not: a stamp belongs to the history of one PostgreSQL
/// database, and with the copy another begins. A node that knows a stamped revision reads everything there.
package struct ArchivedTable: Hashable, Sendable {
    package let name: String
    package let columns: [Column]
    /// How many of the first columns are the primary key. Rows are streamed in its order.
    package let keyLength: Int
    /// A column whose highest value moves with changes that the number of rows does not show.
    let telltale: String?

    package struct Column: Hashable, Sendable {
        package let name: String
        package let kind: Kind
    }

    package enum Kind: Hashable, Sendable {
        case integer, text, bytes
    }

    package var key: ArraySlice<Column> { columns.prefix(keyLength) }

    init(_ name: String, key: Int = 1, telltale: String? = nil, _ columns: KeyValuePairs<String, Kind>) {
        self.name = name
        self.columns = columns.map { Column(name: $0.key, kind: $0.value) }
        self.keyLength = key
        self.telltale = telltale
    }
}

extension ArchivedTable {
    /// All tables, each after those that its foreign keys lead to.
    package static let all = [
        companies, roles, users, sessions, keys, keyUses, keyUseDays, invitations, keyRefusals, topics, replies,
        topicFollowers, auditEvents, changes, revision,
    ]

    /// The highest of its random identifiers tells one source from another.
    private static let companies = ArchivedTable(
        "companies", telltale: "id", ["id": .integer, "name": .text, "created_at": .integer])

    private static let roles = ArchivedTable(
        "roles",
        [
            "id": .integer, "company_id": .integer, "name": .text, "name_folded": .text, "template": .text,
            "permissions": .text,
        ])

    private static let users = ArchivedTable(
        "users",
        [
            "id": .integer, "company_id": .integer, "role_id": .integer, "name": .text, "email": .text,
            "email_folded": .text, "password_hash": .text, "language": .text, "time_zone": .text,
            "created_at": .integer, "blocked_at": .integer, "removed_at": .integer,
        ])

    private static let sessions = ArchivedTable(
        "sessions", telltale: "seen_at",
        [
            "digest": .bytes, "user_id": .integer, "created_at": .integer, "seen_at": .integer, "address": .text,
            "agent": .text,
        ])

    private static let keys = ArchivedTable(
        "keys",
        [
            "id": .integer, "user_id": .integer, "name": .text, "name_folded": .text, "digest": .bytes,
            "last4": .text, "created_at": .integer, "expires_on": .text, "expires_at": .integer,
            "confirmed_at": .integer, "deleted_at": .integer, "permissions": .text, "granted": .text,
        ])

    private static let keyUses = ArchivedTable(
        "key_uses", telltale: "last_used_at",
        ["key_id": .integer, "last_used_at": .integer, "first_used_at": .integer, "first_address": .text])

    private static let keyUseDays = ArchivedTable(
        "key_use_days", key: 2, telltale: "count", ["key_id": .integer, "day": .integer, "count": .integer])

    private static let invitations = ArchivedTable(
        "invitations",
        [
            "id": .integer, "company_id": .integer, "role_id": .integer, "email": .text, "email_folded": .text,
            "digest": .bytes, "invited_by": .integer, "invited_with": .integer, "created_at": .integer,
            "expires_at": .integer, "used_at": .integer,
        ])

    private static let keyRefusals = ArchivedTable(
        "key_refusals", telltale: "id",
        [
            "id": .integer, "key_id": .integer, "at": .integer, "address": .text, "method": .text, "path": .text,
            "code": .text, "permission": .text,
        ])

    private static let topics = ArchivedTable(
        "topics", telltale: "edited_at",
        [
            "id": .integer, "company_id": .integer, "author_id": .integer, "title": .text, "title_folded": .text,
            "body": .text, "created_at": .integer, "edited_at": .integer, "replies": .integer, "last_at": .integer,
            "last_by": .integer, "closed_at": .integer, "closed_by": .integer, "hidden_at": .integer,
            "hidden_by": .integer,
        ])

    private static let replies = ArchivedTable(
        "replies", telltale: "edited_at",
        [
            "id": .integer, "topic_id": .integer, "author_id": .integer, "body": .text, "created_at": .integer,
            "edited_at": .integer, "helped_at": .integer, "hidden_at": .integer, "hidden_by": .integer,
        ])

    private static let topicFollowers = ArchivedTable(
        "topic_followers", key: 2, telltale: "seen_at",
        ["user_id": .integer, "topic_id": .integer, "seen_at": .integer])

    private static let auditEvents = ArchivedTable(
        "audit_events", telltale: "id",
        [
            "id": .integer, "company_id": .integer, "at": .integer, "address": .text, "actor_id": .integer,
            "action": .text, "target": .text, "before": .text, "after": .text, "key_id": .integer,
        ])

    private static let changes = ArchivedTable(
        "changes", key: 3, ["revision": .integer, "kind": .text, "subject": .integer])

    /// One row; a database that was just made has it too, with the number 0.
    private static let revision = ArchivedTable(
        "revision", telltale: "number", ["only_row": .integer, "number": .integer])
}
