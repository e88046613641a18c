import KeyCore
import Testing

struct IDTests {
    @Test(arguments: [1, 31, 32, 1 << 40, Int64.max])
    func identifierIsReadAsItWasShown(_ number: Int64) {
        let id = ID<Key>(rawValue: number)
        #expect(id.description.utf8.count == "key_".utf8.count + 13)
        #expect(ID<Key>(id.description) == id)
    }

    @Test func randomIdentifiersArePositiveAndDifferent() {
        let ids = (1...10_000).map { _ in ID<User>.random() }
        #expect(ids.allSatisfy { $0.rawValue > 0 })
        #expect(Set(ids).count == ids.count)
    }

    @Test func identifierOfAnotherKindIsRefused() {
        let user = ID<User>.random()
        #expect(ID<Key>(user.description) == nil)
        #expect(ID<User>(user.description) == user)
    }

    @Test(arguments: [
        "", "key_", "key_0000000000000", "key_000000000000", "key_00000000000001", "key_8000000000000",
        "key_zzzzzzzzzzzzz", "KEY_0000000000001", "key_000000000000A", "key_000000000000l", "key_000000000000-",
        " key_0000000000001", "key_0000000000001 ", "0000000000001", "key_000000000000\u{0661}",
        "key_\u{301}000000000001",
    ])
    func textThatWasNeverAnIdentifierIsRefused(_ text: String) {
        #expect(ID<Key>(text) == nil)
    }
}
