import CLinux
import Foundation
import NIOCore

/// The kernel's list of sockets that have something to say (epoll(7)), and a bell that other threads may ring.
final class Epoll: Sendable {
    /// What `wait` reports instead of a socket when the bell was rung.
    static let bell: CInt = -1
    private static let maximumEvents = 256

    private let descriptor: CInt
    private let ringing: CInt
    private nonisolated(unsafe) let events = UnsafeMutableBufferPointer<epoll_event>.allocate(capacity: maximumEvents)

    /// - Throws: `IOError` when the process has no file descriptors left.
    init() throws {
        descriptor = epoll_create1(CInt(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "epoll_create1") }
        ringing = eventfd(0, CInt(EFD_NONBLOCK | EFD_CLOEXEC))
        // What is open is closed with the object.
        guard ringing >= 0 else { throw IOError(errnoCode: errno, reason: "eventfd") }
        guard add(ringing, reportedAs: Epoll.bell) else { throw IOError(errnoCode: errno, reason: "epoll_ctl") }
    }

    deinit {
        if ringing >= 0 { close(ringing) }
        close(descriptor)
        events.deallocate()
    }

    /// Wakes the thread that waits, or the next that will.
    func ring() {
        var one: UInt64 = 1
        _ = write(ringing, &one, 8)
    }

    /// - Returns: whether the kernel has room for it.
    func add(_ socket: CInt) -> Bool { add(socket, reportedAs: socket) }

    /// Whether a socket is reported when it can be read. That it has broken is reported always.
    func listen(to socket: CInt, _ isReadable: Bool) {
        var event = epoll_event()
        event.events = isReadable ? EPOLLIN.rawValue : 0
        event.data.fd = socket
        _ = epoll_ctl(descriptor, EPOLL_CTL_MOD, socket, &event)
    }

    func remove(_ socket: CInt) {
        var unused = epoll_event()
        _ = epoll_ctl(descriptor, EPOLL_CTL_DEL, socket, &unused)
    }

    /// Waits until a socket has something to say or the bell is rung, at most so long.
    ///
    /// - Returns: the sockets, of which the bell is one. Valid until the next wait; for one thread.
    func wait(atMost limit: Duration) -> some Collection<CInt> {
        let count = epoll_wait(descriptor, events.baseAddress, CInt(events.count), CInt(limit.milliseconds))
        let happened = events[..<max(0, Int(count))]
        if happened.contains(where: { $0.data.fd == Epoll.bell }) { silence() }
        return happened.lazy.map(\.data.fd)
    }

    private func add(_ socket: CInt, reportedAs name: CInt) -> Bool {
        var event = epoll_event()
        event.events = EPOLLIN.rawValue
        event.data.fd = name
        return epoll_ctl(descriptor, EPOLL_CTL_ADD, socket, &event) == 0
    }

    private func silence() {
        var count: UInt64 = 0
        _ = read(ringing, &count, 8)
    }
}
