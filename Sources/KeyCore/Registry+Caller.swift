/// Who asks is found out before a request's body is read, and a client may take its time with the body. So a change
/// looks again, in its own transaction: what was taken from a caller meanwhile, they can use no more.
extension Registry {
    /// Runs a change with the caller as they are in its transaction.
    ///
    /// - Throws: `not_signed_in` when the session, the key or the account has ended since; `missing_permission`.
    func write<Value: Sendable>(
        by caller: Caller, needing permission: Permission? = nil,
        _ body: @escaping @Sendable (any WriteTransaction, Caller) throws(StoreError) -> Value
    ) async throws(Refusal) -> Value {
        try await write { transaction throws(StoreError) in
            guard let caller = try caller.renewed(in: transaction) else { throw .refused(.notSignedIn) }
            try refusing { () throws(Refusal) in
                if let permission { try caller.require(permission) }
            }
            return try body(transaction, caller)
        }
    }
}

extension Caller {
    /// The caller as the store has them; `nil` when they may not be here any more.
    func renewed(in transaction: any ReadTransaction) throws(StoreError) -> Caller? {
        guard let account = try transaction.account(account.user.id) else { return nil }
        let renewed = Caller(account: account, means: means, occasion: occasion)
        switch means {
        case .commandLine: return renewed
        case .session(let digest): if try transaction.session(digest) == nil { return nil }
        case .key(let id, _):
            guard let key = try transaction.key(id), key.status(at: occasion.at) == .active else { return nil }
        }
        return account.user.blockedAt == nil ? renewed : nil
    }
}

/// Lets a rule refuse from within a transaction.
func refusing<Value>(_ body: () throws(Refusal) -> Value) throws(StoreError) -> Value {
    do {
        return try body()
    } catch {
        throw .refused(error)
    }
}
