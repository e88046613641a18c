import LatchkeyClient
import Testing

struct IdentityTests {
    @Test func identityMayWhatItsKeyMayAndNothingElse() {
        let identity = Identity(
            key: Identity.Key(id: "key_1", name: "Gate", expiresAt: .distantFuture),
            user: Identity.User(id: "usr_1", name: "Irina"), company: Identity.Company(id: "com_1", name: "Acme"),
            role: "Viewer", permissions: ["devices:read"])
        #expect(identity.may("devices:read"))
        #expect(!identity.may("devices:delete"))
        #expect(!identity.may("devices"))
        #expect(!identity.may(""))
    }
}
