/// Reading the audit log, for those who may see the company's settings.
extension Registry {
    /// A page of the company's audit log, the newest first.
    ///
    /// - Throws: `missing_permission` without `settings:read`.
    package func auditLog(_ query: AuditQuery, by caller: Caller) async throws(Refusal) -> [AuditEntry] {
        try await auditLog(query, by: caller, named: false).entries
    }

    /// The same with the names of what the entries speak of, for pages and files that people read.
    ///
    /// - Throws: `missing_permission` without `settings:read`.
    package func namedAuditLog(
        _ query: AuditQuery, by caller: Caller
    ) async throws(Refusal) -> (entries: [AuditEntry], names: AuditNames) {
        try await auditLog(query, by: caller, named: true)
    }

    /// A page to turn from to both sides: past the newest entry it is the first page.
    ///
    /// - Throws: `missing_permission` without `settings:read`.
    package func auditPage(
        _ query: AuditQuery, by caller: Caller
    ) async throws(Refusal) -> (page: AuditPage, names: AuditNames) {
        let size = query.limit
        var wider = query
        // One more than the page holds tells whether there is another behind it.
        wider.limit = size + 1
        let (entries, names) = try await namedAuditLog(wider, by: caller)
        let hasMore = entries.count > size
        guard query.after != nil else {
            let shown = Array(entries.prefix(size))
            let newer = query.before.flatMap { _ in shown.first?.number }
            return (AuditPage(entries: shown, older: hasMore ? shown.last?.number : nil, newer: newer), names)
        }
        guard hasMore else {
            var first = query
            first.after = nil
            return try await auditPage(first, by: caller)
        }
        let shown = Array(entries.suffix(size))
        return (AuditPage(entries: shown, older: shown.last?.number, newer: shown.first?.number), names)
    }

    /// Notes that the log is taken out, and returns the number of that note: what is exported stands before it.
    ///
    /// - Parameter scope: what is asked for, as it should stand in the log.
    /// - Throws: `missing_permission` without `settings:read`.
    package func beginAuditExport(_ scope: String, by caller: Caller) async throws(Refusal) -> Int64 {
        let right = platform.right(.settings, .read)
        try caller.require(right)
        return try await write(by: caller, needing: right) { transaction, caller throws(StoreError) in
            let company = caller.account.company.id
            try transaction.append(AuditEvent(.auditExported, company, by: caller, after: scope))
            return try transaction.auditEntries(AuditQuery(company: company, limit: 1)).first?.number ?? 0
        }
    }

    /// What somebody is called in the log, for a filter that names them by their id; `nil` for strangers.
    package func auditName(of user: ID<User>, by caller: Caller) async throws(Refusal) -> String? {
        try caller.require(platform.right(.settings, .read))
        let company = caller.account.company.id
        let owner = try await read { transaction throws(StoreError) in try transaction.owner(user) }
        return owner.flatMap { $0.company == company ? $0.name : nil }
    }

    private func auditLog(
        _ query: AuditQuery, by caller: Caller, named: Bool
    ) async throws(Refusal) -> (entries: [AuditEntry], names: AuditNames) {
        try caller.require(platform.right(.settings, .read))
        var query = query
        query.company = caller.account.company.id
        let right = platform.right(.settings, .read)
        let company = query.company
        let only = platform.discussions == .company ? company : nil
        return try await read { [query] transaction throws(StoreError) in
            // An export reads for a long time: one who was blocked meanwhile gets no more of it.
            guard let caller = try caller.renewed(in: transaction) else { throw .refused(.notSignedIn) }
            try refusing { () throws(Refusal) in try caller.require(right) }
            let entries = try transaction.auditEntries(query)
            var names = AuditNames()
            for entry in entries where named {
                try names.lookUp(entry.event, in: transaction, of: company, only: only)
            }
            return (entries, names)
        }
    }
}

extension AuditNames {
    /// An identifier says by its prefix what it names. What an event of a company speaks of is that company's own, but
    /// for the topics of others to which its people replied: those are named where companies discuss with each other,
    /// and not once they are hidden.
    fileprivate mutating func lookUp(
        _ event: AuditEvent, in transaction: any ReadTransaction, of company: ID<Company>?, only: ID<Company>?
    ) throws(StoreError) {
        let identifiers = [event.actor?.description, event.key?.description, event.target].compactMap(\.self)
        for identifier in identifiers where !knows(identifier) {
            if let id = ID<User>(identifier) {
                note(identifier, try transaction.owner(id)?.name)
            } else if let id = ID<Key>(identifier) {
                note(identifier, try transaction.key(id)?.name.text)
            } else if let id = ID<Role>(identifier) {
                note(identifier, try transaction.role(id)?.name)
            } else if let id = ID<Topic>(identifier) {
                note(identifier, try transaction.topic(id)?.title)
            } else if let id = ID<Reply>(identifier) {
                let topic = try transaction.reply(id).flatMap { (reply) throws(StoreError) in
                    try transaction.topic(reply.topic)
                }
                let isSeen = topic?.company == company || (only == nil && topic?.hidden == nil)
                note(identifier, isSeen ? topic?.title : nil)
            }
        }
    }
}
