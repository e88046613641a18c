import Dispatch
import Foundation
import Logging
import NIOCore
import Synchronization

/// Takes the connections of a socket on a thread of its own, and spreads them over the lane's loops in turn.
///
/// `@unchecked`: what changes belongs to the thread, but for what is atomic.
package final class LaneListener: @unchecked Sendable {
    /// How long no connection is taken after there was no file or no memory for one.
    private static let pause = Duration.milliseconds(100)
    /// How often that is said at most.
    private static let saying = TimeAmount.minutes(1)
    /// Errors of the network that concern one connection (accept(2)); the next may be sound.
    private static let ofOneConnection = [
        ECONNABORTED, EINTR, EPROTO, ENETDOWN, ENETUNREACH, ENONET, EHOSTDOWN, EHOSTUNREACH, ENOPROTOOPT, EOPNOTSUPP,
    ]

    private let socket: ListeningSocket
    private let loops: [LaneLoop]
    private let open: OpenConnections
    private let handOver: @Sendable (HandedOver) -> Void
    private let logger: Logger
    private let epoll: Epoll
    private let isStopping = Atomic<Bool>(false)
    private var taken = 0
    private var nextWarning = NIODeadline.now()

    /// - Parameters:
    ///   - count: how many loops share the work; none hands over each connection at once, as TLS needs it.
    ///   - open: counts every connection from its beginning; whoever takes one over counts its end.
    ///   - handOver: takes what is not for the lane; called on the loops' threads, so it must be quick.
    /// - Throws: `IOError` when the process has no file descriptors left.
    package init(
        _ socket: ListeningSocket, lane: FastLane, loops count: Int, open: OpenConnections, logger: Logger,
        handOver: @escaping @Sendable (HandedOver) -> Void
    ) throws {
        self.socket = socket
        self.open = open
        self.handOver = handOver
        self.logger = logger
        loops = try (0..<count).map { _ in try LaneLoop(lane, open: open, logger: logger, handOver: handOver) }
        epoll = try Epoll()
        guard epoll.add(socket.descriptor) else { throw IOError(errnoCode: errno, reason: "epoll_ctl") }
    }

    /// Begins to take connections.
    ///
    /// - Parameter whenOver: called once after `stop`, when the last connection has left the lane.
    package func start(whenOver: @escaping @Sendable () -> Void) {
        let threads = DispatchGroup()
        for (number, loop) in loops.enumerated() { LaneListener.thread("lane-\(number)", in: threads, loop.run) }
        LaneListener.thread("listener", in: threads, run)
        threads.notify(queue: .global(), execute: whenOver)
    }

    /// Takes no more connections, and ends those of the lane as soon as what was asked is answered. Returns at once.
    package func stop() {
        isStopping.store(true, ordering: .releasing)
        epoll.ring()
    }

    private func run() {
        while !isStopping.load(ordering: .acquiring) {
            for source in epoll.wait(atMost: .seconds(1)) where source != Epoll.bell { takeAll() }
        }
        takeLast()
        // Nobody is told any more that he is connected to one who does not listen.
        close(socket.descriptor)
        for loop in loops { loop.post(.stop) }
    }

    private func takeAll() {
        while !isStopping.load(ordering: .relaxed) {
            if let accepted = socket.next() {
                take(accepted)
            } else if errno == EAGAIN {
                return
            } else if !LaneListener.ofOneConnection.contains(errno) {
                warn(IOError(errnoCode: errno, reason: "accept"))
                usleep(UInt32(LaneListener.pause.milliseconds) * 1000)
                return
            }
        }
    }

    /// Files or memory have run out.
    private func warn(_ cause: IOError) {
        guard NIODeadline.now() >= nextWarning else { return }
        nextWarning = .now() + LaneListener.saying
        logger.warning("No connection can be taken.", metadata: ["cause": "\(cause)"])
    }

    /// Takes those whom the kernel has told already that they are connected; closing would break off what they asked.
    private func takeLast() {
        for _ in 0..<ListeningSocket.backlog {
            guard let accepted = socket.next() else { return }
            take(accepted)
        }
    }

    private func take(_ accepted: AcceptedSocket) {
        taken += 1
        open.noteBegin()
        if loops.isEmpty {
            handOver(HandedOver(socket: accepted.descriptor, unsent: ByteBuffer(), unread: ByteBuffer()))
        } else {
            loops[taken % loops.count].post(.adopt(accepted))
        }
    }

    private static func thread(_ name: String, in group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
        group.enter()
        let thread = Thread {
            Thread.current.name = name
            body()
            group.leave()
        }
        thread.start()
    }
}
