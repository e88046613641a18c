import KeyCore
import Testing

/// What every store promises, one guarantee at a time. Each is judged on an empty store of its own:
///
///     @Test(arguments: StoreConformance.guarantees)
///     func keeps(_ guarantee: Guarantee) async throws { try await guarantee.check(emptyStore()) }
package enum StoreConformance {
    package static let guarantees =
        accounts + roles + people + personLists + invitations + sessions
        + keys + dailyUses + keyLists + keyConditions + companyKeys + refusals + transactions + following + audit
        + useCases
}

/// One promise, named by what it guarantees.
package struct Guarantee: Sendable, CustomTestStringConvertible {
    package let testDescription: String
    package let check: @Sendable (any Store) async throws -> Void

    init(_ name: String, check: @escaping @Sendable (any Store) async throws -> Void) {
        testDescription = name
        self.check = check
    }
}
