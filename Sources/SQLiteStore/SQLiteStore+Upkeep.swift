import GRDB
import KeyCore

/// What an operator does with the file. All of it blocks, and is called from the command line only.
extension SQLiteStore {
    package static let latestSchemaVersion = Schema.latestVersion

    package func schemaVersion() throws(StoreError) -> Int {
        try attempt { try pool.read(Schema.version(of:)) }
    }

    /// Waits for the transactions under way and closes the file. The last to close it folds the WAL into it.
    package func close() throws(StoreError) {
        try attempt {
            // The pool closes its writer before its readers, of whom the last could not write to the file.
            pool.invalidateReadOnlyConnections()
            try pool.close()
        }
    }
}
