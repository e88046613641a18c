import KeyCore

/// The shape of the database, as steps that each lead from one version to the next.
///
/// The version is how many steps have been taken; the table that holds it tells our databases from everybody else's.
/// Steps are only ever added, never edited; each released version has an upgrade test.
enum Schema {
    /// The SQL of each step.
    static let steps = [v1, v2, v3]

    static var latestVersion: Int { steps.count }

    /// Takes the steps that are still to be taken, in one transaction. Programs that start together wait for one
    /// another; the second finds nothing left to do. A database that is refused is left as it was.
    static func migrate(_ connection: Connection) throws(OpenError) {
        let unfit = try opening { () throws(Failure) in try lack(of: connection) }
        if let unfit { throw .failed(cause: unfit) }
        try opening { () throws(Failure) in try connection.begin(TransactionMode.migrating.script) }
        let found = try version(recognising: connection)
        try opening { () throws(Failure) in
            if found == nil { try connection.run(script: table) }
            for step in steps[(found ?? 0)...] { try connection.run(script: step) }
            if found != latestVersion {
                _ = try connection.run("UPDATE latchkey_schema SET version = \(latestVersion)")
            }
            try connection.commit()
        }
    }

    /// What the server cannot do that we need.
    private static func lack(of connection: Connection) throws(Failure) -> String? {
        if try connection.run("SHOW server_encoding").rows.first?[0] != "UTF8" {
            return "its encoding is not UTF8, so that it cannot hold every name"
        }
        if try connection.run("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'").rows.isEmpty {
            return "its server is built without ICU, so that it cannot search in any letter case"
        }
        return nil
    }

    /// Proves that a database is ours, or empty, and not newer than this program.
    ///
    /// - Returns: its version; `nil` where it is empty.
    private static func version(recognising connection: Connection) throws(OpenError) -> Int? {
        guard let found = try opening({ () throws(Failure) in try version(connection) }) else {
            let table = try opening { () throws(Failure) in try foreignTable(connection) }
            guard let table else { return nil }
            throw .notLatchkey(database: try name(of: connection), table: table)
        }
        guard found <= latestVersion else { throw .newerSchema(found: found, supported: latestVersion) }
        return found
    }

    /// The version of a database that is to hold our data already.
    static func versionThere(_ connection: Connection) throws(OpenError) -> Int {
        guard let found = try version(recognising: connection) else {
            throw .empty(database: try name(of: connection))
        }
        return found
    }

    static func insistOnLatest(_ connection: Connection) throws(OpenError) {
        let found = try versionThere(connection)
        guard found == latestVersion else { throw .olderSchema(found: found, supported: latestVersion) }
    }

    /// `nil` where our table is not there.
    static func version(_ connection: Connection) throws(Failure) -> Int? {
        guard try connection.run("SELECT to_regclass('latchkey_schema') IS NOT NULL").rows.first?[0] == true else {
            return nil
        }
        return try connection.run("SELECT version FROM latchkey_schema").rows.first?[0]
    }

    private static let table = """
        CREATE TABLE latchkey_schema (
            only_row bigint PRIMARY KEY CONSTRAINT one_version CHECK (only_row = 1),
            version bigint NOT NULL
        );
        INSERT INTO latchkey_schema VALUES (1, 0);
        """

    /// A table that somebody else has made, in any schema of the database. Those that an extension brings are no sign
    /// of an owner.
    private static func foreignTable(_ connection: Connection) throws(Failure) -> String? {
        try connection.run(
            """
            SELECT relname::text FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE relkind IN ('r', 'p') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
                AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
            ORDER BY relname LIMIT 1
            """
        ).rows.first?[0]
    }

    private static func name(of connection: Connection) throws(OpenError) -> String {
        try opening { () throws(Failure) in
            try connection.run("SELECT current_database()::text").rows.first?[0] ?? ""
        }
    }
}
