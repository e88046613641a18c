import CLibPQ
import Foundation
import KeyCore

/// Where the database is: what a URL of libpq's says, one set of options for each host.
///
/// Hosts are tried by us and not by libpq, so that each gets a deadline of its own.
struct Address: Sendable {
    /// libpq's keywords and values, by host.
    let hosts: [[String: String]]
    let database: String
    /// How long connecting to one host may take.
    let patience: Duration

    /// What we ask for unless the URL says otherwise.
    ///
    /// A peer that is gone without a word is noticed by the deadline of a statement; keepalives are for the connection
    /// that only listens. Seconds, and milliseconds for the last one.
    private static let defaults = [
        "application_name": "latchkey", "keepalives_idle": "10", "keepalives_interval": "3", "keepalives_count": "3",
        "tcp_user_timeout": "10000",
    ]

    private static let patience = Duration.seconds(2)

    /// Reads `postgres://user:password@host:5432,other:5432/database?sslmode=verify-full`.
    ///
    /// - Parameter isOnlyRead: whether a standby will do, for who asks for one by `target_session_attrs=any`.
    init(url: String, isOnlyRead: Bool = false) throws(OpenError) {
        var options = try Address.options(url)
        // What writes, or follows what others write, needs the primary, whatever a name or a virtual address leads to.
        let attributes = options["target_session_attrs", default: "read-write"]
        guard ["read-write", "primary"].contains(attributes) || isOnlyRead && attributes == "any" else {
            throw .badAddress(cause: "target_session_attrs must be read-write or primary: a standby may be behind")
        }
        options["target_session_attrs"] = attributes
        options.merge(Address.defaults) { given, _ in given }
        options["client_encoding"] = "UTF8"
        // Replication would be another protocol, in which no statement of ours means anything.
        options["replication"] = nil
        hosts = try Address.split(options)
        database = options["dbname"] ?? options["user"] ?? ""
        patience = options["connect_timeout"].flatMap(Int.init).map { .seconds(max(1, $0)) } ?? Address.patience
    }

    /// libpq's own reading of a URL. Its messages quote the URL, and with it the password: ours do not.
    private static func options(_ url: String) throws(OpenError) -> [String: String] {
        guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://"), !url.utf8.contains(0) else {
            throw .badAddress(cause: "it must look like postgres://user:password@host:5432/database")
        }
        // One @, before the first / behind the scheme: else a password is taken for something that is shown.
        let parts = url.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.count < 2 || parts[0].filter({ $0 == "/" }).count == 2 else {
            throw .badAddress(cause: "an @ stands where none can be. \(encode)")
        }
        var error: UnsafeMutablePointer<CChar>?
        guard let parsed = PQconninfoParse(url, &error) else {
            let message = error.map { String(cString: $0) } ?? ""
            PQfreemem(error)
            throw .badAddress(cause: cause(message, url: url))
        }
        defer { PQconninfoFree(parsed) }
        var options: [String: String] = [:]
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { options[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return options
    }

    private static let encode = "Characters like @ : / ? # % & in a password must be percent-encoded"

    /// The name of an unknown parameter may be shown, unless a password among the parameters may go on in it. Of
    /// anything else libpq says, any part may be one of the password.
    private static func cause(_ message: String, url: String) -> String {
        if message.hasPrefix("invalid URI query parameter"), !url.contains("password=") { return line(message) }
        return "it is not a URL that PostgreSQL understands. \(encode)"
    }

    private static func split(_ options: [String: String]) throws(OpenError) -> [[String: String]] {
        let lists = ["host", "hostaddr", "port"].map { list(options[$0]) }
        let count = max(lists[0].count, lists[1].count, 1)
        guard lists[2].allSatisfy({ $0.isEmpty || (UInt16($0) ?? 0) > 0 }) else {
            throw .badAddress(cause: "a port is not a number from 1 to 65535. \(encode)")
        }
        guard lists.allSatisfy({ [0, 1, count].contains($0.count) }), lists[0].count != 1 || count == 1 else {
            throw .badAddress(cause: "it names \(count) hosts, but not as many ports or addresses")
        }
        return (0..<count).map { number in
            var host = options
            for (key, list) in zip(["host", "hostaddr", "port"], lists) where !list.isEmpty {
                host[key] = list.count == 1 ? list[0] : list[number]
            }
            return host
        }
    }

    private static func list(_ value: String?) -> [String] {
        value.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) } ?? []
    }

    /// A message of libpq's as one line.
    ///
    /// No such message holds the password, once the URL is read. Nothing is blotted out of it for that reason: whoever
    /// knows the message would see by the blots what the password is, a short one or one that is the user's name.
    static func line(_ message: String) -> String {
        message.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .joined(separator: "; ")
    }
}
