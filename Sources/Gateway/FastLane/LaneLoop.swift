import CLinux
import Foundation
import KeyCore
import Logging
import NIOCore
import Synchronization

/// One thread that answers verify and authorize on the sockets themselves: reads, answers and writes in one turn.
///
/// It keeps a connection only for as long as that is all there is to do. Whatever asks for something else, takes its
/// answers slowly or ends in the middle of a request is handed over with what was read and not answered, to a channel
/// that knows how to do all the rest; it never comes back. `docs/PERFORMANCE.md` tells what this saves.
///
/// `@unchecked`: what is not in `inbox` belongs to the thread alone.
final class LaneLoop: @unchecked Sendable {
    /// What one read takes at most: a hundred requests in a pipeline. Whoever sends more lets others have their turn
    /// first.
    private static let room = 16 * 1024

    /// How long the thread wants the processor at a time, in nanoseconds: the least there is. An answer takes a fiftieth
    /// of it; who asks waits no longer than that for a page that is being made on the same core.
    private static let slice: UInt64 = 100_000

    /// How often a connection is read again at the end, for what its client had sent before.
    private static let lastReads = 64

    enum Message {
        case adopt(AcceptedSocket)
        /// The node has become as current as it can for the request that waits.
        case goOn(LaneConnection, Lane.Wait)
        /// Ends every connection once what was asked is answered, and then the thread.
        case stop
    }

    private let lane: Lane
    private let open: OpenConnections
    private let logger: Logger
    private let handOver: @Sendable (HandedOver) -> Void
    private let epoll: Epoll
    private let inbox = Mutex<[Message]>([])
    /// By their sockets.
    private var connections: [LaneConnection?] = []
    private var count = 0
    private var read = ByteBuffer()
    private var now = NIODeadline.now()
    private var isStopping = false

    /// - Throws: `IOError` when the process has no file descriptors left.
    init(
        _ shared: FastLane, open: OpenConnections, logger: Logger, handOver: @escaping @Sendable (HandedOver) -> Void
    ) throws {
        lane = Lane(shared)
        self.open = open
        self.logger = logger
        epoll = try Epoll()
        self.handOver = handOver
    }

    func post(_ message: Message) {
        inbox.withLock { $0.append(message) }
        epoll.ring()
    }

    /// The thread's life.
    func run() {
        latchkey_ask_for_slices(LaneLoop.slice)
        var nextSweep = now + Patience.interval
        while !isStopping || count > 0 {
            let sockets = epoll.wait(atMost: .seconds(1))
            now = .now()
            var hasRung = false
            for socket in sockets {
                if socket == Epoll.bell {
                    hasRung = true
                } else if let connection = connections[Int(socket)] {
                    readable(connection)
                }
            }
            // Last, since it changes what the sockets have to say.
            if hasRung { readInbox() }
            guard now >= nextSweep else { continue }
            nextSweep = now + Patience.interval
            for case let connection? in connections where connection.patience.isOver(at: now) { giveUp(connection) }
        }
    }

    private func readInbox() {
        for message in inbox.withLock({ inbox in
            defer { inbox = [] }
            return inbox
        }) {
            switch message {
            case .adopt(let socket): adopt(socket)
            case .goOn(let connection, let wait): goOn(connection, after: wait)
            case .stop: stop()
            }
        }
    }

    private func adopt(_ socket: AcceptedSocket) {
        guard !isStopping, epoll.add(socket.descriptor) else {
            if !isStopping {
                let cause = IOError(errnoCode: errno, reason: "epoll_ctl")
                logger.warning("A connection was closed at once.", metadata: ["cause": "\(cause)"])
            }
            open.noteEnd()
            Foundation.close(socket.descriptor)
            return
        }
        let place = Int(socket.descriptor)
        if place >= connections.count {
            connections += [LaneConnection?](repeating: nil, count: place + 1 - connections.count)
        }
        connections[place] = LaneConnection(socket, at: now)
        count += 1
    }

    private func stop() {
        isStopping = true
        for case let connection? in connections where !connection.isWaiting { end(connection) }
    }

    /// Closes a connection when what has arrived is answered. The kernel tells a client whose bytes were never read that
    /// the connection is broken, and then he may lose answers that were sent.
    private func end(_ connection: LaneConnection) {
        for _ in 0..<LaneLoop.lastReads {
            guard readable(connection), !connection.isClosed, !connection.isWaiting else { break }
        }
        guard !connection.isClosed, !connection.isWaiting else { return }
        // The rest of a request whose head is whole is waited for, as everywhere.
        if connection.patience.phase == .body { giveWithin(connection) } else { close(connection) }
    }
}

// MARK: - Reading and answering

extension LaneLoop {
    /// - Returns: whether there was anything to read.
    @discardableResult
    private func readable(_ connection: LaneConnection) -> Bool {
        // While it waits, the kernel reports only that it has broken.
        guard !connection.isWaiting else {
            close(connection)
            return false
        }
        var (count, code) = (0, CInt(0))
        read.clear()
        _ = read.writeWithUnsafeMutableBytes(minimumWritableBytes: LaneLoop.room) { room in
            count = recv(connection.socket, room.baseAddress, LaneLoop.room, 0)
            code = errno
            return max(count, 0)
        }
        if count > 0 {
            if connection.pending.readableBytes > 0 { takePending(connection) }
            answer(connection)
        } else if count == 0 && connection.pending.readableBytes > 0 {
            // It broke off: what is wrong, the ordinary pipeline says.
            giveWithin(connection)
        } else if count == 0 || (code != EAGAIN && code != EINTR) {
            close(connection)
        }
        return count > 0
    }

