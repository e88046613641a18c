import Foundation

/// Every state that a model can reach, breadth first: the first violation found is one of the shortest.
struct Exploration {
    private let model: ProtocolModel
    private var states: [ProtocolState]
    /// From which state each was reached first.
    private var origins: [UInt32] = [0]
    /// A hash table of indices into `states`, empty at `.max`; its size is a power of two.
    private var table = [UInt32](repeating: .max, count: 1 << 16)
    /// How a violation comes about, one line a step; `nil` when there is none.
    private(set) var violation: [String]?

    /// How many states were reached.
    var count: Int { states.count }

    init(of model: ProtocolModel) {
        self.model = model
        states = [model.start]
        table[slot(of: model.start)] = 0
        run()
    }

    private mutating func run() {
        var current = 0
        while current < states.count {
            for next in model.moves(from: states[current]).next {
                let slot = slot(of: next)
                guard table[slot] == .max else { continue }
                table[slot] = UInt32(states.count)
                states.append(next)
                origins.append(UInt32(current))
                if model.isViolated(in: next) {
                    violation = trace(to: states.count - 1)
                    return
                }
                if states.count > table.count / 2 { grow() }
            }
            current += 1
        }
    }

    private mutating func grow() {
        table = [UInt32](repeating: .max, count: table.count * 2)
        for index in states.indices { table[slot(of: states[index])] = UInt32(index) }
    }

    /// Where a state is in the table, or belongs.
    private func slot(of state: ProtocolState) -> Int {
        let mask = table.count - 1
        var slot = Int(truncatingIfNeeded: state.bytesHash) & mask
        while table[slot] != .max, !states[Int(table[slot])].hasSameBytes(as: state) {
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func trace(to index: Int) -> [String] {
        var lines: [String] = []
        var index = index
        while index != 0 {
            let origin = Int(origins[index])
            let moves = model.moves(from: states[origin])
            let move = moves.next.firstIndex { $0.hasSameBytes(as: states[index]) }
            lines.append(move.map { "\(moves.labels[$0])" } ?? "?")
            index = origin
        }
        return lines.reversed()
    }
}

extension ProtocolState {
    private static let size = MemoryLayout<ProtocolState>.size

    fileprivate func hasSameBytes(as other: ProtocolState) -> Bool {
        withUnsafeBytes(of: self) { own in
            withUnsafeBytes(of: other) { memcmp(own.baseAddress!, $0.baseAddress!, ProtocolState.size) == 0 }
        }
    }

    /// Mixes eight bytes at a time (the constant is the golden ratio's, as Fibonacci hashing has it).
    fileprivate var bytesHash: UInt64 {
        withUnsafeBytes(of: self) { bytes in
            var hash: UInt64 = 0
            var offset = 0
            while offset < bytes.count {
                var word: UInt64 = 0
                let length = min(8, bytes.count - offset)
                memcpy(&word, bytes.baseAddress! + offset, length)
                hash = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
                hash ^= hash >> 29
                offset += 8
            }
            return hash
        }
    }
}
