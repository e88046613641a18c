import GRDB
import KeyCore

/// The store on one machine: a single SQLite file, shared by the server and the command line.
///
/// - WAL with `synchronous = FULL`: a commit that was acknowledged survives a power cut, and reading never waits
///   for writing.
/// - Writing takes the lock at once (`BEGIN IMMEDIATE`): a transaction never finds out halfway that another process
///   was quicker.
/// - Cancelling the task that waits does not undo what it asked for: the caller always learns what has happened.
package final class SQLiteStore: Store {
    /// What the store may take of the machine.
    enum Limit {
        /// Pages of the portal read for a millisecond or less; more connections would only hold memory.
        static let readers = 4
        /// How long a transaction waits for another process to finish its own, in seconds.
        static let wait = 5.0
        /// Pages that a connection keeps, in KiB. The operating system keeps the rest of the file.
        static let cache = 1024
        /// What the WAL file is cut back to after a large transaction, in bytes.
        static let journal = 16 << 20
        /// How many revisions the change log reaches back. A follower that was away for longer loads everything.
        static let revisionsKept = 100_000
        /// How many keys, people or roles of one name the audit log is searched for; it bounds one argument.
        static let targetsNamed = 10_000
    }

    let pool: DatabasePool
    private let platform: Platform
    private let bell: ChangeBell

    init(pool: DatabasePool, platform: Platform, bell: ChangeBell) {
        self.pool = pool
        self.platform = platform
        self.bell = bell
    }

    /// Moves whenever any process on the file has committed what verifying must know.
    var changeMark: UInt64 { bell.mark }

    package var following: Following {
        .mark { [bell] in bell.mark }
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any ReadTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let platform = platform
        let result = await withCheckedContinuation { continuation in
            pool.asyncRead { db in
                continuation.resume(
                    returning: Result { () throws(StoreError) in
                        let db = try attempt { try db.get() }
                        return try body(SQLiteTransaction(db, platform: platform))
                    })
            }
        }
        return try result.get()
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any WriteTransaction) throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let (platform, bell) = (platform, bell)
        let result = await withCheckedContinuation { continuation in
            pool.asyncWriteWithoutTransaction { db in
                continuation.resume(
                    returning: Result { () throws(StoreError) in
                        let transaction = SQLiteTransaction(db, platform: platform)
                        // After the commit, and after one that failed too: whether it reached the disk may then be
                        // unknown, and a needless look costs nothing.
                        defer { if transaction.hasNoted { bell.ring() } }
                        return try db.committing { () throws(StoreError) in try body(transaction) }
                    })
            }
        }
        return try result.get()
    }
}

extension Database {
    /// Runs a body in a transaction that is committed when it returns and rolled back when anything throws.
    fileprivate func committing<Value>(_ body: () throws(StoreError) -> Value) throws(StoreError) -> Value {
        try attempt { try beginTransaction(.immediate) }
        do {
            let value = try body()
            try attempt { try commit() }
            return value
        } catch {
            // Fails only where SQLite has rolled back already, as it does on a full disk.
            try? rollback()
            throw error
        }
    }
}

/// Runs what may throw anything, and throws what the store says of it.
func attempt<Value>(_ body: () throws -> Value) throws(StoreError) -> Value {
    do {
        return try body()
    } catch {
        throw StoreError(error)
    }
}
