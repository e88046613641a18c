import KeyCore
import Testing
import Web

@testable import Portal

@Suite struct AddressTests {
    @Test func fieldsAreReadAsBrowsersSendThem() {
        let fields = FormFields("name=Caf%C3%A9+%26+bar&id=a&id=b&empty=&flag&name=second".utf8)
        #expect(fields["name"] == "Café & bar")
        #expect(fields.all("id") == ["a", "b"])
        #expect(fields["empty"] == "" && fields["flag"] == "" && fields["missing"] == "")
    }

    @Test(arguments: ["%", "%4", "%zz", "%+1", "%C3", "%00"])
    func brokenEscapesHarmNothing(value: String) {
        #expect(!FormFields("name=\(value)&id=a".utf8)["name"].isEmpty)
        #expect(FormFields("name=\(value)&id=a".utf8)["id"] == "a")
    }

    @Test(arguments: ["query=R%26D+50%25&status=active&sort=last_used&page=3", "sort=-name", ""])
    func aListSurvivesItsOwnAddress(query: String) {
        let list = KeyList(FormFields(query.utf8))
        let address = list.path.split(separator: "?").dropFirst().joined()
        #expect(KeyList(FormFields(address.utf8)) == list)
    }

    @Test(arguments: ["page=-1", "page=99999999999999999999", "sort=owner", "status=deleted", "sort=--", "page=0x10"])
    func whatAListDoesNotUnderstandCountsAsNotSaid(query: String) {
        #expect(KeyList(FormFields(query.utf8)) == KeyList())
    }

    @Test func aColumnTurnsRoundWhenItIsChosenAgain() {
        let byName = KeyList().sorted(by: .name)
        #expect(byName.sort == "name")
        #expect(byName.sorted(by: .name).sort == "-name")
        #expect(byName.sorted(by: .expires).sort == "-expires")
        #expect(KeyList().turned(to: 7).sorted(by: .name).page == 1)
    }

    @Test(arguments: ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "", "/a\r\nX: y", "/\tb"])
    func logInLeadsNowhereElse(address: String) {
        #expect(OwnPath(address).path == "/")
    }

    @Test func logInLeadsBackToWhereOneWasGoing() {
        #expect(OwnPath("/settings/keys?sort=name").path == "/settings/keys?sort=name")
    }
}
