/// Why a database is not opened: one line for the person who started the program, without any password.
package enum OpenError: Error, Hashable, Sendable {
    /// The URL cannot be read, or says what cannot be meant.
    case badAddress(cause: String)
    case notFound(path: String)
    /// The database is there, and nobody has made any tables in it.
    case empty(database: String)
    /// The database is another program's, or the file is none; a table of it, where that is known.
    case notLatchkey(database: String, table: String? = nil)
    /// A newer version of this program has written it.
    case newerSchema(found: Int, supported: Int)
    /// What is to be left as it is, is not brought to the latest schema.
    case olderSchema(found: Int, supported: Int)
    /// `latchkey copy` was stopped before the database held all that it was to hold.
    case unfinishedCopy
    /// The target of a copy has rows already.
    case notEmpty(table: String)
    /// Another process has the target of a copy open.
    case inUse(path: String)
    case failed(cause: String)
}

extension OpenError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badAddress(let cause):
            "The address of the database cannot be used: \(cause)."
        case .notFound(let path):
            "There is no database at \(path). Start latchkey serve first, or check the path."
        case .empty(let database):
            "The database \(database) holds no data of Latchkey's yet. Start latchkey serve first, or check the address."
        case .notLatchkey(let database, nil):
            "\(database) is not a Latchkey database."
        case .notLatchkey(let database, let table?):
            "The database \(database) holds another program's tables, such as \(table). "
                + "Give Latchkey a database of its own."
        case .newerSchema(let found, let supported):
            "The database has schema version \(found), and this version of Latchkey knows \(supported). "
                + "Start the newer version that made it, or restore a backup."
        case .olderSchema(let found, let supported):
            "The database has schema version \(found), and this version of Latchkey works on \(supported). "
                + "Start this version's latchkey serve or run latchkey migrate: each brings it up to date."
        case .unfinishedCopy:
            "The database holds an unfinished copy. Run the same latchkey copy again to finish it."
        case .notEmpty("nodes"):
            "A server runs on the target, or did when it was killed. Stop it and copy into a new database."
        case .notEmpty(let table):
            "The target is not empty: the table \(table) has rows. Copy into a new database."
        case .inUse(let path):
            "\(path) is in use. Stop the processes that have it open, then copy."
        case .failed(let cause):
            "The database cannot be opened: \(cause)."
        }
    }
}
