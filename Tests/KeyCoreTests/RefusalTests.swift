import KeyCore
import Testing

struct RefusalTests {
    @Test func everythingThatIsWrongIsSaidAtOnce() {
        var checks = FieldChecks()
        let name = checks.check { () throws(Refusal) in try KeyName("") }
        let email = checks.check { () throws(Refusal) in try EmailAddress("ada") }
        checks.note("permissions", .permissionNotHeld)
        #expect(name == nil && email == nil)
        let refusal = refusal { () throws(Refusal) in try checks.finish() }
        #expect(refusal?.code == .invalid)
        #expect(refusal?.problems.map(\.field) == ["name", "email", "permissions"])
        #expect(refusal?.problems.map(\.code) == [.nameEmpty, .emailInvalid, .permissionNotHeld])
    }

    @Test func whatIsRightPasses() throws {
        var checks = FieldChecks()
        let name = checks.check { () throws(Refusal) in try KeyName(" Lobby ") }
        #expect(name?.text == "Lobby")
        #expect(refusal { () throws(Refusal) in try checks.finish() } == nil)
    }

    @Test func whatIsTakenIsAConflict() {
        #expect(Refusal.field("name", .nameTaken).kind == .conflict)
        #expect(Refusal.field("email", .emailTaken).kind == .conflict)
        #expect(Refusal.field("name", .nameEmpty).kind == .invalid)
        #expect(Refusal.field("name", .nameEmpty).code == .nameEmpty)
    }
}
