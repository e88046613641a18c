import CLibPQ
import Foundation

extension Connection {
    /// Connects to one host.
    static func open(
        _ options: [String: String], of address: Address, prepares: Bool, patience: Duration
    ) throws(Failure) -> Connection {
        let keywords = options.keys.sorted()
        guard let handle = start(keywords, keywords.map { options[$0] ?? "" }) else {
            throw Failure(kind: .lost, message: "there is no memory for a connection")
        }
        do throws(Failure) {
            try finish(handle, within: min(address.patience, patience))
        } catch {
            PQfinish(handle)
            throw error
        }
        return Connection(handle, prepares: prepares, patience: patience)
    }

    private static func start(_ keywords: [String], _ values: [String]) -> OpaquePointer? {
        let texts = (keywords + values).map { strdup($0) }
        defer { texts.forEach { free($0) } }
        let pointers = texts.map { $0.map { UnsafePointer($0) } }
        let keywords = Array(pointers.prefix(keywords.count)) + [nil]
        let values = Array(pointers.suffix(values.count)) + [nil]
        return PQconnectStartParams(keywords, values, 0)
    }

    private static func finish(_ handle: OpaquePointer, within limit: Duration) throws(Failure) {
        let end = ContinuousClock.now + limit
        // What libpq's manual says to suppose before the first call.
        var next = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        while next != PGRES_POLLING_OK {
            guard next != PGRES_POLLING_FAILED else {
                throw Failure(kind: .lost, message: cause(of: Address.line(String(cString: PQerrorMessage(handle)))))
            }
            guard isReady(PQsocket(handle), next == PGRES_POLLING_READING ? POLLIN : POLLOUT, until: end) else {
                let host = PQhost(handle).map { String(cString: $0) } ?? ""
                throw Failure(kind: .lost, message: "\(host) has not answered within \(limit)")
            }
            next = PQconnectPoll(handle)
        }
    }

    /// What libpq says, and what it means by the two answers to `target_session_attrs`.
    private static func cause(of message: String) -> String {
        let isStandby = message.hasSuffix("session is read-only") || message.hasSuffix("server is in hot standby mode")
        return isStandby ? message + " (a standby takes no writes: give the address of the primary)" : message
    }
}
