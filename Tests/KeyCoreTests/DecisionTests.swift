import KeyCore
import Testing

struct DecisionTests {
    private let platform = Platform.smartPlayer
    private let end = Timestamp(milliseconds: 1_782_939_600_000)
    private var before: Timestamp { end.advanced(by: .milliseconds(-1)) }

    @Test func confirmedKeyOfAnActiveOwnerIsAccepted() throws {
        let (grant, owner) = (grant(), owner())
        let decision = decide(grant: grant, owner: owner, .validKey, now: before)
        guard case .accepted(let acceptance) = decision else {
            Issue.record("refused: \(decision)")
            return
        }
        #expect(acceptance.grant == grant && acceptance.owner == owner)
        #expect(acceptance.permissions == owner.permissions)
    }

    @Test func keyWorksToTheMillisecondOfItsEndAndNotAtIt() {
        #expect(reason(grant(), at: before) == nil)
        #expect(reason(grant(), at: end) == .expired)
        #expect(reason(grant(), at: end.advanced(by: .days(1))) == .expired)
    }

    @Test func unknownKeyIsRefusedAndSoIsOneWithoutAnOwner() {
        #expect(decide(grant: nil, owner: nil, .validKey, now: before) == .refused(.unknown))
        #expect(decide(grant: nil, owner: owner(), .validKey, now: before) == .refused(.unknown))
        #expect(decide(grant: grant(), owner: nil, .validKey, now: before) == .refused(.unknown))
    }

    /// Where several reasons hold, the one that cannot be mended comes first.
    @Test func reasonsHaveAnOrder() throws {
        let asked = try #require(platform.permission("devices:delete"))
        let blocked = owner(blocked: true, may: [])
        func reason(_ state: Grant.State, _ owner: Owner, at now: Timestamp) -> Decision.Reason? {
            self.reason(grant(state), owner, asking: asked, at: now)
        }
        #expect(reason(.deleted, blocked, at: end) == .deleted)
        #expect(reason(.notCopied, blocked, at: end) == .notCopied)
        #expect(reason(.confirmed, blocked, at: end) == .expired)
        #expect(reason(.confirmed, blocked, at: before) == .ownerBlocked)
        #expect(reason(.confirmed, owner(may: []), at: before) == .missingPermission(asked))
        #expect(reason(.confirmed, owner(may: ["devices:delete"]), at: before) == nil)
    }

    @Test func keyMayDoWhatItsOwnerAndItsSubsetBothAllow() throws {
        let names = ["devices:read", "devices:update", "reports:read"]
        let permissions = try names.map { try #require(platform.permission($0)) }
        let cases: [(owner: [String], subset: [String]?, allowed: [Bool])] = [
            (["devices:read", "devices:update"], nil, [true, true, false]),
            (["devices:read", "devices:update"], ["devices:read", "reports:read"], [true, false, false]),
            (["devices:read"], ["devices:update"], [false, false, false]),
            (["devices:read"], [], [false, false, false]),
        ]
        for (may, subset, allowed) in cases {
            let subset = try subset.map { try platform.set(named: $0) }
            let answers = permissions.map { permission in
                reason(grant(subset: subset), owner(may: may), asking: permission, at: before) == nil
            }
            #expect(answers == allowed, "owner \(may), subset \(String(describing: subset))")
        }
    }

    @Test func codesAreStable() throws {
        let permission = try #require(platform.permission("devices:read"))
        let reasons: [Decision.Reason] = [
            .missing, .malformed, .unknown, .deleted, .expired, .notCopied, .ownerBlocked,
            .missingPermission(permission), .unknownPermission("devices:fly"), .notCurrent,
        ]
        #expect(
            reasons.map(\.code) == [
                "missing", "malformed", "unknown", "deleted", "expired", "not_copied", "owner_blocked",
                "missing_permission", "missing_permission", "not_current",
            ])
    }

    private func reason(
        _ grant: Grant, _ owner: Owner? = nil, asking permission: Permission? = nil, at now: Timestamp
    ) -> Decision.Reason? {
        let requirement = permission.map(Requirement.permission) ?? .validKey
        let decision = decide(grant: grant, owner: owner ?? self.owner(), requirement, now: now)
        if case .refused(let reason) = decision { return reason }
        return nil
    }

    private func grant(_ state: Grant.State = .confirmed, subset: PermissionSet? = nil) -> Grant {
        Grant(
            key: ID(rawValue: 4), digest: Digest(of: [1]), owner: ID(rawValue: 3), name: "Lobby", createdAt: before,
            expiresAt: end, state: state, subset: subset)
    }

    private func owner(blocked: Bool = false, may names: [String] = ["devices:read"]) -> Owner {
        Owner(
            user: ID(rawValue: 3), name: "Ada", company: ID(rawValue: 1), companyName: "Engines", role: "Editor",
            permissions: PermissionSet(names.compactMap { platform.permission($0) }), isBlocked: blocked)
    }
}
