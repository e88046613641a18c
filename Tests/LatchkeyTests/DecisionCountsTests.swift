import KeyCore
import Testing

@testable import Gateway

@Suite struct DecisionCountsTests {
    @Test func outcomesAreCalledAsTheCodesOfRefusals() throws {
        let permission = try #require(Platform.smartPlayer.permission("devices:read"))
        let reasons: [Decision.Reason] = [
            .missing, .malformed, .unknown, .deleted, .expired, .notCopied, .ownerBlocked,
            .missingPermission(permission), .unknownPermission("devices:fly"), .pathRefused("is unclear"), .noRoute,
            .notCurrent,
        ]
        for reason in reasons {
            #expect(DecisionCounts.Outcome(reason).name == reason.code)
            #expect(DecisionCounts.Outcome(.refused(reason)).name == reason.code)
        }
        let outcomes = Set(reasons.map { DecisionCounts.Outcome($0) })
        #expect(outcomes.union([.accepted]) == Set(DecisionCounts.Outcome.allCases), "each outcome comes of something")
    }

    /// There is room for so many.
    @Test func thereAreTwelveOutcomes() {
        #expect(DecisionCounts.Outcome.allCases.count == 12)
    }
}
