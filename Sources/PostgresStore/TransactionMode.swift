import KeyCore

/// How a transaction begins: what it sees, what it waits for and for how long.
///
/// All of it is said anew with each BEGIN and holds until its end: behind a pooler, a setting of the session would
/// reach others' transactions, and not ours.
struct TransactionMode: Sendable {
    let script: String
    let isReadOnly: Bool
    /// How long we wait for an answer; the server gives up before.
    let patience: Duration

    private init(
        _ characteristics: String, statement: Duration, lock: Duration, idle: Duration = longestIdle,
        isReadOnly: Bool = false, patience: Duration? = nil, then: [String] = []
    ) {
        let settings = [
            "BEGIN ISOLATION LEVEL \(characteristics)",
            "SET LOCAL statement_timeout = \(statement.milliseconds)",
            "SET LOCAL lock_timeout = \(lock.milliseconds)",
            "SET LOCAL idle_in_transaction_session_timeout = \(idle.milliseconds)",
        ]
        script = (settings + then).joined(separator: ";")
        self.isReadOnly = isReadOnly
        self.patience = patience ?? statement + Connection.Limit.grace
    }

    /// A process that died or was stopped in the middle of a transaction loses it, and what it held, after so long.
    private static let longestIdle = Duration.seconds(2)
    /// What only reads holds nobody up.
    private static let longestIdleReading = Duration.seconds(30)
    /// As long as SQLite waits for another process.
    private static let statement = Duration.seconds(5)
    /// What each statement may take of a change to all keys of one person, and the pause between two of them. Other
    /// writers are refused meanwhile; that is better than a change which can never be made.
    static let largest = Duration.seconds(120)
    /// Longer than a writer may be idle: those who wait outlive one that is stuck.
    private static let lock = Duration.seconds(3)

    /// The lock under which writers take turns: "latchkey" in ASCII. It is one lock for each database.
    static let writersTurn: Int64 = 0x6c61_7463_686b_6579

    /// One snapshot for all that is asked, taken by the first question.
    static let reading = TransactionMode(
        "REPEATABLE READ READ ONLY", statement: statement, lock: lock, idle: longestIdleReading, isReadOnly: true)

    /// The rows of nodes. Nothing is written, but a standby, which may not show a node that has just registered, refuses
    /// such a transaction.
    static let askingForNodes = TransactionMode(
        "REPEATABLE READ READ WRITE", statement: statement, lock: lock, isReadOnly: true)

    /// One writer at a time, as in SQLite. The use cases rely on it: they read, judge and write, such as "is this
    /// the last Administrator", and two of them at once could each find that it is not. READ COMMITTED, because the
    /// snapshot of a stricter level would be taken by waiting for the turn, before the writer ahead has committed; with
    /// the turn held, nothing changes between one statement and the next anyway.
    static let writing = TransactionMode(
        "READ COMMITTED", statement: statement, lock: lock,
        then: [durable, "SELECT pg_advisory_xact_lock(\(writersTurn))"])

    /// A renewal is one snapshot, writes the node's own row and takes no turn.
    static func renewing(within limit: Duration) -> TransactionMode {
        hurried("REPEATABLE READ", limit, then: [durable])
    }

    /// Reading what changed, on the connection of renewals.
    static func looking(within limit: Duration) -> TransactionMode {
        hurried("REPEATABLE READ READ ONLY", limit, isReadOnly: true)
    }

    /// What else is done with the rows of nodes.
    static let keepingNodes = TransactionMode("READ COMMITTED", statement: statement, lock: lock, then: [durable])

    /// What may be lost with the server: it is not worth waiting for its disk.
    static func acknowledging(within limit: Duration) -> TransactionMode {
        hurried("READ COMMITTED", limit, then: ["SET LOCAL synchronous_commit = off"])
    }

    /// A node's lease runs out while it waits: no answer is waited for longer than the limit, and no grace is given.
    /// The server gives up a fifth earlier, so that one that is well but busy can say so and keep its connection.
    private static func hurried(
        _ characteristics: String, _ limit: Duration, isReadOnly: Bool = false, then: [String] = []
    ) -> TransactionMode {
        TransactionMode(
            characteristics, statement: limit * 4 / 5, lock: limit * 4 / 5,
            idle: isReadOnly ? longestIdleReading : longestIdle, isReadOnly: isReadOnly, patience: limit, then: then)
    }

    /// Changes to the schema take as long as they take, and one program after the other.
    static let migrating = TransactionMode(
        "READ COMMITTED", statement: .seconds(3600), lock: .seconds(300),
        then: [durable, "SELECT pg_advisory_xact_lock(\(writersTurn))"])

    /// What was answered is on the disk, and on the standby's where there is one, whatever is the default here.
    /// `remote_apply` is more than that, and stays.
    static let durable = """
        SELECT set_config('synchronous_commit', 'on', true)
        WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')
        """
}
