/// What can be done in a section of the platform.
package enum Action: String, CaseIterable, Hashable, Sendable {
    case create, read, update, delete
}

/// One right: a section and an action, written `devices:read`.
///
/// Held as the place of its bit in a `PermissionSet`; `Platform` knows the names.
package struct Permission: Hashable, Sendable {
    let bit: Int

    init(section: Int, action: Action) {
        bit = section * Action.allCases.count + (Action.allCases.firstIndex(of: action) ?? 0)
    }

    var section: Int { bit / Action.allCases.count }
    var action: Action { Action.allCases[bit % Action.allCases.count] }
}

/// A set of rights as bits over the platform's sections x actions: owner AND subset is one instruction.
package struct PermissionSet: Hashable, Sendable {
    /// 128 bits of four actions each.
    package static let maximumSections = 32
    /// Whatever the platform, no set holds more.
    package static let maximumCount = maximumSections * Action.allCases.count

    private var bits: UInt128

    package init() {
        bits = 0
    }

    package init(_ permissions: some Sequence<Permission>) {
        bits = permissions.reduce(0) { $0 | 1 << $1.bit }
    }

    package var isEmpty: Bool { bits == 0 }
    package var count: Int { bits.nonzeroBitCount }

    package func contains(_ permission: Permission) -> Bool {
        bits & (1 << permission.bit) != 0
    }

    package func isSubset(of other: PermissionSet) -> Bool {
        bits & ~other.bits == 0
    }

    package func union(_ other: PermissionSet) -> PermissionSet {
        var result = self
        result.bits |= other.bits
        return result
    }

    package func subtracting(_ other: PermissionSet) -> PermissionSet {
        var result = self
        result.bits &= ~other.bits
        return result
    }

    package func intersection(_ other: PermissionSet) -> PermissionSet {
        var result = self
        result.bits &= other.bits
        return result
    }
}
