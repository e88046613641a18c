import KeyCore
import Testing

extension StoreConformance {
    static let sessions: [Guarantee] = [
        Guarantee("sessionIsReadAsItWasWritten") { store in
            let household = try await store.settled()
            let session = Session(
                digest: .random(), user: household.user.id, createdAt: Household.noon,
                seenAt: Household.noon.advanced(by: .minutes(5)), address: "2001:db8::1", agent: "Браузер/1 “х”")
            let older = household.session()
            try await store.insert([session, older])
            #expect(try await store.session(session.digest) == session)
            #expect(try await store.session(older.digest) == older, "without where and with what it began")
            #expect(try await store.session(.random()) == nil)
        },
        Guarantee("endedSessionIsGoneAndTheOthersStay") { store in
            let household = try await store.settled()
            let (first, second) = (household.session(), household.session())
            try await store.insert([first, second])
            try await store.write { transaction throws(StoreError) in try transaction.deleteSession(first.digest) }
            #expect(try await store.session(first.digest) == nil)
            #expect(try await store.session(second.digest) == second)
        },
        Guarantee("allSessionsOfOneUserEndTogether") { store in
            let household = try await store.settled()
            let stranger = try await store.settled(Household(email: "grace@compiler.example"))
            let (first, second, other) = (household.session(), household.session(), stranger.session())
            try await store.insert([first, second, other])
            try await store.write { transaction throws(StoreError) in
                try transaction.deleteSessions(of: household.user.id)
            }
            #expect(try await store.session(first.digest) == nil)
            #expect(try await store.session(second.digest) == nil)
            #expect(try await store.session(other.digest) == other)
        },
        Guarantee("allSessionsOfOneUserButOneEndTogether") { store in
            let household = try await store.settled()
            let stranger = try await store.settled(Household(email: "grace@compiler.example"))
            let (kept, ended, other) = (household.session(), household.session(), stranger.session())
            try await store.insert([kept, ended, other])
            try await store.write { transaction throws(StoreError) in
                try transaction.deleteSessions(of: household.user.id, but: kept.digest)
            }
            #expect(try await store.session(kept.digest) == kept)
            #expect(try await store.session(ended.digest) == nil)
            #expect(try await store.session(other.digest) == other)
        },
        Guarantee("sessionsOfAUserAreListedLastSeenFirstWithoutThoseThatAreOver") { store in
            let household = try await store.settled()
            let stranger = try await store.settled(Household(email: "grace@compiler.example"))
            let idle = Household.noon.advanced(by: .zero - Session.idleLimit)
            let oldest = Household.noon.advanced(by: .zero - Session.absoluteLimit)
            let all = [
                household.session(seenAt: Household.noon.advanced(by: .minutes(-9))), household.session(),
                household.session(createdAt: idle, seenAt: idle), household.session(createdAt: oldest),
                household.session(createdAt: idle, seenAt: idle.advanced(by: .milliseconds(1))),
                household.session(
                    createdAt: oldest.advanced(by: .milliseconds(1)), seenAt: idle.advanced(by: .days(1))),
            ]
            try await store.insert(all + [stranger.session()])
            let listed = try await store.sessions(of: household)
            #expect(listed == [all[1], all[0], all[5], all[4]])
            #expect(listed.allSatisfy { $0.isLive(at: Household.noon) })
            #expect(try await store.sessions(of: household, limit: 2) == [all[1], all[0]])
        },
        Guarantee("lastSeenNeverGoesBack") { store in
            let household = try await store.settled()
            let session = household.session()
            try await store.insert([session])
            let later = Household.noon.advanced(by: .minutes(90))
            for moment in [later, Household.noon] {
                try await store.write { transaction throws(StoreError) in
                    try transaction.setSeen(session.digest, at: moment)
                }
            }
            #expect(try await store.session(session.digest)?.seenAt == later)
        },
        Guarantee("sweepingEndsExactlyTheSessionsThatAreOver") { store in
            let household = try await store.settled()
            let idle = Household.noon.advanced(by: .zero - Session.idleLimit)
            let oldest = Household.noon.advanced(by: .zero - Session.absoluteLimit)
            let millisecond = Duration.milliseconds(1)
            let sessions = [
                household.session(createdAt: idle, seenAt: idle),
                household.session(createdAt: idle, seenAt: idle.advanced(by: millisecond)),
                household.session(createdAt: oldest, seenAt: Household.noon),
                household.session(createdAt: oldest.advanced(by: millisecond), seenAt: Household.noon),
            ]
            try await store.insert(sessions)
            try await store.write { transaction throws(StoreError) in
                try transaction.deleteSessions(overAt: Household.noon)
            }
            for session in sessions {
                let isKept = try await store.session(session.digest) != nil
                #expect(isKept == session.isLive(at: Household.noon))
            }
        },
    ]
}

extension Household {
    fileprivate func session(createdAt: Timestamp = noon, seenAt: Timestamp = noon) -> Session {
        Session(digest: .random(), user: user.id, createdAt: createdAt, seenAt: seenAt)
    }
}

extension Store {
    fileprivate func session(_ digest: Digest) async throws -> Session? {
        try await read { transaction throws(StoreError) in try transaction.session(digest) }
    }

    fileprivate func sessions(of household: Household, limit: Int = .max) async throws -> [Session] {
        try await read { transaction throws(StoreError) in
            try transaction.sessions(of: household.user.id, liveAt: Household.noon, limit: limit)
        }
    }

    fileprivate func insert(_ sessions: [Session]) async throws {
        try await write { transaction throws(StoreError) in
            for session in sessions { try transaction.insert(session) }
        }
    }
}
