import KeyCore
import Testing
import Web

@testable import Portal

/// What the audit log's page reads from its address, and what it writes into a file.
struct AuditTests {
    @Test(arguments: [
        (["a", "", "b"], "a,,b\r\n"),
        (["a,b", "say \"hi\"", "two\nlines", "end\r"], "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"end\r\"\r\n"),
        (["=1+1", "+7", "-1", "@x", "＝1"], "'=1+1,'+7,'-1,'@x,'＝1\r\n"),
        (["\t=1", "\r=1", "'=1", "a=1"], "'\t=1,\"'\r=1\",'=1,a=1\r\n"),
        (["=HYPERLINK(\"http://x\",\"y\")"], "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"\r\n"),
    ])
    func cellIsNeitherAFormulaNorSeveralCells(cells: [String], line: String) {
        #expect(CSVRow(cells).text == line)
    }

    @Test func roleIsReadAsItWasWritten() {
        let role = RoleInWords("Night: shift: devices:read reports:read")
        #expect(role.name == "Night: shift")
        #expect(role.rights == ["devices:read", "reports:read"])
        #expect(RoleInWords("Empty: ").rights.isEmpty)
        #expect(RoleInWords("Empty: ").name == "Empty")
        #expect(RoleInWords("no colon").name == "no colon")
    }

    @Test func addressComesBackAsItWasRead() {
        let address = "person=Irina%20%26%20co&action=keys&from=2026-11-01&to=2026-11-22&target=a%3Db&before=42"
        #expect(AuditList(FormFields(address.utf8)).path == "/settings/audit?" + address)
        #expect(AuditList(FormFields("after=7".utf8)).path == "/settings/audit?after=7")
    }

    @Test(arguments: [
        "action=nothing", "action=key.nothing", "from=2026-02-30", "to=tomorrow", "before=-1", "before=x",
        "after=99999999999999999999", "person=%20", "target=%09",
    ])
    func whatAnAddressDoesNotSayWellCountsAsNotSaid(address: String) {
        let list = AuditList(FormFields(address.utf8))
        #expect(list.path == "/settings/audit")
        #expect(!list.isFiltered)
    }

    @Test func daysAreTheReadersOwn() throws {
        let list = AuditList(FormFields("from=2026-11-22&to=2026-11-22".utf8))
        let moscow = UserTimeZone(stored: "Europe/Moscow").timeZone
        let query = list.query(of: ID(rawValue: 1), in: moscow, operatorName: "The operator")
        #expect(query.since?.rfc3339 == "2026-11-21T21:00:00.000Z")
        #expect(query.until?.rfc3339 == "2026-11-22T21:00:00.000Z")
    }

    @Test(arguments: [
        ("the OPERATOR", AuditQuery.Actor.operator), ("Irina", .named("Irina")),
        ("\(ID<User>(rawValue: 7))", .user(ID(rawValue: 7))),
    ])
    func personIsTheOperatorOrAnIdOrAName(text: String, actor: AuditQuery.Actor) {
        var list = AuditList()
        list.person = text
        #expect(list.query(of: ID(rawValue: 1), in: .gmt, operatorName: "The operator").actor == actor)
    }

    @Test func everyActionIsOfAGroup() {
        let grouped = AuditGroup.allCases.flatMap(\.actions)
        #expect(grouped.count == AuditEvent.Action.allCases.count)
        #expect(Set(grouped) == Set(AuditEvent.Action.allCases))
    }
}
