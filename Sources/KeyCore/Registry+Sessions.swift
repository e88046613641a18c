/// Where a person is logged in, and ending it from afar. For persons only: a program has no sessions to look after.
extension Registry {
    /// How many sessions are shown; ending all others ends those that are not.
    package static let shownSessions = 100

    /// The caller's own sessions, the last seen first.
    ///
    /// - Throws: `not_signed_in` for a program.
    package func sessions(by caller: Caller) async throws(Refusal) -> [Session] {
        _ = try caller.requireSession()
        let (user, now) = (caller.account.user.id, caller.occasion.at)
        return try await read { transaction throws(StoreError) in
            try transaction.sessions(of: user, liveAt: now, limit: Registry.shownSessions)
        }
    }

    /// Ends one of the caller's own sessions. Each request looks its session up, so the next one with it is refused.
    ///
    /// - Throws: `not_found`, for somebody else's too; `not_signed_in` for a program.
    package func endSession(_ id: ID<Session>, by caller: Caller) async throws(Refusal) {
        _ = try caller.requireSession()
        try await write(by: caller) { transaction, caller throws(StoreError) in
            let all = try transaction.sessions(of: caller.account.user.id, liveAt: caller.occasion.at, limit: .max)
            guard let session = all.first(where: { $0.id == id }) else { throw .refused(.notFound) }
            try transaction.deleteSession(session.digest)
            try transaction.append(AuditEvent(ended: session, by: caller))
        }
    }

    /// Ends all sessions of the caller but the one that asks.
    ///
    /// - Returns: how many they were.
    /// - Throws: `not_signed_in` for a program.
    package func endOtherSessions(by caller: Caller) async throws(Refusal) -> Int {
        let own = try caller.requireSession()
        return try await write(by: caller) { transaction, caller throws(StoreError) in
            let user = caller.account.user.id
            let others = try transaction.sessions(of: user, liveAt: caller.occasion.at, limit: .max)
                .filter { $0.digest != own }
            try transaction.deleteSessions(of: user, but: own)
            try transaction.append(others.map { AuditEvent(ended: $0, by: caller) })
            return others.count
        }
    }
}

extension Caller {
    /// - Throws: `not_signed_in` for anybody but a person at a browser.
    func requireSession() throws(Refusal) -> Digest {
        guard case .session(let digest) = means else { throw .notSignedIn }
        return digest
    }
}

extension AuditEvent {
    /// What the log keeps of a session that somebody else's browser had: where it began, and with what.
    fileprivate init(ended session: Session, by caller: Caller) {
        let origin = [session.address, session.agent].compactMap(\.self).joined(separator: ", ")
        self.init(.sessionEnded, session.id, by: caller, before: origin.isEmpty ? nil : origin)
    }
}
