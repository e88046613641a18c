/// What a node does: `LeaseFollower`, one step for each thing that something else can come between.
extension ProtocolModel {
    func stepOfNode(_ node: Int, _ moves: inout Moves) {
        switch moves.state[node].step {
        case .idle: idle(node, &moves)
        case .noted: beginRenewal(node, &moves)
        case .renewing: endRenewal(node, &moves)
        case .renewed, .caughtUp: apply(node, &moves)
        case .applied: takeLease(node, &moves)
        case .acknowledging: acknowledge(node, &moves)
        case .tooFarBehind, .leaving, .loading, .loaded: startAnew(node, &moves)
        case .gone: noticeGone(node, &moves)
        }
    }

    private func idle(_ node: Int, _ moves: inout Moves) {
        let state = moves.state
        if state[node].isRegistered {
            moves.add("the node notes its clock") { $0[node].step = .noted }
        } else {
            moves.add("the node registers") { $0.register(node) }
        }
        let isBehind = state.primary.revision > state[node].revision
        let isUnsaid = state[node].isRegistered && state.primary[node].applied < state[node].revision
        if isBehind || isUnsaid, isReached(from: state[node], in: state) {
            moves.add("the node is woken and reads the changes") { state in
                state.read(node)
                state[node].step = .caughtUp
            }
        }
    }

    private func beginRenewal(_ node: Int, _ moves: inout Moves) {
        if moves.state.primary[node].isThere || !has(.renewalFindsItsRow) {
            moves.add("the renewal begins: its snapshot is taken") { state in
                state.read(node)
                state[node].step = .renewing
            }
        } else {
            moves.add("the renewal finds the node's row gone") { state in
                state[node].rest()
                state[node].step = .gone
            }
        }
    }

    private func endRenewal(_ node: Int, _ moves: inout Moves) {
        let state = moves.state
        moves.add("the renewal fails") { $0[node].rest() }
        guard state.primary[node].isThere || !has(.renewalFindsItsRow) else {
            return moves.add("the renewal loses against the removal of its row and is tried again") { state in
                state[node].step = .noted
                state[node].forgetWhatWasSeen()
            }
        }
        // Past a bound of two, what was not durable has reached the standby meanwhile.
        let canLag = state.primary[node].counter < 2
        let isDurable = has(.renewalIsDurable) || !canLag
        if isReached(from: state[node], in: state) {
            moves.add("the renewal is committed") { state in
                state.raiseCounter(of: node, isDurable: isDurable)
                state[node].step = .renewed
            }
        }
        moves.add("the renewal is committed, and the node is too far behind to catch up") { state in
            state.raiseCounter(of: node, isDurable: isDurable)
            state[node].rest()
            state[node].step = .tooFarBehind
        }
        moves.add("the renewal is committed, and its answer is lost") { state in
            state.raiseCounter(of: node, isDurable: isDurable)
            state[node].rest()
        }
        if bounds.restarts, canLag {
            moves.add("the renewal is committed on the primary alone, and its answer is lost") { state in
                state.raiseCounter(of: node, isDurable: false)
                state[node].rest()
            }
        }
    }

    private func apply(_ node: Int, _ moves: inout Moves) {
        let isRenewal = moves.state[node].step == .renewed
        moves.add("the node applies what it read") { state in
            state[node].revision = state[node].seenRevision
            state[node].stamp = state[node].seenStamp
            state[node].knows |= state[node].seenDeleted
            state[node].forgetWhatWasSeen()
            state[node].step = isRenewal ? .applied : .acknowledging
        }
        if !has(.appliesBeforeItAcknowledges), moves.state[node].isRegistered {
            moves.add("the node acknowledges what it has not applied yet") { state in
                state.acknowledge(node, state[node].seenRevision)
            }
        }
    }

    private func takeLease(_ node: Int, _ moves: inout Moves) {
        moves.add("the node takes its lease, counted from the note") { state in
            state[node].lease = has(.clockIsNotedBeforeTheRenewal) ? bounds.lease - state[node].age : bounds.lease
            state[node].rest()
            state[node].step = .acknowledging
        }
    }

    private func acknowledge(_ node: Int, _ moves: inout Moves) {
        moves.add("the acknowledgment is lost") { $0[node].rest() }
        guard moves.state[node].isRegistered, isReached(from: moves.state[node], in: moves.state) else { return }
        moves.add("the node acknowledges") { state in
            state.acknowledge(node, state[node].revision)
            state[node].rest()
        }
    }

    private func startAnew(_ node: Int, _ moves: inout Moves) {
        switch moves.state[node].step {
        case .tooFarBehind:
            moves.add("the node gives up its lease") { state in
                if has(.givesUpItsLeaseBeforeItLeaves) { state[node].lease = 0 }
                state[node].isRegistered = false
                state[node].step = .leaving
            }
        case .leaving:
            moves.add("the node removes its own row") { state in
                state.removeRow(of: node)
                state[node].step = .loading
            }
        case .loading:
            moves.add("the node cannot read everything") { $0[node].rest() }
            moves.add("the node reads everything") { state in
                state.read(node, after: 0)
                state[node].step = .loaded
            }
        default:
            moves.add("the node puts everything into its index") { state in
                state.load(node)
                if !has(.registersBeforeItReads) {
                    state.register(node)
                    state[node].step = .applied
                } else {
                    state[node].rest()
                }
            }
        }
    }

    private func noticeGone(_ node: Int, _ moves: inout Moves) {
        moves.add("the node says yes no more, since its row is gone") { state in
            if has(.givesUpItsLeaseWhenItsRowIsGone) { state[node].lease = 0 }
            state[node].isRegistered = false
            state[node].step = has(.registersBeforeItReads) ? .idle : .loading
        }
    }

    /// Whether the database can say what changed after a node's revision: that revision is in its history.
    private func isReached(from node: Node, in state: ProtocolState) -> Bool {
        has(.revisionsBearStamps)
            ? state.primary.has(node.revision, stamped: node.stamp) : state.primary.revision >= node.revision
    }
}

extension ProtocolState {
    /// Takes a snapshot of what changed since the node's own revision.
    fileprivate mutating func read(_ node: Int) {
        read(node, after: self[node].revision)
    }

    fileprivate mutating func read(_ node: Int, after revision: UInt8) {
        self[node].seenRevision = primary.revision
        self[node].seenStamp = primary.stamp
        self[node].seenDeleted = primary.deleted(after: revision)
    }

    fileprivate mutating func register(_ node: Int) {
        primary[node] = Row(isThere: true)
        self[node].isRegistered = true
        commit()
    }

    fileprivate mutating func load(_ node: Int) {
        self[node].revision = self[node].seenRevision
        self[node].stamp = self[node].seenStamp
        self[node].knows = self[node].seenDeleted
        self[node].forgetWhatWasSeen()
    }

    fileprivate mutating func raiseCounter(of node: Int, isDurable: Bool) {
        guard primary[node].isThere else { return }
        primary[node].counter += 1
        if isDurable { commit() }
        rebaseCounters(of: node)
    }

    /// Not worth waiting for the standby: what is lost costs a deleter its time.
    fileprivate mutating func acknowledge(_ node: Int, _ revision: UInt8) {
        guard primary[node].isThere else { return }
        primary[node].applied = max(primary[node].applied, revision)
    }
}
