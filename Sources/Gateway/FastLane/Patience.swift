import NIOCore

/// How long a connection may take: for the head of a request from its first byte to its last, for its body from then
/// on, between two requests, and for taking what it was answered.
struct Patience {
    enum Phase {
        case idle, head, body, blocked
        /// The ordinary pipeline has limits of its own, but for a client that takes no answers.
        case ordinary

        fileprivate var limit: TimeAmount? {
            switch self {
            case .head: .seconds(10)
            case .body: .seconds(30)
            case .idle, .blocked: .seconds(75)
            case .ordinary: nil
            }
        }
    }

    /// How late a limit may be noticed: a connection costs one look now and then, and no timer for each request.
    static let interval = TimeAmount.seconds(5)

    private var since: NIODeadline
    private(set) var phase = Phase.idle

    init(at now: NIODeadline) {
        since = now
    }

    mutating func begin(_ phase: Phase, at now: NIODeadline) {
        self.phase = phase
        since = now
    }

    /// A request that trickles in does not begin anew with each of its bytes.
    mutating func goOn(_ phase: Phase, anew: Bool, at now: NIODeadline) {
        if anew || self.phase != phase { begin(phase, at: now) }
    }

    func isOver(at now: NIODeadline) -> Bool { phase.limit.map { now - since > $0 } ?? false }
}
