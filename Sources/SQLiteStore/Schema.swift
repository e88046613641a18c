import GRDB
import KeyCore

/// The shape of the database, as steps that each lead from one version to the next.
///
/// The version is SQLite's `user_version`: how many steps have been taken. Steps are only ever added, never edited;
/// each released version has an upgrade test.
enum Schema {
    /// SQLite's `application_id`, "LTCH": tells our files from everybody else's.
    static let applicationID: Int32 = 0x4C54_4348

    /// The SQL of each step.
    static let steps = [v1, v2, v3, v4]

    static var latestVersion: Int { steps.count }

    static func version(of db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    }

    /// Proves that a file is ours, or empty, and not newer than this program.
    ///
    /// One transaction, so one moment: between two looks another process may make the tables, and a file that was
    /// empty at the first and has tables at the second would pass for somebody else's.
    ///
    /// - Returns: its version; `nil` where it is empty.
    /// - Throws: `OpenError`.
    static func version(recognising db: Database, at path: String) throws -> Int? {
        var version: Int?
        try db.inTransaction(.deferred) {
            let application = try Int32.fetchOne(db, sql: "PRAGMA application_id")
            let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            guard application == applicationID || tables == 0 else { throw OpenError.notLatchkey(database: path) }
            let found = try self.version(of: db)
            guard found <= latestVersion else { throw OpenError.newerSchema(found: found, supported: latestVersion) }
            version = tables == 0 ? nil : found
            return .commit
        }
        return version
    }

    /// - Throws: `OpenError`.
    static func insistOnLatest(_ version: Int?, at path: String) throws {
        guard let version else { throw OpenError.empty(database: path) }
        guard version == latestVersion else { throw OpenError.olderSchema(found: version, supported: latestVersion) }
    }

    /// Takes the steps that are still to be taken, each in a transaction of its own. Processes that start together
    /// wait for one another; the second finds nothing left to do.
    static func migrate(_ db: Database) throws {
        while try version(of: db) < latestVersion {
            try db.inTransaction(.immediate) {
                let version = try version(of: db)
                guard version < latestVersion else { return .commit }
                try db.execute(sql: steps[version])
                try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version + 1)")
                return .commit
            }
        }
    }
}
