import CLibPQ
import Foundation

extension Connection {
    /// The payloads of the notifications that come first; empty when none comes by a moment.
    func notifications(until end: ContinuousClock.Instant) throws(Failure) -> [String] {
        var payloads = takeNotifications()
        guard payloads.isEmpty, Connection.isReady(PQsocket(handle), POLLIN, until: end) else { return payloads }
        guard PQconsumeInput(handle) == 1 else {
            retire()
            throw Failure(kind: .lost, message: "the connection that listens is lost")
        }
        payloads = takeNotifications()
        return payloads
    }

    private func takeNotifications() -> [String] {
        var payloads: [String] = []
        while let notification = PQnotifies(handle) {
            payloads.append(String(cString: notification.pointee.extra))
            PQfreemem(notification)
        }
        return payloads
    }
}
