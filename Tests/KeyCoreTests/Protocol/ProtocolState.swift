/// One moment of the protocol: what everybody knows, holds and waits for. Every field is one byte, so that states are
/// compared and hashed as bytes; times are what is left of them, so that no clock is ever compared with another.
struct ProtocolState: BitwiseCopyable {
    var primary = Server()
    /// What would be left if the primary were lost. Behind it only by what nobody was told of.
    var standby = Server()
    var first = Node()
    var second = Node()
    var deleters = Watchers()
    var verify = Verify()
    var failovers: UInt8 = 0

    subscript(node: Int) -> Node {
        get { node == 0 ? first : second }
        set { if node == 0 { first = newValue } else { second = newValue } }
    }
}

/// The database as one server has it.
struct Server: BitwiseCopyable {
    var revision: UInt8 = 0
    /// Which key each revision deleted, counted from 1; 0 for none. It is the revision's stamp too: no two are alike.
    var log = (UInt8(0), UInt8(0))
    var first = Row()
    var second = Row()

    subscript(node: Int) -> Row {
        get { node == 0 ? first : second }
        set { if node == 0 { first = newValue } else { second = newValue } }
    }

    var stamp: UInt8 { stamp(of: revision) }

    private func stamp(of revision: UInt8) -> UInt8 {
        revision == 0 ? 0 : revision == 1 ? log.0 : log.1
    }

    /// Whether a revision is in the history of this server.
    func has(_ revision: UInt8, stamped stamp: UInt8) -> Bool {
        revision <= self.revision && stamp == self.stamp(of: revision)
    }

    /// The keys, as a set of bits, that revisions after one deleted.
    func deleted(after known: UInt8) -> UInt8 {
        (known < 1 && revision >= 1 ? 1 << (log.0 - 1) : 0) | (known < 2 && revision >= 2 ? 1 << (log.1 - 1) : 0)
    }
}

/// A node's row in the database.
struct Row: BitwiseCopyable {
    var isThere = false
    /// Only whether two counters are equal matters, so they are kept small (`ProtocolState.rebaseCounters`).
    var counter: UInt8 = 0
    var applied: UInt8 = 0
}

struct Node: BitwiseCopyable {
    /// What the node does next; it may be paused for any time before that.
    enum Step: UInt8 {
        case idle
        /// Its clock is noted; the transaction of the renewal has not begun.
        case noted
        case renewing
        /// The renewal has returned, and nothing of it is applied.
        case renewed
        /// The index is up to date; the lease is as it was.
        case applied
        /// The row does not say yet what is applied.
        case acknowledging
        case tooFarBehind
        case leaving
        case loading
        case loaded
        /// It has found its row gone; nothing has followed from that yet.
        case gone
        case caughtUp
    }

    var step = Step.loading
    /// Whether the node believes that it has a row.
    var isRegistered = false
    /// The revision of the index, and the keys that are deleted in it.
    var revision: UInt8 = 0
    var stamp: UInt8 = 0
    var knows: UInt8 = 0
    var lease: UInt8 = 0
    /// Time since the clock was noted.
    var age: UInt8 = 0
    /// What the read under way has seen.
    var seenRevision: UInt8 = 0
    var seenStamp: UInt8 = 0
    var seenDeleted: UInt8 = 0
}

/// Who has read the rows of the nodes and will act on that: the two deleters, and the reaper.
struct Watchers: BitwiseCopyable {
    static let reaper = 2

    var first = Watcher()
    var second = Watcher()
    var third = Watcher()

    subscript(watcher: Int) -> Watcher {
        get { watcher == 0 ? first : watcher == 1 ? second : third }
        set {
            switch watcher {
            case 0: first = newValue
            case 1: second = newValue
            default: third = newValue
            }
        }
    }

    /// Those that only remove rows any more.
    mutating func forget(whatHasPassed: Bool) {
        if first.step == .done { first.forget(whatHasPassed: whatHasPassed) }
        if second.step == .done { second.forget(whatHasPassed: whatHasPassed) }
        guard third.step != .idle else { return }
        third.forget(whatHasPassed: whatHasPassed)
        if third.holdsNothing { third = Watcher() }
    }
}

struct Watcher: BitwiseCopyable {
    enum Step: UInt8 {
        case idle
        /// The rows have not been read.
        case committed
        /// Only where the model leaves a point out: the clock is noted, or the rows read, too early.
        case early
        /// The rows are read; the clock is not noted.
        case read
        case waiting
        /// What it still holds of rows is what it may yet remove.
        case done
        /// It never heard whether its commit succeeded.
        case unanswered
    }

    var step = Step.idle
    /// Time until it stops waiting.
    var wait: UInt8 = 0
    var revision: UInt8 = 0
    var first = Mark.none
    var second = Mark.none

    subscript(node: Int) -> Mark {
        get { node == 0 ? first : second }
        set { if node == 0 { first = newValue } else { second = newValue } }
    }

    var holdsNothing: Bool { first == .none && second == .none }

    mutating func forget(whatHasPassed: Bool) {
        if first == .gone || first == .passed && whatHasPassed { first = .none }
        if second == .gone || second == .passed && whatHasPassed { second = .none }
    }
}

/// What somebody has read of a row, as it compares with the row now.
enum Mark: UInt8 {
    case none
    /// The row's counter as it was read.
    case counter0, counter1, counter2
    /// The row is there, and its counter will never be the one that was read.
    case passed
    /// The row is gone. The node may have another by now.
    case gone

    init(counter: UInt8) {
        self = Mark(rawValue: 1 + counter) ?? .passed
    }

    var counter: UInt8? { (1...3).contains(rawValue) ? rawValue - 1 : nil }
}

/// A verify that began after the delete of its key was answered: accepting it is the violation.
struct Verify: BitwiseCopyable {
    enum Step: UInt8 {
        case none
        /// Only where the model leaves a point out: the lease is checked, and the request has not come yet.
        case checkedEarly
        case began
        case checked
        case acceptedWrongly
    }

    var step = Step.none
    var node: UInt8 = 0
    var key: UInt8 = 0
}

extension ProtocolState {
    static let watchers = 0...Watchers.reaper

    /// What was answered is on the standby, and all that came before it.
    mutating func commit() {
        standby = primary
    }

    mutating func removeRow(of node: Int) {
        primary[node] = Row()
        for watcher in ProtocolState.watchers where deleters[watcher][node] != .none {
            deleters[watcher][node] = .gone
        }
        commit()
    }

    /// What was read of a renewal that is lost will never be there again.
    mutating func forgetLostCounters(of node: Int) {
        for watcher in ProtocolState.watchers {
            guard let counter = deleters[watcher][node].counter, counter > primary[node].counter else { continue }
            deleters[watcher][node] = .passed
        }
    }

    /// Calls the lowest counter that can still be met 0; the marks that were read of a lower one have passed.
    mutating func rebaseCounters(of node: Int) {
        let base = min(primary[node].counter, standby[node].counter)
        guard base > 0 else { return }
        primary[node].counter -= base
        standby[node].counter -= base
        for watcher in ProtocolState.watchers {
            guard let counter = deleters[watcher][node].counter else { continue }
            deleters[watcher][node] = counter < base ? .passed : Mark(counter: counter - base)
        }
    }
}
