import GRDB
import KeyCore

extension SQLiteTransaction {
    func session(_ digest: Digest) throws(StoreError) -> Session? {
        try row("SELECT * FROM sessions WHERE digest = \(digest)").map { (row) throws(StoreError) in try session(row) }
    }

    func sessions(of user: ID<User>, liveAt now: Timestamp, limit: Int) throws(StoreError) -> [Session] {
        let rows = try rows(
            """
            SELECT * FROM sessions
            WHERE user_id = \(user) AND seen_at > \(now.advanced(by: .zero - Session.idleLimit))
                AND created_at > \(now.advanced(by: .zero - Session.absoluteLimit))
            ORDER BY seen_at DESC, created_at DESC, digest LIMIT \(limit)
            """)
        var sessions: [Session] = []
        for row in rows { sessions.append(try session(row)) }
        return sessions
    }

    private func session(_ row: Row) throws(StoreError) -> Session {
        Session(
            digest: try row.digest("digest"), user: row.id("user_id"), createdAt: row.moment("created_at"),
            seenAt: row.moment("seen_at"), address: row["address"], agent: row["agent"])
    }

    func insert(_ session: Session) throws(StoreError) {
        try execute(
            """
            INSERT INTO sessions (digest, user_id, created_at, seen_at, address, agent)
            VALUES (
                \(session.digest), \(session.user), \(session.createdAt), \(session.seenAt), \(session.address),
                \(session.agent)
            )
            """)
    }

    func setSeen(_ session: Digest, at now: Timestamp) throws(StoreError) {
        try execute("UPDATE sessions SET seen_at = max(seen_at, \(now)) WHERE digest = \(session)")
    }

    func deleteSession(_ digest: Digest) throws(StoreError) {
        try execute("DELETE FROM sessions WHERE digest = \(digest)")
    }

    func deleteSessions(of user: ID<User>) throws(StoreError) {
        try execute("DELETE FROM sessions WHERE user_id = \(user)")
    }

    func deleteSessions(of user: ID<User>, but kept: Digest) throws(StoreError) {
        try execute("DELETE FROM sessions WHERE user_id = \(user) AND digest <> \(kept)")
    }

    /// Two statements: with both conditions in one, SQLite would read every session there is.
    func deleteSessions(overAt now: Timestamp) throws(StoreError) {
        try execute("DELETE FROM sessions WHERE seen_at <= \(now.advanced(by: .zero - Session.idleLimit))")
        try execute("DELETE FROM sessions WHERE created_at <= \(now.advanced(by: .zero - Session.absoluteLimit))")
    }
}