    /// Puts what was kept before what was read now.
    private func takePending(_ connection: LaneConnection) {
        var whole = connection.pending
        connection.pending = ByteBuffer()
        whole.writeBuffer(&read)
        read.clear()
        read.writeBuffer(&whole)
    }

    private func answer(_ connection: LaneConnection, after wait: Lane.Wait? = nil) {
        var wait = wait
        var anew = false
        while true {
            let end = lane.answer(&read, from: connection.peer, after: wait)
            wait = nil
            let hasAnswered = lane.out.readableBytes > 0
            guard !hasAnswered || send(connection) else { return }
            anew = anew || hasAnswered
            switch end {
            case .allAnswered: connection.patience.begin(.idle, at: now)
            case .withinRequest: keep(connection, .head, anew: anew)
            case .foreign: keepIfUnfinished(connection, anew: anew)
            case .notCurrent: waitForNode(connection)
            case .more: continue
            }
            return
        }
    }

    /// - Returns: whether the client has taken all of it; otherwise the connection is not ours any more.
    private func send(_ connection: LaneConnection) -> Bool {
        let length = lane.out.readableBytes
        let (sent, code) = lane.out.withUnsafeReadableBytes {
            (Foundation.send(connection.socket, $0.baseAddress, length, CInt(MSG_NOSIGNAL)), errno)
        }
        if sent == length { return true }
        if sent < 0 && code != EAGAIN && code != EINTR {
            close(connection)
        } else {
            lane.out.moveReaderIndex(forwardBy: max(sent, 0))
            give(connection, unsent: ByteBuffer(buffer: lane.out))
        }
        return false
    }

    /// Keeps the beginning of a request until the rest comes.
    private func keep(_ connection: LaneConnection, _ phase: Patience.Phase, anew: Bool) {
        connection.pending = ByteBuffer(bytes: read.readableBytesView)
        connection.patience.goOn(phase, anew: anew, at: now)
    }

    /// Gives a request that is not for the lane away when it is whole, or larger than what is kept of one.
    private func keepIfUnfinished(_ connection: LaneConnection, anew: Bool) {
        switch UnfinishedRequest(read.readableBytesUInt8Span) {
        case .head: keep(connection, .head, anew: anew)
        case .body: keep(connection, .body, anew: anew)
        case nil: give(connection)
        }
    }

    /// Lets the node become current before the next request is answered, and this one with it.
    private func waitForNode(_ connection: LaneConnection) {
        connection.pending = ByteBuffer(bytes: read.readableBytesView)
        connection.isWaiting = true
        connection.patience.begin(.idle, at: now)
        epoll.listen(to: connection.socket, false)
        let verifier = lane.shared.verifier
        let since = NIODeadline.now()
        Task { self.post(.goOn(connection, Lane.Wait(since: since, freshness: await verifier.freshness()))) }
    }

    private func goOn(_ connection: LaneConnection, after wait: Lane.Wait) {
        guard connection.isWaiting else { return }
        connection.isWaiting = false
        epoll.listen(to: connection.socket, true)
        read.clear()
        takePending(connection)
        answer(connection, after: wait)
        if isStopping && !connection.isClosed && !connection.isWaiting { end(connection) }
    }
}

// MARK: - The end of a connection here

extension LaneLoop {
    /// Gives the connection away, with what was read and not answered.
    private func give(_ connection: LaneConnection, unsent: ByteBuffer = ByteBuffer()) {
        epoll.remove(connection.socket)
        forget(connection)
        handOver(
            HandedOver(
                socket: connection.socket, unsent: unsent, unread: ByteBuffer(bytes: read.readableBytesView)))
    }

    /// The same within a request, of which nothing was read just now.
    private func giveWithin(_ connection: LaneConnection) {
        read.clear()
        takePending(connection)
        give(connection)
    }

    /// Closes a connection whose time is over. Who is within a request hears why; of the others nothing was asked.
    private func giveUp(_ connection: LaneConnection) {
        if connection.pending.readableBytes > 0 && !connection.isWaiting {
            lane.refuseAsTooSlow()
            let length = lane.out.readableBytes
            // Who does not take so little is past hearing.
            _ = lane.out.withUnsafeReadableBytes {
                Foundation.send(connection.socket, $0.baseAddress, length, CInt(MSG_NOSIGNAL))
            }
        }
        close(connection)
    }

    private func close(_ connection: LaneConnection) {
        forget(connection)
        open.noteEnd()
        Foundation.close(connection.socket)
    }

    private func forget(_ connection: LaneConnection) {
        connection.isWaiting = false
        connection.isClosed = true
        connection.pending = ByteBuffer()
        connections[Int(connection.socket)] = nil
        count -= 1
    }
}

/// A connection as long as it is the fast lane's. Of the loop's thread.
final class LaneConnection: @unchecked Sendable {
    let socket: CInt
    /// The address at its other end.
    let peer: String?
    /// The beginning of a request whose rest has not come yet.
    fileprivate(set) var pending = ByteBuffer()
    /// Whether the node has to become current before the next request is answered.
    fileprivate(set) var isWaiting = false
    fileprivate(set) var isClosed = false
    fileprivate(set) var patience: Patience

    fileprivate init(_ accepted: AcceptedSocket, at now: NIODeadline) {
        socket = accepted.descriptor
        peer = accepted.peer
        patience = Patience(at: now)
    }
}
