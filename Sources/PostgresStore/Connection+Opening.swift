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
            try finish(handle, address: address)
        } catch {
            PQfinish(handle)
            throw error
        }
        return Connection(handle, address: address, prepares: prepares, patience: patience)
    }

    private static func start(_ keywords: [String], _ values: [String]) -> OpaquePointer? {
        let texts = (keywords + values).map { strdup($0) }
        defer { texts.forEach { free($0) } }
        let pointers = texts.map { $0.map { UnsafePointer($0) } }
        let keywords = Array(pointers.prefix(keywords.count)) + [nil]
        let values = Array(pointers.suffix(values.count)) + [nil]
        return PQconnectStartParams(keywords, values, 0)
    }

    private static func finish(_ handle: OpaquePointer, address: Address) throws(Failure) {
        let end = ContinuousClock.now + address.patience
        // What libpq's manual says to suppose before the first call.
        var next = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        while next != PGRES_POLLING_OK {
            guard next != PGRES_POLLING_FAILED else {
                let message = String(cString: PQerrorMessage(handle))
                throw Failure(kind: .lost, message: Address.line(message, without: address.password))
            }
            guard isReady(PQsocket(handle), next == PGRES_POLLING_READING ? POLLIN : POLLOUT, until: end) else {
                let host = PQhost(handle).map { String(cString: $0) } ?? ""
                throw Failure(kind: .lost, message: "\(host) has not answered within \(address.patience)")
            }
            next = PQconnectPoll(handle)
        }
    }
}
