import Foundation
import GRDB
import KeyCore

extension SQLiteTransaction {
    func revision() throws(StoreError) -> Revision {
        Revision(number: try number("SELECT number FROM revision"))
    }

    func changes(after revision: Revision, limit: Int) throws(StoreError) -> Changes {
        let latest = try self.revision()
        if revision == latest { return .since([], upTo: latest) }
        let oldest = try number("SELECT min(revision) FROM changes")
        // A later revision than ours: the file was replaced by an older copy of itself.
        guard revision.number < latest.number, oldest > 0, revision.number >= oldest - 1 else { return .tooMany }
        let rows = try rows(
            """
            SELECT kind, subject FROM changes WHERE revision > \(revision.number) ORDER BY revision LIMIT \(limit + 1)
            """)
        guard rows.count <= limit else { return .tooMany }
        var changes: [Change] = []
        for row in rows {
            guard let kind = Change.Kind(rawValue: row["kind"]) else { throw .damaged("changes.kind") }
            changes.append(kind.change(row["subject"]))
        }
        return .since(changes, upTo: latest)
    }

    func note(_ changes: [Change]) throws(StoreError) -> Revision {
        precondition(!changes.isEmpty, "A revision without a change would tell its followers nothing.")
        precondition(!hasNoted, "A transaction is one revision.")
        hasNoted = true
        guard let row = try row("UPDATE revision SET number = number + 1 RETURNING number") else {
            throw .damaged("revision")
        }
        let number: Int64 = row["number"]
        for change in Set(changes) {
            let (kind, subject) = Change.Kind.parts(of: change)
            try execute(
                "INSERT INTO changes (revision, kind, subject) VALUES (\(number), \(kind.rawValue), \(subject))")
        }
        try execute("DELETE FROM changes WHERE revision <= \(number - Int64(SQLiteStore.Limit.revisionsKept))")
        return Revision(number: number)
    }
}

extension SQLiteTransaction {
    func grant(_ id: ID<Key>) throws(StoreError) -> Grant? {
        guard let row = try row("\(SQLiteTransaction.grants) WHERE id = \(id)") else { return nil }
        return try grant(row)
    }

    func grant(_ digest: Digest) throws(StoreError) -> Grant? {
        guard let row = try row("\(SQLiteTransaction.grants) WHERE digest = \(digest)") else { return nil }
        return try grant(row)
    }

    /// Deleted keys are among them: their digests answer "deleted" rather than "unknown".
    func forEachGrant(of owner: ID<User>?, _ body: (Grant) -> Void) throws(StoreError) {
        let filter: SQL = owner.map { "WHERE user_id = \($0)" } ?? ""
        try forEachRow("\(SQLiteTransaction.grants) \(filter)") { body(try grant($0)) }
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
