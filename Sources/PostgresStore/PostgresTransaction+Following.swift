import Foundation
import KeyCore

extension PostgresTransaction {
    func revision() throws(StoreError) -> Revision {
        guard let row = try row("SELECT number, stamp FROM revision") else { throw .damaged("revision") }
        return Revision(number: row["number"], stamp: row["stamp"])
    }

    func changes(after revision: Revision, limit: Int) throws(StoreError) -> Changes {
        let latest = try self.revision()
        if revision == latest { return .since([], upTo: latest) }
        guard try isReached(from: revision) else { return .tooMany }
        let rows = try rows(
            """
            SELECT kind, subject FROM changes WHERE revision > \(revision.number) ORDER BY revision, kind, subject
            LIMIT \(limit + 1)
            """)
        guard rows.count <= limit else { return .tooMany }
        var changes: [Change] = []
        for row in rows {
            guard let kind = Change.Kind(rawValue: row["kind"]) else { throw .damaged("changes.kind") }
            changes.append(kind.change(row["subject"]))
        }
        return .since(changes, upTo: latest)
    }

    /// Whether all that came after a revision is in the log, and the revision itself in this database's history: a
    /// standby that took over, or a backup that was restored, may lack it.
    private func isReached(from revision: Revision) throws(StoreError) -> Bool {
        if revision == .zero { return try number("SELECT coalesce(min(revision), 0) FROM changes") == 1 }
        return try row("SELECT 1 AS found WHERE \(PostgresTransaction.hasHappened(revision))") != nil
    }

    static func hasHappened(_ revision: Revision) -> SQL {
        """
        (EXISTS (SELECT FROM changes WHERE revision = \(revision.number) AND stamp = \(revision.stamp))
            OR EXISTS (SELECT FROM revision WHERE number = \(revision.number) AND stamp = \(revision.stamp)))
        """
    }

    func note(_ changes: [Change]) throws(StoreError) -> Revision {
        precondition(!changes.isEmpty, "A revision without a change would tell its followers nothing.")
        precondition(!hasNoted, "A transaction is one revision.")
        hasNoted = true
        let parts = Set(changes).map(Change.Kind.parts(of:))
        let stamp = Int64.random(in: .min...(.max))
        let row = try row(
            """
            WITH next AS (UPDATE revision SET number = number + 1, stamp = \(stamp) RETURNING number),
                noted AS (
                    INSERT INTO changes (revision, stamp, kind, subject)
                    SELECT number, \(stamp), kind, subject
                    FROM next, unnest(\(parts.map(\.0.rawValue)), \(parts.map(\.1)))
                        AS changed (kind, subject)
                )
            SELECT number, pg_notify(\(Listener.channel), number::text) FROM next
            """)
        guard let row else { throw .damaged("revision") }
        return Revision(number: row["number"], stamp: stamp)
    }
}

extension PostgresTransaction {
    func grant(_ id: ID<Key>) throws(StoreError) -> Grant? {
        guard let row = try row("\(PostgresTransaction.grants) WHERE id = \(id)") else { return nil }
        return try grant(row)
    }

    func grant(_ digest: Digest) throws(StoreError) -> Grant? {
        guard let row = try row("\(PostgresTransaction.grants) WHERE digest = \(digest)") else { return nil }
        return try grant(row)
    }

    /// Deleted keys are among them: their digests answer "deleted" rather than "unknown".
    func forEachGrant(of owner: ID<User>?, _ body: (Grant) -> Void) throws(StoreError) {
        let filter: SQL = owner.map { "WHERE user_id = \($0)" } ?? ""
        try forEachRow("\(PostgresTransaction.grants) \(filter)") { (row) throws(StoreError) in
            body(try grant(row))
        }
    }

    private static let grants: SQL = """
        SELECT id, digest, user_id, name, created_at, expires_at, confirmed_at, deleted_at, permissions FROM keys
        """

    private func grant(_ row: Row) throws(StoreError) -> Grant {
        let state: Grant.State =
            if row.momentIfAny("deleted_at") != nil {
                .deleted
            } else if row.momentIfAny("confirmed_at") != nil {
                .confirmed
            } else {
                .notCopied
            }
        return Grant(
            key: row.id("id"), digest: try row.digest("digest"), owner: row.id("user_id"), name: row["name"],
            createdAt: row.moment("created_at"), expiresAt: row.moment("expires_at"), state: state, subset: subset(row))
    }
}
