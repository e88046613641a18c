extension PostgresStore {
    /// Why a database is not opened: one line for the person who started the program, without the URL's password.
    package enum OpenError: Error, Hashable, Sendable {
        /// The URL cannot be read, or says what cannot be meant.
        case badAddress(cause: String)
        /// The database has tables, and they are not ours.
        case notLatchkey(database: String, table: String)
        /// A newer version of this program has written it.
        case newerSchema(found: Int, supported: Int)
        /// What is only read is not brought to the latest schema.
        case olderSchema(found: Int, supported: Int)
        /// `latchkey copy` was stopped before the database held all that it was to hold.
        case unfinishedCopy
        /// The target of a copy has rows already.
        case notEmpty(table: String)
        case failed(cause: String)
    }
}

extension PostgresStore.OpenError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badAddress(let cause):
            "The address of the database cannot be used: \(cause)."
        case .notLatchkey(let database, let table):
            "The database \(database) holds another program's tables, such as \(table). "
                + "Give Latchkey a database of its own."
        case .newerSchema(let found, let supported):
            "The database has schema version \(found), and this version of Latchkey knows \(supported). "
                + "Start the newer version that made it, or restore a backup."
        case .olderSchema(let found, let supported):
            "The database has schema version \(found), and this version of Latchkey copies from \(supported). "
                + "Run latchkey migrate on it first."
        case .unfinishedCopy:
            "The database holds an unfinished copy. Run the same latchkey copy again to finish it."
        case .notEmpty("nodes"):
            "A server runs on the target, or did when it was killed. Stop it and copy into a new database."
        case .notEmpty(let table):
            "The target is not empty: the table \(table) has rows. Copy into a new database."
        case .failed(let cause):
            "The database cannot be opened: \(cause)."
        }
    }
}
