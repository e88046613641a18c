/// What a visitor fills in to register.
package struct RegistrationForm: Sendable {
    package var name: String
    package var email: String
    package var password: String
    package var company: String
    package var timeZone: String?
    package var language: Language

    package init(
        name: String, email: String, password: String, company: String, timeZone: String?, language: Language
    ) {
        self.name = name
        self.email = email
        self.password = password
        self.company = company
        self.timeZone = timeZone
        self.language = language
    }
}

/// A fresh log-in: the token goes into the cookie and is kept nowhere.
package struct SignIn: Sendable {
    package let token: SessionToken
    package let account: Account
}

extension Registry {
    /// Makes a company with its first user, its Administrator, and logs them in.
    ///
    /// - Parameter previous: the session that the browser had, which ends.
    /// - Throws: field refusals; `email_taken`; `too_many_attempts` for an address that keeps trying taken e-mails.
    package func register(
        _ form: RegistrationForm, replacing previous: SessionToken? = nil, on occasion: Occasion
    ) async throws(Refusal) -> SignIn {
        guard registration == .open else { throw Refusal(.forbidden, .registrationClosed) }
        let checked = try check(form)
        let prober = [LoginThrottle.registering(from: occasion.address)]
        try requirePatience(prober, at: occasion.at)
        let hash = try await hasher.hash(checked.password)
        let founding = Founding(checked, platform: platform, at: occasion.at)
        let token = SessionToken.generate()
        do {
            let revision = try await store.write { transaction throws(StoreError) in
                let revision = try founding.write(
                    to: transaction, passwordHash: hash, actor: founding.user.id, on: occasion)
                if let previous { try transaction.deleteSession(previous.digest) }
                try transaction.insert(Session(new: token, user: founding.user.id, on: occasion))
                return revision
            }
            _ = await propagation.settle(revision)
        } catch {
            if error == .duplicate(.email) { try countTaken(prober, at: occasion.at) }
            throw Refusal(error)
        }
        return SignIn(token: token, account: founding.account)
    }

    /// Logs in. A wrong password and an unknown e-mail get the same answer after the same work.
    ///
    /// - Parameter previous: the session that the browser had, which ends.
    /// - Throws: `bad_credentials`; `too_many_attempts`; `busy`.
    package func logIn(
        email: String, password: String, replacing previous: SessionToken? = nil, on occasion: Occasion
    ) async throws(Refusal) -> SignIn {
        let address = EmailAddress(stored: PlainText.cleaned(email))
        // No account has such an address, and the throttle should not keep texts of any length.
        guard address.text.utf8.count <= EmailAddress.maximumLength else { throw .badCredentials }
        let subjects = [LoginThrottle.Subject.account(address.folded), LoginThrottle.network(occasion.address)]
        try requirePatience(subjects, at: occasion.at)

        let credential = try await read { transaction throws(StoreError) in try transaction.credential(of: address) }
        let hash = credential?.passwordHash ?? Registry.nobodysHash
        let isRight = try await check(Password(password), against: hash, subjects, at: occasion.at)
        guard isRight, let account = credential?.account else { throw .badCredentials }
        guard account.user.blockedAt == nil else { throw Refusal(.forbidden, .accountBlocked) }

        let token = SessionToken.generate()
        let event = AuditEvent(
            .sessionStarted, on: occasion, company: account.company.id, actor: account.user.id,
            target: account.user.id.description)
        try await write { transaction throws(StoreError) in
            // The check took its time: a password that was changed meanwhile, or a block, counts.
            guard let now = try transaction.credential(of: account.user.id), now.passwordHash == hash,
                now.account.user.blockedAt == nil
            else { throw .refused(.badCredentials) }
            if let previous { try transaction.deleteSession(previous.digest) }
            try transaction.deleteSessions(overAt: occasion.at)
            try transaction.insert(Session(new: token, user: account.user.id, on: occasion))
            try transaction.append(event)
        }
        return SignIn(token: token, account: account)
    }

    /// Who a cookie belongs to, if its session is live and its user may be here.
    package func caller(with token: SessionToken, on occasion: Occasion) async throws(Refusal) -> Caller? {
        let digest = token.digest
        let found = try await read { transaction throws(StoreError) -> (Session, Account)? in
            guard let session = try transaction.session(digest), session.isLive(at: occasion.at),
                let account = try transaction.account(session.user), account.user.blockedAt == nil
            else { return nil }
            return (session, account)
        }
        guard let (session, account) = found else { return nil }
        if occasion.at.since(session.seenAt) >= Session.seenPrecision {
            try await write { transaction throws(StoreError) in try transaction.setSeen(digest, at: occasion.at) }
        }
        return Caller(account: account, means: .session(digest), occasion: occasion)
    }

    /// Who a verified key acts for.
    package func caller(
        with key: ID<Key>, subset: PermissionSet?, owner: ID<User>, on occasion: Occasion
    ) async throws(Refusal) -> Caller? {
        let account = try await read { transaction throws(StoreError) in try transaction.account(owner) }
        return account.map { Caller(account: $0, means: .key(key, subset: subset), occasion: occasion) }
    }

    /// Ends a session. One that has ended already is no refusal.
    package func logOut(_ token: SessionToken, on occasion: Occasion) async throws(Refusal) {
        try await write { transaction throws(StoreError) in
            guard let session = try transaction.session(token.digest) else { return }
            try transaction.deleteSession(token.digest)
            guard let account = try transaction.account(session.user) else { return }
            try transaction.append(
                AuditEvent(
                    .sessionEnded, on: occasion, company: account.company.id, actor: session.user,
                    target: session.user.description))
        }
    }

    /// Checks a password. The attempt counts as failed from its beginning, so that many made at once all count; the
    /// right one is forgiven, and so is one that was never looked at.
    func check(
        _ password: Password, against hash: String, _ subjects: [LoginThrottle.Subject], at now: Timestamp
    ) async throws(Refusal) -> Bool {
        recordFailure(subjects, at: now)
        do throws(Refusal) {
            let isRight = try await hasher.verify(password, against: hash)
            if isRight { throttle.withLock { $0.forgive(subjects) } }
            return isRight
        } catch {
            throttle.withLock { $0.takeBack(subjects) }
            throw error
        }
    }

    /// Counts an e-mail address that was taken, and hides from those who keep trying that it is.
    func countTaken(_ subjects: [LoginThrottle.Subject], at now: Timestamp) throws(Refusal) {
        try requirePatience(subjects, at: now)
        recordFailure(subjects, at: now)
    }

    func requirePatience(_ subjects: [LoginThrottle.Subject], at now: Timestamp) throws(Refusal) {
        if let delay = throttle.withLock({ $0.delay(for: subjects, at: now) }) {
            throw Refusal(.later(delay), .tooManyAttempts)
        }
    }

    func recordFailure(_ subjects: [LoginThrottle.Subject], at now: Timestamp) {
        throttle.withLock { $0.recordFailure(subjects, at: now) }
    }

    /// What an unknown e-mail's password is checked against, so that it takes as long as a known one's.
    /// The digest is of nobody's password: 32 zero bytes are not what Argon2id makes of anything we can name.
    static let nobodysHash =
        "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ibw$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
}

extension Session {
    init(new token: SessionToken, user: ID<User>, on occasion: Occasion) {
        self.init(
            digest: token.digest, user: user, createdAt: occasion.at, seenAt: occasion.at,
            address: occasion.address, agent: occasion.agent)
    }
}
