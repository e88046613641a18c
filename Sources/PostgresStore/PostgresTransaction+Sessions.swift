import KeyCore

extension PostgresTransaction {
    func session(_ digest: Digest) throws(StoreError) -> Session? {
        try row("SELECT user_id, created_at, seen_at FROM sessions WHERE digest = \(digest)").map { row in
            Session(
                digest: digest, user: row.id("user_id"), createdAt: row.moment("created_at"),
                seenAt: row.moment("seen_at"))
        }
    }

    func insert(_ session: Session) throws(StoreError) {
        try execute(
            """
            INSERT INTO sessions (digest, user_id, created_at, seen_at)
            VALUES (\(session.digest), \(session.user), \(session.createdAt), \(session.seenAt))
            """)
    }

    func setSeen(_ session: Digest, at now: Timestamp) throws(StoreError) {
        try execute("UPDATE sessions SET seen_at = greatest(seen_at, \(now)) WHERE digest = \(session)")
    }

    func deleteSession(_ digest: Digest) throws(StoreError) {
        try execute("DELETE FROM sessions WHERE digest = \(digest)")
    }

    func deleteSessions(of user: ID<User>) throws(StoreError) {
        try execute("DELETE FROM sessions WHERE user_id = \(user)")
    }

    func deleteSessions(overAt now: Timestamp) throws(StoreError) {
        try execute(
            """
            DELETE FROM sessions
            WHERE seen_at <= \(now.advanced(by: .zero - Session.idleLimit))
                OR created_at <= \(now.advanced(by: .zero - Session.absoluteLimit))
            """)
    }
}
