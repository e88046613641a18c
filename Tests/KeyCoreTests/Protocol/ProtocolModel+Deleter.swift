/// What a deleter does (`LeaseBarrier`), and the reaper, which follows the same rule. Whom a deleter still waits
/// for is asked of the real `Barrier`.
extension ProtocolModel {
    func stepOfDeleter(_ deleter: Int, _ moves: inout Moves) {
        switch moves.state.deleters[deleter].step {
        case .idle:
            // Deleters are alike, so the second may as well be the one that commits later.
            if deleter == 0 || moves.state.deleters[0].step != .idle { commit(deleter, &moves) }
        case .early where has(.deleterReadsRowsAfterItsCommit):
            readRows(deleter, then: .waiting, &moves)
        case .early:
            commit(deleter, &moves)
        case .committed:
            afterCommit(deleter, &moves)
        case .read:
            moves.add("a deleter notes its clock") { state in
                state.deleters[deleter].step = .waiting
                state.deleters[deleter].wait = has(.deleterWaitsAWholeLease) ? bounds.lease : bounds.lease - 1
            }
        case .waiting:
            look(deleter, &moves)
            pass(deleter, &moves)
        case .done:
            removeRows(watchedBy: deleter, &moves)
        case .unanswered: break
        }
    }

    private func commit(_ deleter: Int, _ moves: inout Moves) {
        let hasRead = moves.state.deleters[deleter].step == .early
        if !has(.deleterReadsRowsAfterItsCommit), !hasRead {
            return readRows(deleter, then: .early, &moves)
        }
        moves.add("a deleter commits") { state in
            state.delete(by: deleter)
            state.commit()
            state.deleters[deleter].step = has(.deleterWaits) ? hasRead ? .read : .committed : .done
            // While the rows cannot be read, it waits for the longest lease from here.
            if has(.deleterWaits), !hasRead { state.deleters[deleter].wait = bounds.lease }
        }
        if bounds.restarts {
            moves.add("a deleter's commit stands on the primary alone, and it hears nothing") { state in
                state.delete(by: deleter)
                state.deleters[deleter].step = .unanswered
            }
        }
    }

    private func afterCommit(_ deleter: Int, _ moves: inout Moves) {
        if has(.deleterNotesItsClockAfterReadingTheRows) {
            readRows(deleter, then: .read, &moves)
        } else {
            moves.add("a deleter notes its clock before it reads the rows") { $0.deleters[deleter].step = .early }
        }
        if moves.state.deleters[deleter].wait == 0 {
            moves.add("a deleter that could not read the rows has waited for the longest lease") {
                $0.deleters[deleter].step = .done
            }
        }
    }

    private func readRows(_ deleter: Int, then step: Watcher.Step, _ moves: inout Moves) {
        moves.add("a deleter reads the rows") { state in
            let isCommitted = state.deleters[deleter].revision > 0
            let revision = isCommitted ? state.deleters[deleter].revision : state.primary.revision + 1
            for node in 0..<bounds.nodes where state.primary[node].isThere {
                guard !isSettledAtOnce(revision, by: state.primary[node]) else { continue }
                state.deleters[deleter][node] = Mark(counter: state.primary[node].counter)
            }
            state.deleters[deleter].step = step
            if step == .read { state.deleters[deleter].wait = 0 }
        }
    }

    /// Reads the rows again. Whoever acknowledged or lost its row is not waited for.
    private func look(_ deleter: Int, _ moves: inout Moves) {
        let state = moves.state
        let watcher = state.deleters[deleter]
        var after = watcher
        for node in 0..<bounds.nodes where watcher[node] != .none {
            let verdict = verdict(watcher.revision, read: watcher[node], now: state.primary[node], elapsed: 0)
            if verdict.isSettledByLooking { after[node] = .none }
        }
        guard after.holdsNothing || after.first != watcher.first || after.second != watcher.second else { return }
        if after.holdsNothing {
            after.step = .done
            after.wait = 0
        }
        moves.add(
            after.step == .done ? "a deleter has nobody left to wait for and answers" : "a deleter reads the rows again"
        ) {
            $0.deleters[deleter] = after
        }
    }

    /// Stops waiting when the leases have run out. The rows that it may remove go later, or never.
    private func pass(_ deleter: Int, _ moves: inout Moves) {
        let watcher = moves.state.deleters[deleter]
        guard watcher.wait <= bounds.lease else { return }
        let elapsed = bounds.lease - watcher.wait + (has(.deleterWaitsAWholeLease) ? 0 : 1)
        var after = watcher
        for node in 0..<bounds.nodes where watcher[node] != .none {
            let verdict = verdict(
                watcher.revision, read: watcher[node], now: moves.state.primary[node], elapsed: elapsed)
            guard verdict.isSettledByPassing else { return }
            after[node] = verdict.removes
        }
        after.step = .done
        moves.add("a deleter answers: the leases have run out") { $0.deleters[deleter] = after }
    }

    private func removeRows(watchedBy watcher: Int, _ moves: inout Moves) {
        let held = moves.state.deleters[watcher]
        for node in 0..<bounds.nodes where held[node] != .none {
            let row = moves.state.primary[node]
            let isAsRead = held[node].counter == row.counter || !has(.rowIsRemovedOnlyAtTheCounterThatWasRead)
            let removes = row.isThere && held[node] != .gone && isAsRead
            guard removes else { continue }
            moves.add("the node's row is removed") { state in
                state.deleters[watcher][node] = .none
                state.removeRow(of: node)
            }
        }
    }

    func stepOfReaper(_ moves: inout Moves) {
        let reaper = Watchers.reaper
        switch moves.state.deleters[reaper].step {
        case .idle:
            moves.add("the reaper reads the rows") { state in
                for node in 0..<bounds.nodes where state.primary[node].isThere {
                    state.deleters[reaper][node] = Mark(counter: state.primary[node].counter)
                }
                if !state.deleters[reaper].holdsNothing { state.deleters[reaper].step = .read }
            }
        case .read:
            moves.add("the reaper notes its clock") { state in
                state.deleters[reaper].step = .waiting
                state.deleters[reaper].wait = has(.reaperWaitsAWholeLease) ? bounds.lease : 0
            }
        case .waiting where moves.state.deleters[reaper].wait == 0:
            removeRows(watchedBy: reaper, &moves)
        default: break
        }
    }
}

extension ProtocolState {
    fileprivate mutating func delete(by deleter: Int) {
        primary.revision += 1
        deleters[deleter].revision = primary.revision
        if primary.revision == 1 { primary.log.0 = UInt8(deleter + 1) } else { primary.log.1 = UInt8(deleter + 1) }
    }
}
