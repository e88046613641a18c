import KeyCore
import NIOCore
import Web

/// What all loops need to answer verify and authorize by themselves: read only, but for the index.
package final class FastLane: Sendable {
    let platform: Platform
    let prefix: [UInt8]
    let verifier: Verifier
    let clientAddress: ClientAddress
    let accepted: AcceptedAnswer
    /// To a request that took too long to come.
    let tooSlow: PreparedAnswer
    private let security: SecurityHeaders
    private let refusals: [Decision.Reason: PreparedAnswer]
    private let lanes = PerLoop<Lane>()

    package init(platform: Platform, verifier: Verifier, security: SecurityHeaders, clientAddress: ClientAddress) {
        self.platform = platform
        self.verifier = verifier
        self.clientAddress = clientAddress
        self.security = security
        prefix = Array(platform.keyPrefix.utf8)
        accepted = AcceptedAnswer(security: security)
        tooSlow = PreparedAnswer(Problem.requestTimeout.answer, security: security)
        let alike: [Decision.Reason] = [
            .missing, .malformed, .unknown, .deleted, .expired, .notCopied, .ownerBlocked, .noRoute, .notCurrent,
        ]
        let reasons = alike + platform.permissions.map(Decision.Reason.missingPermission)
        refusals = Dictionary(
            uniqueKeysWithValues: reasons.map { reason in
                let answer = VerifyAnswer.answer(to: .refused(reason), platform: platform)
                return (reason, PreparedAnswer(answer, security: security))
            })
    }

    /// The one of an event loop; on that loop.
    func lane(of loop: any EventLoop) -> Lane { lanes.value(on: loop) { Lane(self) } }

    /// The answer to a decision that is not an everyday acceptance.
    func prepared(_ decision: Decision) -> PreparedAnswer {
        if case .refused(let reason) = decision, let prepared = refusals[reason] { return prepared }
        return PreparedAnswer(VerifyAnswer.answer(to: decision, platform: platform), security: security)
    }
}
