/// Why a database is not opened: one line for the person who started the program.
package enum OpenError: Error, Hashable, Sendable {
    case notFound(path: String)
    /// The file is another program's database, or none.
    case notLatchkey(path: String)
    /// A newer version of this program has written it.
    case newerSchema(found: Int, supported: Int)
    /// What is only read is not brought to the latest schema.
    case olderSchema(found: Int, supported: Int)
    /// `latchkey copy` was stopped before the database held all that it was to hold.
    case unfinishedCopy
    /// The target of a copy has rows already.
    case notEmpty(table: String)
    /// Another process has the target of a copy open.
    case inUse(path: String)
    case failed(path: String, cause: String)
}

extension OpenError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notFound(let path):
            "There is no database at \(path)."
        case .notLatchkey(let path):
            "\(path) is not a Latchkey database."
        case .newerSchema(let found, let supported):
            "The database has schema version \(found), and this version of Latchkey knows \(supported). "
                + "Start the newer version that made it, or restore a backup."
        case .olderSchema(let found, let supported):
            "The database has schema version \(found), and this version of Latchkey copies from \(supported). "
                + "Run latchkey migrate on it first."
        case .unfinishedCopy:
            "The database holds an unfinished copy. Run the same latchkey copy again to finish it."
        case .notEmpty(let table):
            "The target is not empty: the table \(table) has rows. Copy into a new database."
        case .inUse(let path):
            "\(path) is in use. Stop the processes that have it open, then copy."
        case .failed(let path, let cause):
            "The database \(path) cannot be opened: \(cause)."
        }
    }
}
