/// Why a database is not opened: one line for the person who started the program.
package enum OpenError: Error, Hashable, Sendable {
    case notFound(path: String)
    /// The file is another program's database, or none.
    case notLatchkey(path: String)
    /// A newer version of this program has written it.
    case newerSchema(found: Int, supported: Int)
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
        case .failed(let path, let cause):
            "The database \(path) cannot be opened: \(cause)."
        }
    }
}
