/// Values by names that stand in the bytes of a request: looking one up copies nothing.
///
/// For names that the platform's operator chose. Finding costs one pass over the name (FNV-1a, 64 bits) and one
/// comparison; how many names fall on one slot is settled when it is filled, and no client has a say in it.
package struct NameTable<Value: Sendable>: Sendable {
    private struct Entry {
        let name: [UInt8]
        var value: Value
    }

    /// The place of an entry, or -1. A power of two long, and at most half full.
    private var slots = [Int32](repeating: -1, count: 4)
    private var entries: [Entry] = []

    package init() {}

    package subscript(name: Span<UInt8>) -> Value? {
        place(of: name).map { entries[$0].value }
    }

    package subscript(name: [UInt8]) -> Value? {
        get { self[name.span] }
        set {
            guard let newValue else { preconditionFailure("Names are never taken out.") }
            if let place = place(of: name.span) {
                entries[place].value = newValue
            } else {
                entries.append(Entry(name: name, value: newValue))
                if entries.count * 2 > slots.count { grow() } else { occupy(entries.count - 1) }
            }
        }
    }

    private func place(of name: Span<UInt8>) -> Int? {
        let mask = slots.count - 1
        var slot = NameTable.hash(name) & mask
        while slots[slot] >= 0 {
            let place = Int(slots[slot])
            if name.isSame(as: entries[place].name) { return place }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for place in entries.indices { occupy(place) }
    }

    private mutating func occupy(_ place: Int) {
        let mask = slots.count - 1
        let name = entries[place].name
        var slot = NameTable.hash(name.span) & mask
        while slots[slot] >= 0 { slot = (slot + 1) & mask }
        slots[slot] = Int32(place)
    }

    private static func hash(_ name: Span<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in name.indices { hash = (hash ^ UInt64(name[index])) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: hash >> 1)
    }
}

extension Span<UInt8> {
    func isSame(as other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }
}
