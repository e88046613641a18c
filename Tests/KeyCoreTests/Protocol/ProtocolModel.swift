import KeyCore

/// The protocol of leases as built (Sources/Gateway, `Barrier`), small enough to look at every interleaving.
///
/// Nodes, deleters, the reaper and a client that verifies take one step at a time, in any order; time passes in
/// ticks between any two steps, so that everybody may be paused for any time; commits, answers and acknowledgments
/// get lost; the primary fails over to its standby.
struct ProtocolModel {
    /// A point of the protocol that can be left out, to see that the model notices.
    enum Point: String, CaseIterable {
        case answerChecksLease
        case leaseIsCheckedAfterTheRequestWasRead
        case clockIsNotedBeforeTheRenewal
        case deleterWaits
        case deleterWaitsAWholeLease
        case deleterReadsRowsAfterItsCommit
        case deleterNotesItsClockAfterReadingTheRows
        case rowIsRemovedOnlyAtTheCounterThatWasRead
        case renewalFindsItsRow
        case registersBeforeItReads
        case givesUpItsLeaseBeforeItLeaves
        case renewalIsDurable
        case appliesBeforeItAcknowledges
        case reaperWaitsAWholeLease
        case givesUpItsLeaseWhenItsRowIsGone
        case revisionsBearStamps
        case counterShowsNoValueTwice
    }

    /// How large a world the model looks at.
    struct Bounds {
        /// In ticks.
        var lease: UInt8 = 2
        var nodes = 1
        var deletes = 2
        var hasReaper = true
        var failovers: UInt8 = 1
        /// The primary may restart while commits wait for its standby. Then everybody sees what may yet be lost.
        var restarts = false
    }

    let bounds: Bounds
    let leftOut: Point?
    private let barriers = BarrierVerdicts()

    init(_ bounds: Bounds, without leftOut: Point? = nil) {
        self.bounds = bounds
        self.leftOut = leftOut
    }

    func has(_ point: Point) -> Bool { leftOut != point }

    /// The node has not loaded anything yet, and nobody has deleted anything.
    var start: ProtocolState { ProtocolState() }

    func isViolated(in state: ProtocolState) -> Bool { state.verify.step == .acceptedWrongly }

    /// Every step that can come next.
    func moves(from state: ProtocolState) -> Moves {
        var moves = Moves(from: state)
        tick(&moves)
        fail(&moves)
        for node in 0..<bounds.nodes {
            stepOfNode(node, &moves)
            verify(node, &moves)
        }
        for deleter in 0..<bounds.deletes { stepOfDeleter(deleter, &moves) }
        if bounds.hasReaper { stepOfReaper(&moves) }
        moves.forget(whatHasPassed: has(.rowIsRemovedOnlyAtTheCounterThatWasRead))
        return moves
    }

    func verdict(_ revision: UInt8, read mark: Mark, now row: Row, elapsed: UInt8) -> BarrierVerdicts.Verdict {
        barriers.verdict(revision, read: mark, now: row, elapsed: elapsed, lease: bounds.lease)
    }

    func isSettledAtOnce(_ revision: UInt8, by row: Row) -> Bool {
        barriers.isSettledAtOnce(revision, by: row)
    }
}

/// The steps that can follow a state.
struct Moves {
    typealias Label = StaticString

    let state: ProtocolState
    private(set) var labels: [Label] = []
    private(set) var next: [ProtocolState] = []

    init(from state: ProtocolState) {
        self.state = state
        labels.reserveCapacity(16)
        next.reserveCapacity(16)
    }

    mutating func add(_ label: Label, _ change: (inout ProtocolState) -> Void) {
        var state = state
        change(&state)
        labels.append(label)
        next.append(state)
    }

    /// Nobody who only removes rows any more remembers one that is not there to remove: such states are one.
    mutating func forget(whatHasPassed: Bool) {
        for index in next.indices { next[index].deleters.forget(whatHasPassed: whatHasPassed) }
    }
}

// MARK: - Time, faults, and the client

extension ProtocolModel {
    private func tick(_ moves: inout Moves) {
        moves.add("time passes") { state in
            for node in 0..<bounds.nodes {
                state[node].lease -= state[node].lease > 0 ? 1 : 0
                if state[node].isCountingAge { state[node].age = min(state[node].age + 1, bounds.lease) }
            }
            for watcher in ProtocolState.watchers {
                state.deleters[watcher].wait -= state.deleters[watcher].wait > 0 ? 1 : 0
            }
        }
    }

    private func fail(_ moves: inout Moves) {
        guard moves.state.failovers < bounds.failovers else { return }
        moves.add("the database fails over to the standby") { state in
            state.failovers += 1
            state.primary = state.standby
            for node in 0..<bounds.nodes {
                // Transactions under way fail.
                if state[node].step == .renewing { state[node].rest() }
                if has(.counterShowsNoValueTwice) { state.forgetLostCounters(of: node) }
                state.rebaseCounters(of: node)
            }
        }
    }

    /// A client asks for a key whose delete was answered. The lease is looked at, then the index, then it answers.
    private func verify(_ node: Int, _ moves: inout Moves) {
        let state = moves.state
        let isHere = state.verify.node == node
        switch state.verify.step {
        case .none:
            begin(node, then: .began, &moves)
            if !has(.leaseIsCheckedAfterTheRequestWasRead), state[node].lease > 0 {
                moves.add("a node finds its lease in time before it reads the next request") {
                    $0.verify = Verify(step: .checkedEarly, node: UInt8(node))
                }
            }
        case .checkedEarly where isHere:
            begin(node, then: .checked, &moves)
        case .began where isHere:
            let isCurrent = state[node].lease > 0 || !has(.answerChecksLease)
            moves.add("the lease is checked for the verify") { state in
                if isCurrent { state.verify.step = .checked } else { state.verify = Verify() }
            }
        case .checked where isHere:
            moves.add("the key is looked up in the index, and answered") { state in
                let isKnown = state[node].knows & (1 << state.verify.key) != 0
                state.verify = isKnown ? Verify() : Verify(step: .acceptedWrongly)
            }
        default: break
        }
    }

    private func begin(_ node: Int, then step: Verify.Step, _ moves: inout Moves) {
        for key in 0..<bounds.deletes where moves.state.deleters[key].step == .done {
            moves.add("a verify of a key begins whose delete was answered") {
                $0.verify = Verify(step: step, node: UInt8(node), key: UInt8(key))
            }
        }
    }
}

extension Node {
    /// Whether the note of the clock is still needed.
    fileprivate var isCountingAge: Bool {
        switch step {
        case .noted, .renewing, .renewed, .applied, .loading, .loaded: true
        default: false
        }
    }

    /// Nothing is under way; forgets what only mattered to what was.
    mutating func rest() {
        step = .idle
        age = 0
        forgetWhatWasSeen()
    }

    mutating func forgetWhatWasSeen() {
        seenRevision = 0
        seenStamp = 0
        seenDeleted = 0
    }
}
