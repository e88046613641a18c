import KeyCore

/// The shape of the database, as steps that each lead from one version to the next.
///
/// The version is how many steps have been taken; the table that holds it tells our databases from everybody else's.
/// Steps are only ever added, never edited; each released version has an upgrade test.
enum Schema {
    /// The SQL of each step.
    static let steps = [v1]

    static var latestVersion: Int { steps.count }

    /// Takes the steps that are still to be taken, in one transaction. Programs that start together wait for one
    /// another; the second finds nothing left to do.
    ///
    /// - Returns: what the database is to be refused for, which is then as it was.
    static func migrate(_ connection: Connection) throws(Failure) -> PostgresStore.OpenError? {
        if try connection.run("SHOW server_encoding").rows.first?[0] != "UTF8" {
            return .failed(cause: "its encoding is not UTF8, so that it cannot hold every name")
        }
        if try connection.run("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'").rows.isEmpty {
            return .failed(cause: "its server is built without ICU, so that it cannot search in any letter case")
        }
        try connection.begin(Mode.migrating.script)
        let found = try version(connection)
        if found == nil, let table = try foreignTable(connection) {
            return .notLatchkey(database: try name(of: connection), table: table)
        }
        let version = found ?? 0
        guard version <= latestVersion else { return .newerSchema(found: version, supported: latestVersion) }
        if version < latestVersion {
            if found == nil { try connection.run(script: table) }
            for step in steps[version...] { try connection.run(script: step) }
            _ = try connection.run("UPDATE latchkey_schema SET version = \(latestVersion)")
        }
        try connection.commit()
        return nil
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

    private static func name(of connection: Connection) throws(Failure) -> String {
        try connection.run("SELECT current_database()::text").rows.first?[0] ?? ""
    }
}
