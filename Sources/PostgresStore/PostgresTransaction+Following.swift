import Foundation
import KeyCore

extension PostgresTransaction {
    /// Rows of the change log that stand in memory at a time.
    private static let changesAtATime = 2_000

    func revision() throws(StoreError) -> Revision {
        guard let row = try row("SELECT number, stamp FROM revision") else { throw .damaged("revision") }
        return Revision(number: row["number"], stamp: row["stamp"])
    }

    func changes(after revision: Revision, limit: Int) throws(StoreError) -> Changes {
        let latest = try self.revision()
        if revision == latest { return .since([], upTo: latest) }
        guard try isReached(from: revision) else { return .tooMany }
        guard let changed = try changed(after: revision, limit: limit) else { return .tooMany }
        return .since(changed, upTo: latest)
    }

    /// Each page begins after the last row of the one before. `nil` when there are more things than the limit.
    private func changed(after revision: Revision, limit: Int) throws(StoreError) -> Set<Change>? {
        var changed: Set<Change> = []
        var (number, kind, subject) = (revision.number + 1, "", Int64.min)
        while true {
            let page = try rows(
                """
                SELECT revision, kind, subject FROM changes
                WHERE (revision, kind, subject) > (\(number), \(kind), \(subject))
                ORDER BY revision, kind, subject LIMIT \(PostgresTransaction.changesAtATime)
                """)
            for row in page {
                guard let kind = Change.Kind(rawValue: row["kind"]) else { throw .damaged("changes.kind") }
                changed.insert(kind.change(row["subject"]))
            }
            guard changed.count <= limit else { return nil }
            guard page.count == PostgresTransaction.changesAtATime, let last = page.last else { return changed }
            (number, kind, subject) = (last["revision"], last["kind"], last["subject"])
        }
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
    func grants(_ ids: [ID<Key>]) throws(StoreError) -> [Grant] {
        var found: [Grant] = []
        for row in try rows("\(PostgresTransaction.grants) WHERE id = ANY (\(ids))") { found.append(try grant(row)) }
        return found
    }

    func grants(of owners: [ID<User>]) throws(StoreError) -> [Grant] {
        var found: [Grant] = []
        // By a cursor: nobody bounds how many keys a person has.
        try forEachRow("\(PostgresTransaction.grants) WHERE user_id = ANY (\(owners))") { (row) throws(StoreError) in
            found.append(try grant(row))
        }
        return found
    }

    func grant(_ digest: Digest) throws(StoreError) -> Grant? {
        guard let row = try row("\(PostgresTransaction.grants) WHERE digest = \(digest)") else { return nil }
        return try grant(row)
    }

    func forEachGrant(_ body: (Grant) -> Void) throws(StoreError) {
        try forEachRow(PostgresTransaction.grants) { (row) throws(StoreError) in body(try grant(row)) }
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
