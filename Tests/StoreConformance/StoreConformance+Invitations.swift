import KeyCore
import Testing

extension StoreConformance {
    static let invitations: [Guarantee] = [
        Guarantee("invitationIsFoundByItsLinkWithAllThatDecidesAboutIt") { store in
            let household = try await store.settled()
            let (invitation, digest) = try await store.invited(by: household)
            let expected = OpenInvitation(
                invitation: invitation, company: household.company, role: household.viewer,
                inviter: Account(user: household.user, company: household.company, role: household.administrator))
            #expect(try await store.invitation(digest) == .open(expected))
            #expect(try await store.invitation(.random()) == nil)
            #expect(try await store.openInvitations(household) == [expected])
        },
        Guarantee("usedInvitationSaysSoAndIsNoLongerOpen") { store in
            let household = try await store.settled()
            let (invitation, digest) = try await store.invited(by: household)
            try await store.write { transaction throws(StoreError) in
                try transaction.markUsed(invitation.id, at: Household.noon)
            }
            #expect(try await store.invitation(digest) == .used)
            #expect(try await store.openInvitations(household).isEmpty)
            // The same address may be invited again later, and the role may go.
            _ = try await store.invited(by: household)
        },
        Guarantee("withdrawnOrReplacedInvitationIsUnknown") { store in
            let household = try await store.settled()
            let (first, firstDigest) = try await store.invited(by: household, email: "Boris@Engine.example")
            try await store.write { transaction throws(StoreError) in try transaction.deleteInvitation(first.id) }
            #expect(try await store.invitation(firstDigest) == nil)
            let (second, secondDigest) = try await store.invited(by: household, email: "Boris@Engine.example")
            try await store.write { transaction throws(StoreError) in try transaction.deleteInvitation(second.id) }
            #expect(try await store.invitation(secondDigest) == nil)
            #expect(first.id != second.id)
        },
        Guarantee("invitationMadeWithAKeyIsReadWithTheKey") { store in
            let household = try await store.settled()
            let key = household.key("Maker")
            try await store.insert(key)
            let (invitation, digest) = try await store.invited(by: household, with: key.id)
            guard case .open(let open) = try await store.invitation(digest) else {
                Issue.record("the invitation is gone")
                return
            }
            #expect(open.invitation == invitation)
            #expect(open.key == key)
        },
        Guarantee("addressHasOneOpenInvitationInACompanyAndOneInAnother") { store in
            let household = try await store.settled()
            _ = try await store.invited(by: household)
            #expect(await storeError { try await store.invited(by: household) } != nil)
            let other = try await store.settled(Household(email: "grace@compiler.example"))
            _ = try await store.invited(by: other)
            #expect(try await store.openInvitations(other).map(\.company.id) == [other.company.id])
        },
        Guarantee("invitationOfSomebodyWhoWasRemovedHasNoInviter") { store in
            let household = try await store.settled()
            let (_, digest) = try await store.invited(by: household)
            try await store.write { transaction throws(StoreError) in
                try transaction.removeUser(household.user.id, at: Household.noon)
            }
            guard case .open(let open) = try await store.invitation(digest) else {
                Issue.record("the invitation is gone")
                return
            }
            #expect(open.inviter == nil)
        },
        Guarantee("roleThatIsPromisedStays") { store in
            let household = try await store.settled()
            let (invitation, _) = try await store.invited(by: household)
            let delete: @Sendable () async throws -> Void = {
                try await store.write { transaction throws(StoreError) in
                    try transaction.deleteRole(household.viewer.id)
                }
            }
            #expect(await storeError { try await delete() } != nil)
            try await store.write { transaction throws(StoreError) in
                try transaction.deleteInvitation(invitation.id)
            }
            try await delete()
        },
    ]
}

extension Store {
    fileprivate func invited(
        by household: Household, email: String = "boris@engine.example", with key: ID<Key>? = nil
    ) async throws -> (Invitation, Digest) {
        let digest = Digest.random()
        let invitation = Invitation(
            id: .random(), company: household.company.id, role: household.viewer.id,
            email: EmailAddress(stored: email), inviter: household.user.id, key: key,
            createdAt: Household.noon, expiresAt: Household.noon.advanced(by: Invitation.lifetime))
        try await write { transaction throws(StoreError) in try transaction.insert(invitation, digest: digest) }
        return (invitation, digest)
    }

    fileprivate func invitation(_ digest: Digest) async throws -> FoundInvitation? {
        try await read { transaction throws(StoreError) in try transaction.invitation(digest) }
    }

    fileprivate func openInvitations(_ household: Household) async throws -> [OpenInvitation] {
        try await read { transaction throws(StoreError) in
            try transaction.openInvitations(of: household.company.id)
        }
    }
}
