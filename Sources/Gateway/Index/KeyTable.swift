import KeyCore

/// Keys by their digests, in flat arrays: open addressing with linear probing, and the names in one run of bytes.
///
/// A key costs about 90 bytes, its name included. Nothing is ever taken out, since a deleted key answers "deleted".
struct KeyTable: Sendable {
    /// One key. 128 bits of the digest tell keys apart: to be taken for another, one would have to be found whose
    /// SHA-256 begins alike.
    struct Entry: Sendable {
        fileprivate let digest: (UInt64, UInt64)
        fileprivate(set) var owner: OwnerEntry
        let key: ID<Key>
        fileprivate(set) var createdAt: Timestamp
        fileprivate(set) var expiresAt: Timestamp
        /// When it was last accepted since the uses were taken, where it was.
        fileprivate var lastUse = Timestamp(milliseconds: 0)
        /// How often it was accepted since the uses were taken.
        fileprivate var uses: UInt32 = 0
        fileprivate var nameStart: UInt32 = 0
        fileprivate var nameLength: UInt16 = 0
        fileprivate var state: Grant.State
        /// Whether it was ever accepted while it stood here.
        fileprivate var wasUsed = false
        /// Its place among the subsets, plus one; zero for a key with all of its owner's rights.
        fileprivate var subset: UInt32 = 0
    }

    private(set) var entries: [Entry] = []
    /// The place of an entry plus one; zero is free. A power of two long, and at most three quarters full.
    private var slots: [UInt32] = [UInt32](repeating: 0, count: 16)
    private var names: [UInt8] = []
    /// Each once, however many keys have it.
    private var subsets: [PermissionSet] = []
    private var subsetNumbers: [PermissionSet: UInt32] = [:]
    /// The entries that have `uses`.
    private var used: [UInt32] = []
    /// Where the first uses of entries came from.
    private var addresses: [UInt32: String] = [:]

    var count: Int { entries.count }
    var subsetCount: Int { subsets.count }

    /// What its arrays take of memory.
    var bytes: Int {
        entries.capacity * MemoryLayout<Entry>.stride + names.capacity
            + (slots.capacity + used.capacity) * MemoryLayout<UInt32>.stride
            + subsets.capacity * MemoryLayout<PermissionSet>.stride
    }
}

// MARK: - Finding

extension KeyTable {
    func place(of digest: Digest) -> Int? {
        let mask = slots.count - 1
        var slot = KeyTable.slot(of: digest) & mask
        while slots[slot] != 0 {
            let place = Int(slots[slot]) - 1
            if entries[place].digest == (digest.words.0, digest.words.1) { return place }
            slot = (slot + 1) & mask
        }
        return nil
    }

    func terms(of place: Int) -> Grant.Terms {
        let (state, end, subset) = (entries[place].state, entries[place].expiresAt, entries[place].subset)
        return Grant.Terms(state: state, expiresAt: end, subset: subset == 0 ? nil : subsets[Int(subset) - 1])
    }

    /// The name in UTF-8.
    func withName<Value>(of place: Int, _ body: (Span<UInt8>) -> Value) -> Value {
        body(names.span.extracting(nameRange(of: place)))
    }

    private func nameRange(of place: Int) -> Range<Int> {
        let start = Int(entries[place].nameStart)
        return start..<start + Int(entries[place].nameLength)
    }

    func grant(at place: Int, digest: Digest) -> Grant {
        let (entry, terms) = (entries[place], terms(of: place))
        return Grant(
            key: entry.key, digest: digest, owner: entry.owner.user,
            name: String(decoding: names[nameRange(of: place)], as: UTF8.self), createdAt: entry.createdAt,
            expiresAt: entry.expiresAt, state: terms.state, subset: terms.subset)
    }

    /// The second word: the last bits of the first choose the table.
    private static func slot(of digest: Digest) -> Int { Int(truncatingIfNeeded: digest.words.1) }
}

// MARK: - Filling

extension KeyTable {
    mutating func set(_ grant: Grant, owner: OwnerEntry) {
        let place = place(of: grant.digest) ?? insert(grant, owner: owner)
        entries[place].owner = owner
        entries[place].createdAt = grant.createdAt
        entries[place].expiresAt = grant.expiresAt
        entries[place].state = grant.state
        setName(grant.name, of: place)
        setSubset(grant.subset, of: place)
    }

    /// Gives back the room that growing took in advance. After a load, which is when nearly all keys come.
    mutating func trim() {
        entries = entries.withUnsafeBufferPointer { Array($0) }
        names = names.withUnsafeBufferPointer { Array($0) }
    }

    private mutating func insert(_ grant: Grant, owner: OwnerEntry) -> Int {
        if (entries.count + 1) * 4 > slots.count * 3 { grow() }
        entries.append(
            Entry(
                digest: (grant.digest.words.0, grant.digest.words.1), owner: owner, key: grant.key,
                createdAt: grant.createdAt, expiresAt: grant.expiresAt, state: grant.state))
        occupy(KeyTable.slot(of: grant.digest), with: entries.count - 1)
        return entries.count - 1
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for place in entries.indices { occupy(Int(truncatingIfNeeded: entries[place].digest.1), with: place) }
    }

    private mutating func occupy(_ wanted: Int, with place: Int) {
        let mask = slots.count - 1
        var slot = wanted & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(place + 1)
    }

    /// A key keeps its name, so that room is taken once.
    private mutating func setName(_ name: String, of place: Int) {
        guard !names[nameRange(of: place)].elementsEqual(name.utf8) else { return }
        entries[place].nameStart = UInt32(names.count)
        names.append(contentsOf: name.utf8)
        entries[place].nameLength = UInt16(names.count - Int(entries[place].nameStart))
    }

    private mutating func setSubset(_ subset: PermissionSet?, of place: Int) {
        guard terms(of: place).subset != subset else { return }
        guard let subset else {
            entries[place].subset = 0
            return
        }
        entries[place].subset = number(of: subset)
    }

    /// The place of a set among the subsets, plus one. A key keeps its set, so there are never more than keys.
    private mutating func number(of subset: PermissionSet) -> UInt32 {
        if let number = subsetNumbers[subset] { return number }
        subsets.append(subset)
        subsetNumbers[subset] = UInt32(subsets.count)
        return UInt32(subsets.count)
    }
}

// MARK: - Uses

extension KeyTable {
    /// - Parameter address: of the client; asked for once in the life of an entry.
    mutating func noteUse(of place: Int, at now: Timestamp, from address: @autoclosure () -> String) {
        if entries[place].uses == 0 { used.append(UInt32(place)) }
        if !entries[place].wasUsed {
            entries[place].wasUsed = true
            addresses[UInt32(place)] = address()
        }
        entries[place].lastUse = now
        entries[place].uses &+= 1
    }

    /// The uses since the last call, handed over.
    mutating func takeUses() -> [(key: ID<Key>, use: KeyUse)] {
        guard !used.isEmpty else { return [] }
        let uses = used.map { place in
            let entry = entries[Int(place)]
            return (entry.key, KeyUse(count: Int(entry.uses), last: entry.lastUse, address: addresses[place]))
        }
        for place in used { entries[Int(place)].uses = 0 }
        used.removeAll(keepingCapacity: true)
        addresses = [:]
        return uses
    }

    var waitingUses: Int { used.count }
    var usedKeys: [ID<Key>] { used.map { entries[Int($0)].key } }
}
