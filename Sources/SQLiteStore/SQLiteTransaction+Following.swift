import Foundation
import GRDB
import KeyCore

extension SQLiteTransaction {
    /// Rows of the change log that stand in memory at a time.
    private static let changesAtATime = 2_000

    func revision() throws(StoreError) -> Revision {
        Revision(number: try number("SELECT number FROM revision"))
    }

    func changes(after revision: Revision, limit: Int) throws(StoreError) -> Changes {
        let latest = try self.revision()
        if revision == latest { return .since([], upTo: latest) }
        let oldest = try number("SELECT min(revision) FROM changes")
        // A later revision than ours: the file was replaced by an older copy of itself.
        guard revision.number < latest.number, oldest > 0, revision.number >= oldest - 1 else { return .tooMany }
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
                ORDER BY revision, kind, subject LIMIT \(SQLiteTransaction.changesAtATime)
                """)
            for row in page {
                guard let kind = Change.Kind(rawValue: row["kind"]) else { throw .damaged("changes.kind") }
                changed.insert(kind.change(row["subject"]))
            }
            guard changed.count <= limit else { return nil }
            guard page.count == SQLiteTransaction.changesAtATime, let last = page.last else { return changed }
            (number, kind, subject) = (last["revision"], last["kind"], last["subject"])
        }
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
    func grants(_ ids: [ID<Key>]) throws(StoreError) -> [Grant] {
        try grants(where: "id IN \(SQL.list(ids))")
    }

    func grants(of owners: [ID<User>]) throws(StoreError) -> [Grant] {
        try grants(where: "user_id IN \(SQL.list(owners))")
    }

    func grant(_ digest: Digest) throws(StoreError) -> Grant? {
        guard let row = try row("\(SQLiteTransaction.grants) WHERE digest = \(digest)") else { return nil }
        return try grant(row)
    }

    func forEachGrant(_ body: (Grant) -> Void) throws(StoreError) {
        try forEachRow(SQLiteTransaction.grants) { body(try grant($0)) }
    }

    private func grants(where condition: SQL) throws(StoreError) -> [Grant] {
        var found: [Grant] = []
        try forEachRow("\(SQLiteTransaction.grants) WHERE \(condition)") { found.append(try grant($0)) }
        return found
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
