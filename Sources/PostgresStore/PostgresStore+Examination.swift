import KeyCore

extension PostgresStore {
    /// What an operator should know of the server and of the data, as one look shows it.
    package struct Examination: Sendable {
        /// A standby, or another program that is sent what is written.
        package struct Standby: Hashable, Sendable {
            package let name: String
            /// `sync`, `quorum`, `potential` or `async` (PostgreSQL's pg_stat_replication); `nil` where our role may
            /// not see that.
            package let state: String?
            /// Whether it applies what it is sent: only then can it take over.
            package let applies: Bool

            /// Whether commits wait for it.
            package var isSynchronous: Bool { state == "sync" || state == "quorum" }
        }

        /// What is asked of our tables.
        package struct Contents: Sendable {
            package let revision: Revision
            /// What is not as the schema says. Empty when all is well.
            package let defects: [String]
        }

        /// Such as `15.6`.
        package let version: String
        package let schemaVersion: Int
        /// Host and port as the server itself knows them: behind a pooler, not those of the URL.
        package let place: String
        package let database: String
        package let user: String
        package let settings: [String: String]
        package let standbys: [Standby]
        /// How many connections others than superusers can have.
        package let connections: Int
        package let clock: Timestamp
        /// `nil` where the tables are not those that this version knows.
        package let contents: Contents?

        package subscript(setting: String) -> String { settings[setting] ?? "" }
    }

    package func examine() async throws(StoreError) -> Examination {
        try await readers.transaction(.reading, platform: platform) { transaction throws(StoreError) in
            try transaction.examination()
        }
    }

    /// Begins to find out whether notifications arrive.
    package func startListening() {
        _ = listener.notifications()
    }

    /// Whether notifications arrive; false, too, where that cannot be found out in time.
    package func notificationsArrive() async -> Bool {
        let end = ContinuousClock.now + PostgresStore.longestProbe
        while listener.notificationsArrive == nil, ContinuousClock.now < end {
            try? await Task.sleep(for: .milliseconds(10))
        }
        return listener.notificationsArrive ?? false
    }

    /// Longer than a probe of the listener's takes, connecting included.
    private static let longestProbe = Duration.seconds(6)
}

extension PostgresTransaction {
    private static let settings = [
        "fsync", "full_page_writes", "synchronous_commit", "synchronous_standby_names", "max_connections",
        "superuser_reserved_connections",
    ]

    fileprivate func examination() throws(StoreError) -> PostgresStore.Examination {
        let settings = try rows(
            "SELECT name, current_setting(name) AS value FROM unnest(\(PostgresTransaction.settings)) AS wanted (name)")
        let values: [String: String] = Dictionary(uniqueKeysWithValues: settings.map { ($0["name"], $0["value"]) })
        guard
            let row = try row(
                """
                SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
                    coalesce(host(inet_server_addr()) || ' port ' || inet_server_port(), 'a local socket') AS place,
                    current_database()::text AS database, current_user::text AS role,
                    (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS clock
                """)
        else { throw .damaged("the server's own account of itself") }
        let schemaVersion = Int(try number("SELECT version FROM latchkey_schema"))
        return PostgresStore.Examination(
            version: row["version"], schemaVersion: schemaVersion,
            place: row["place"], database: row["database"], user: row["role"],
            settings: values, standbys: try standbys(),
            connections: (values["max_connections"].flatMap { Int($0) } ?? 0)
                - (values["superuser_reserved_connections"].flatMap { Int($0) } ?? 0),
            clock: row.moment("clock"),
            contents: schemaVersion == PostgresStore.latestSchemaVersion
                ? PostgresStore.Examination.Contents(revision: try revision(), defects: try defects()) : nil)
    }

    /// A base backup is sent what is written too, for as long as it takes.
    private func standbys() throws(StoreError) -> [PostgresStore.Examination.Standby] {
        try rows(
            """
            SELECT coalesce(nullif(application_name, ''), host(client_addr), 'unnamed') AS name,
                sync_state, replay_lsn IS NOT NULL AS applies
            FROM pg_stat_replication WHERE state IS DISTINCT FROM 'backup' ORDER BY 1
            """
        ).map { PostgresStore.Examination.Standby(name: $0["name"], state: $0["sync_state"], applies: $0["applies"]) }
    }

    /// What can be found out without reading every page.
    private func defects() throws(StoreError) -> [String] {
        let newest = try number("SELECT coalesce(max(revision), 0) FROM changes")
        let revision = try revision().number
        var defects =
            newest == revision
            ? [] : ["The revision is \(revision), and the newest row of the change log is of \(newest)."]
        defects += try rows(
            """
            SELECT conrelid::regclass::text AS relation, conname::text AS rule FROM pg_constraint
            WHERE NOT convalidated
                AND connamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'latchkey_schema'::regclass)
            """
        ).map { "The rule \($0["rule"] as String) of \($0["relation"] as String) was never checked." }
        for (what, sql) in PostgresTransaction.orphans {
            let count = try number(sql)
            if count > 0 { defects.append("\(count) \(what).") }
        }
        return defects
    }

    /// Rows that refer to nothing, which only somebody who has switched the rules off can have made.
    private static let orphans: [(String, SQL)] = [
        (
            "keys belong to nobody",
            "SELECT count(*) FROM keys k WHERE NOT EXISTS (SELECT FROM users WHERE users.id = k.user_id)"
        ),
        (
            "users have no role",
            "SELECT count(*) FROM users u WHERE NOT EXISTS (SELECT FROM roles WHERE roles.id = u.role_id)"
        ),
        (
            "users have no company",
            "SELECT count(*) FROM users u WHERE NOT EXISTS (SELECT FROM companies c WHERE c.id = u.company_id)"
        ),
    ]
}
