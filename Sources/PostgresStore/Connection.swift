import CLibPQ
import Foundation
import KeyCore

/// One connection to PostgreSQL. Nothing here waits without end: each call has a deadline on a clock that nobody sets.
///
/// `@unchecked`: libpq's handle may be used by one thread at a time, and is: the pool lends a connection to one thread,
/// and a listener keeps its own.
final class Connection: @unchecked Sendable {
    enum Limit {
        /// Statements that a connection keeps prepared. Past it, which only endless combinations of filters reach,
        /// they are sent as they are.
        static let prepared = 300
        /// How long after the server should have given up itself we hear nothing and call the connection dead.
        static let grace = Duration.seconds(1)
    }

    let handle: OpaquePointer
    /// Whether statements are prepared under names.
    let prepares: Bool
    /// How long an answer may take.
    var patience: Duration
    /// The connection is of no more use.
    private(set) var isBroken = false
    /// The first failure since `begin`: in PostgreSQL it is the end of the transaction, whatever follows.
    private(set) var failure: Failure?
    /// When PostgreSQL last answered.
    private(set) var lastHeard = ContinuousClock.now
    var prepared: Set<String> = []
    /// What PostgreSQL warned of during the last call.
    private var warning: String?

    /// Takes over a connection that libpq has made.
    init(_ handle: OpaquePointer, prepares: Bool, patience: Duration) {
        self.handle = handle
        self.prepares = prepares
        self.patience = patience
        PQsetnonblocking(handle, 1)
        // Else libpq writes them to standard error.
        PQsetNoticeReceiver(
            handle,
            { connection, notice in
                guard let connection, let notice else { return }
                Unmanaged<Connection>.fromOpaque(connection).takeUnretainedValue().hear(notice)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        PQfinish(handle)
    }

    private func hear(_ notice: OpaquePointer) {
        guard let severity = PQresultErrorField(notice, Int32(UInt8(ascii: "V"))),
            String(cString: severity) == "WARNING"
        else { return }
        warning = Failure(notice).message
    }

    /// Runs what is sent by a body and waits for all of its answer.
    ///
    /// - Returns: the last result; one of several only where the text consists of several statements.
    func exchange(_ send: () -> Int32) throws(Failure) -> ResultSet {
        do throws(Failure) {
            guard !isBroken else { throw lost() }
            let end = ContinuousClock.now + patience
            warning = nil
            guard send() == 1 else { throw lost() }
            try flush(until: end)
            return try answer(until: end)
        } catch {
            if failure == nil { failure = error }
            if error.kind != .refused { isBroken = true }
            throw error
        }
    }

    private func flush(until end: ContinuousClock.Instant) throws(Failure) {
        while true {
            switch PQflush(handle) {
            case 0: return
            case 1: try wait(POLLIN | POLLOUT, until: end)
            default: throw lost()
            }
            guard PQconsumeInput(handle) == 1 else { throw lost() }
        }
    }

    private func answer(until end: ContinuousClock.Instant) throws(Failure) -> ResultSet {
        var last: ResultSet?
        var refusal: Failure?
        while true {
            while PQisBusy(handle) == 1 {
                try wait(POLLIN, until: end)
                guard PQconsumeInput(handle) == 1 else { throw lost() }
            }
            guard let result = PQgetResult(handle) else { break }
            let status = PQresultStatus(result)
            switch status {
            case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR:
                refusal = refusal ?? Failure(result)
                PQclear(result)
            default:
                last = ResultSet(result)
            }
            // What follows is copying, which whoever began it goes on with.
            if [PGRES_COPY_IN, PGRES_COPY_OUT].contains(status) { break }
        }
        forgetNotifications()
        guard PQstatus(handle) == CONNECTION_OK else { throw lost(refusal) }
        lastHeard = .now
        if let refusal { throw refusal }
        guard let last else { throw lost() }
        return last
    }

    /// Waits until the socket is ready. What has come already counts, however late it is: this process may have been
    /// stopped meanwhile.
    private func wait(_ events: Int32, until end: ContinuousClock.Instant) throws(Failure) {
        guard Connection.isReady(PQsocket(handle), events, until: end) else {
            throw Failure(kind: .overdue, message: "PostgreSQL has not answered within \(patience)")
        }
    }

    /// Whether a socket becomes ready by a moment.
    static func isReady(_ socket: Int32, _ events: Int32, until end: ContinuousClock.Instant) -> Bool {
        guard socket >= 0 else { return true }
        while true {
            let rest = max(.zero, ContinuousClock.now.duration(to: end))
            var entry = pollfd(fd: socket, events: Int16(events), revents: 0)
            // Rounded up: a rest of less than a millisecond would otherwise be a busy loop.
            let ready = poll(&entry, 1, Int32(clamping: rest.milliseconds + (rest > .zero ? 1 : 0)))
            if ready > 0 { return true }
            if ready == 0 && rest == .zero { return false }
            if ready < 0 && errno != EINTR { return true }
        }
    }

    /// Behind a pooler, what others listened for may reach this connection; libpq keeps it until it is fetched.
    private func forgetNotifications() {
        while let notification = PQnotifies(handle) { PQfreemem(notification) }
    }

    private func lost(_ refusal: Failure? = nil) -> Failure {
        let message = refusal?.message ?? Address.line(String(cString: PQerrorMessage(handle)))
        return Failure(kind: .lost, state: refusal?.state ?? "", message: "the connection is lost: \(message)")
    }
}

extension Connection {
    /// Begins a transaction: everything in one round trip.
    func begin(_ script: String) throws(Failure) {
        failure = nil
        try run(script: script)
    }

    /// Ends the transaction so that what it did is there for good.
    ///
    /// - Throws: `refused` when nothing of it has happened, and otherwise it is unknown whether it has.
    func commit() throws(Failure) {
        // The body may have gone on after a statement that failed: then there is nothing to commit.
        guard PQtransactionStatus(handle) != PQTRANS_INERROR else {
            throw failure ?? Failure(kind: .refused, message: "PostgreSQL has ended the transaction")
        }
        // The server's own time limit would cut the wait for a standby short, and leave a commit that stands on one
        // server and can be seen. Ours stays.
        let result = try run(script: "SET LOCAL statement_timeout = 0; COMMIT")
        guard String(cString: PQcmdStatus(result.handle)) == "COMMIT" else {
            throw failure ?? Failure(kind: .refused, message: "PostgreSQL has rolled the transaction back")
        }
        // What the database warns of here is that a wait for the standby was cut short: the commit stands on one
        // server, and would be lost with it.
        if let warning {
            isBroken = true
            throw Failure(kind: .lost, message: warning)
        }
    }

    /// Lets nobody use the connection any more.
    func retire() {
        isBroken = true
    }

    /// Ends the transaction so that nothing of it has happened. A connection on which not even that works is dropped,
    /// to the same effect.
    func rollback() {
        guard !isBroken else { return }
        do {
            try run(script: "ROLLBACK")
        } catch {
            isBroken = true
        }
    }

    /// Runs statements without values in one round trip.
    @discardableResult
    func run(script: String) throws(Failure) -> ResultSet {
        try exchange { PQsendQuery(handle, script) }
    }
}
