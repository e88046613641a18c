import NIOCore

/// How long the connections of one event loop may still take; on that loop.
///
/// One task looks at all of them each second. With a timer of NIO's for each, a crowd that leaves at once would hold the
/// loop up for long: each timer that is cancelled is searched for among all others.
final class Deadlines {
    /// How late a limit may be noticed.
    static let interval = TimeAmount.seconds(1)

    private let loop: any EventLoop
    private var due: [ObjectIdentifier: (moment: NIODeadline, end: () -> Void)] = [:]
    private var isLooking = false

    init(_ loop: any EventLoop) {
        self.loop = loop
    }

    /// - Parameter end: called once, when the limit has passed and nothing else was set or taken back for the owner.
    func set(_ limit: TimeAmount, for owner: AnyObject, end: @escaping () -> Void) {
        due[ObjectIdentifier(owner)] = (loop.now + limit, end)
        look()
    }

    func takeBack(for owner: AnyObject) {
        due[ObjectIdentifier(owner)] = nil
    }

    private func look() {
        guard !isLooking, !due.isEmpty else { return }
        isLooking = true
        _ = loop.assumeIsolated().scheduleTask(in: Deadlines.interval) {
            self.isLooking = false
            let now = self.loop.now
            // Looked up anew: the end of one may take another's back.
            for owner in Array(self.due.keys) {
                guard let (moment, end) = self.due[owner], moment <= now else { continue }
                self.due[owner] = nil
                end()
            }
            self.look()
        }
    }
}
