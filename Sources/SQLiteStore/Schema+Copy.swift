import GRDB
import KeyCore

/// What a copy into a database leaves in it until it is finished.
extension Schema {
    static func holdsUnfinishedCopy(_ db: Database) throws -> Bool {
        try db.tableExists("unfinished_copy")
    }

    /// - Throws: `OpenError.unfinishedCopy`.
    static func refuseUnfinishedCopy(_ db: Database) throws {
        if try holdsUnfinishedCopy(db) { throw OpenError.unfinishedCopy }
    }

    /// The first table that holds more than a database has when it was just made; `nil` where none does.
    static func firstTableWithRows(_ db: Database) throws -> String? {
        for table in ArchivedTable.all.map(\.name) where try db.tableExists(table) {
            let filter = table == "revision" ? "WHERE number > 0" : ""
            if try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM \(table) \(filter))") == true { return table }
        }
        return nil
    }
}
