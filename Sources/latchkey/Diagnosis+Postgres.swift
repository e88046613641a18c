import Foundation
import KeyCore
import PostgresStore

extension Diagnosis {
    mutating func examine(_ store: PostgresStore, _ source: SettingSource) async throws(StoreError) {
        store.startListening()
        let before = Timestamp.now
        let examination = try await store.examine()
        let after = Timestamp.now
        note(
            "Database",
            "PostgreSQL \(examination.version) at \(examination.place), database \(examination.database), "
                + "role \(examination.user)")
        note(schema: examination.schemaVersion, latest: PostgresStore.latestSchemaVersion)
        note(
            "Clock",
            "\(after.rfc3339) here, \(difference(examination.clock, between: before, and: after)) the database's "
                + "(keys expire by this one; leases need neither)")
        examineDurability(examination)
        examineStandbys(examination)
        guard let contents = examination.contents else { return }
        let nodes = try await examineNodes(of: store, at: contents.revision)
        if await examineNotifications(of: store, source) {
            examineConnections(examination, nodes: nodes, each: source)
        }
        for defect in contents.defects {
            find(defect, remedy: "Somebody has changed the data by hand. Restore a backup, or ask for help.")
        }
    }

    /// The database's clock was read at some moment between two of ours: within these it may agree.
    private func difference(_ theirs: Timestamp, between before: Timestamp, and after: Timestamp) -> String {
        if theirs < before { return "\(before.milliseconds - theirs.milliseconds) ms ahead of" }
        if theirs > after { return "\(theirs.milliseconds - after.milliseconds) ms behind" }
        return "the same as"
    }

    /// `synchronous_commit` is asked for by ourselves, in each transaction: what it is otherwise does not matter.
    private mutating func examineDurability(_ examination: PostgresStore.Examination) {
        let settings = ["fsync", "full_page_writes"]
        note(
            "Durability",
            (settings.map { "\($0) \(examination[$0])" } + ["synchronous_commit as Latchkey sets it"])
                .joined(separator: ", "))
        for setting in settings where examination[setting] != "on" {
            find(
                "\(setting) is \(examination[setting]): a power cut can undo deletes that were answered.",
                remedy: "Set \(setting) = on in postgresql.conf, and reload.")
        }
    }

    /// After a failover, what an asynchronous standby had not received was never deleted.
    private mutating func examineStandbys(_ examination: PostgresStore.Examination) {
        let standbys = examination.standbys
        let names = examination["synchronous_standby_names"]
        note(
            "Standbys",
            standbys.isEmpty
                ? "none: when this server is lost, a backup is all there is"
                : standbys.map(\.inWords).joined(separator: ", "))
        if standbys.contains(where: { $0.state == nil }) {
            find(
                "The role \(examination.user) may not see which standbys are synchronous.",
                remedy: "GRANT pg_monitor TO \(examination.user), and run this again.")
        } else if !names.isEmpty, !standbys.contains(where: \.isSynchronous) {
            find(
                "synchronous_standby_names is “\(names)”, and no such standby is connected: all changes wait for it.",
                remedy: "Bring the standby back, or take it from the setting until it is.")
        } else if names.isEmpty, !standbys.isEmpty {
            find(
                "No standby is synchronous: after a failover, keys whose delete was answered may work again.",
                remedy: "Set synchronous_standby_names, or never promote these.")
        }
        examineSynchronousStandbys(standbys, names: names)
    }

    /// Commits are waited for, and yet nothing is gained by it.
    private mutating func examineSynchronousStandbys(_ standbys: [PostgresStore.Examination.Standby], names: String) {
        let remedy = "Name the standbys that may take over in synchronous_standby_names, each by its application_name."
        // In quotes it means the same to PostgreSQL.
        let elements = names.split { ",() ".contains($0) }.map { $0.trimmingCharacters(in: ["\""]) }
        if elements.contains("*") {
            find(
                "synchronous_standby_names is “\(names)”: whatever connects counts as a standby, a backup that is being "
                    + "made too. After a failover, keys whose delete was answered may work again.",
                remedy: remedy)
        }
        for standby in standbys where standby.isSynchronous && !standby.applies {
            find(
                "Commits wait for \(standby.name), which applies nothing, as pg_receivewal does: it cannot take over.",
                remedy: remedy)
        }
    }

    /// - Returns: whether notifications arrive. Where they do not, there is a pooler, with connections of its own.
    private mutating func examineNotifications(of store: PostgresStore, _ source: SettingSource) async -> Bool {
        let arrive = await store.notificationsArrive()
        note("Notifications", arrive ? "arrive" : "do not arrive")
        if arrive { return true }
        find(
            "Notifications do not arrive, as through PgBouncer in transaction mode: each delete waits until every node "
                + "has polled, up to \(source[.pollInterval]).",
            remedy: "Let the nodes connect to PostgreSQL itself, or to a pool in session mode.")
        return false
    }

    private mutating func examineConnections(
        _ examination: PostgresStore.Examination, nodes: Int, each source: SettingSource
    ) {
        // And one that listens.
        let each = (Int(source[.databaseConnections]) ?? PostgresStore.Limit.connections) + 1
        let needed = each * max(nodes, 1)
        note("Connections", "\(max(nodes, 1)) × \(each) at most, of \(examination.connections)")
        guard needed > examination.connections else { return }
        find(
            "The nodes may ask for \(needed) connections together, and the server gives \(examination.connections).",
            remedy: "Raise max_connections, or lower --database-connections.")
    }
}

extension PostgresStore.Examination.Standby {
    fileprivate var inWords: String {
        switch state {
        case "sync": "\(name) (synchronous)"
        case "quorum": "\(name) (synchronous, one of a quorum)"
        case "potential": "\(name) (asynchronous, next in line)"
        case nil: "\(name) (not shown to this role)"
        default: "\(name) (asynchronous)"
        }
    }
}
