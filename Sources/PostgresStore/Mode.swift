import KeyCore

/// How a transaction begins: what it sees, what it waits for and for how long.
///
/// All of it is said anew with each BEGIN and holds until its end: behind a pooler, a setting of the session would
/// reach others' transactions, and not ours.
struct Mode: Sendable {
    let script: String
    let isReadOnly: Bool
    /// How long we wait for an answer; the server gives up before.
    let patience: Duration

    private init(
        _ characteristics: String, statement: Duration, lock: Duration, idle: Duration = longestIdle,
        isReadOnly: Bool = false, then: [String] = []
    ) {
        let settings = [
            "BEGIN ISOLATION LEVEL \(characteristics)",
            "SET LOCAL statement_timeout = \(statement.milliseconds)",
            "SET LOCAL lock_timeout = \(lock.milliseconds)",
            "SET LOCAL idle_in_transaction_session_timeout = \(idle.milliseconds)",
        ]
        script = (settings + then).joined(separator: ";")
        self.isReadOnly = isReadOnly
        patience = statement + Connection.Limit.grace
    }

    /// A process that died or was stopped in the middle of a transaction loses it, and what it held, after so long.
    private static let longestIdle = Duration.seconds(2)
    /// What only reads holds nobody up.
    private static let longestIdleReading = Duration.seconds(30)
    /// As long as SQLite waits for another process.
    private static let statement = Duration.seconds(5)
    /// Longer than a writer may be idle: those who wait outlive one that is stuck.
    private static let lock = Duration.seconds(3)

    /// The lock under which writers take turns: "latchkey" in ASCII. It is one lock for each database.
    static let writersTurn: Int64 = 0x6c61_7463_686b_6579

    /// One snapshot for all that is asked, taken by the first question.
    static let reading = Mode(
        "REPEATABLE READ READ ONLY", statement: statement, lock: lock, idle: longestIdleReading, isReadOnly: true)

    /// The rows of nodes. Nothing is written, but a standby, which may not show a node that has just registered, refuses
    /// such a transaction.
    static let askingForNodes = Mode("REPEATABLE READ READ WRITE", statement: statement, lock: lock, isReadOnly: true)

    /// One writer at a time, as in SQLite. The use cases rely on it: they read, judge and write, such as "is this
    /// the last Administrator", and two of them at once could each find that it is not. READ COMMITTED, because the
    /// snapshot of a stricter level would be taken by waiting for the turn, before the writer ahead has committed; with
    /// the turn held, nothing changes between one statement and the next anyway.
    static let writing = Mode(
        "READ COMMITTED", statement: statement, lock: lock,
        then: [durable, "SELECT pg_advisory_xact_lock(\(writersTurn))"])

    /// A renewal is one snapshot, writes the node's own row and takes no turn. Short: one that got stuck should be
    /// given up while there is still time for another.
    static let renewing = Mode(
        "REPEATABLE READ", statement: .seconds(1), lock: .seconds(1), then: [durable])

    /// What else is done with the rows of nodes.
    static let keepingNodes = Mode("READ COMMITTED", statement: statement, lock: lock, then: [durable])

    /// What may be lost with the server: it is not worth waiting for its disk.
    static let acknowledging = Mode(
        "READ COMMITTED", statement: .seconds(1), lock: .seconds(1), then: ["SET LOCAL synchronous_commit = off"])

    /// Changes to the schema take as long as they take, and one program after the other.
    static let migrating = Mode(
        "READ COMMITTED", statement: .seconds(3600), lock: .seconds(300),
        then: [durable, "SELECT pg_advisory_xact_lock(\(writersTurn))"])

    /// What was answered is on the disk, and on the standby's where there is one, whatever is the default here.
    /// `remote_apply` is more than that, and stays.
    static let durable = """
        SELECT set_config('synchronous_commit', 'on', true)
        WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')
        """
}
