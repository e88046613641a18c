import KeyCore
import Testing

@testable import PostgresStore

struct AddressTests {
    @Test func eachHostHasItsOwnOptions() throws {
        let address = try Address(url: "postgresql://ada@one.example:6432,two.example,[::1]/keys?sslmode=verify-full")
        #expect(address.hosts.map { $0["host"] } == ["one.example", "two.example", "::1"])
        #expect(address.hosts.map { $0["port"] } == ["6432", "", ""])
        #expect(address.hosts.allSatisfy { $0["sslmode"] == "verify-full" && $0["dbname"] == "keys" })
        #expect(address.hosts.allSatisfy { $0["target_session_attrs"] == "read-write" })
    }

    @Test func oneHostToo() throws {
        let address = try Address(url: "postgres://ada:x@db.example/keys")
        #expect(address.hosts.count == 1)
        #expect(address.hosts[0]["target_session_attrs"] == "read-write")
        #expect(address.hosts[0]["port"] == nil)
        #expect(address.hosts[0]["password"] == "x")
    }

    @Test func standbyIsAskedOnlyByWhoReadsAndSaysSo() throws {
        let url = "postgres://db.example/keys?target_session_attrs="
        for attributes in ["read-write", "primary"] {
            #expect(try Address(url: url + attributes).hosts[0]["target_session_attrs"] == attributes)
        }
        #expect(try Address(url: url + "any", isOnlyRead: true).hosts[0]["target_session_attrs"] == "any")
        #expect(try Address(url: "postgres:///keys", isOnlyRead: true).hosts[0]["target_session_attrs"] == "read-write")
        for (attributes, isOnlyRead) in [("any", false), ("standby", false), ("standby", true)] {
            #expect(throws: OpenError.self) { try Address(url: url + attributes, isOnlyRead: isOnlyRead) }
        }
    }

    @Test func onePortCountsForAllHosts() throws {
        let address = try Address(url: "postgres:///keys?host=one,two&port=6432")
        #expect(address.hosts.map { $0["port"] } == ["6432", "6432"])
    }

    @Test func whatTheURLSaysCountsMoreThanOurDefaults() throws {
        let address = try Address(url: "postgres://db.example/keys?keepalives_idle=60&connect_timeout=7")
        #expect(address.hosts[0]["keepalives_idle"] == "60")
        #expect(address.patience == .seconds(7))
    }

    @Test func unknownParameterIsNamed() {
        let error = #expect(throws: OpenError.self) {
            try Address(url: "postgres://ada:hunter2@db.example/keys?sslmod=require")
        }
        #expect(error?.description.contains("sslmod") == true)
        #expect(error?.description.contains("hunter2") == false)
    }

    /// Passwords that somebody has forgotten to encode, and other slips of which a message could quote a part.
    @Test(arguments: [
        "host=db.example password=hunter2", "postgres:ada:hunter2@db.example", "mysql://ada:hunter2@db.example",
        "postgres://ada:hunter2%zz@db.example/keys", "postgres://ada:hunter2/x@db.example/keys",
        "postgres://ada:8/hunter2@db.example/keys", "postgres://ada:x@hunter2@db.example/keys",
        "postgres://ada:x?hunter2=y/z@db.example/keys", "postgres://ada@db.example:hunter2/keys",
        "postgres://ada:hunter2@db.example,two.example,three.example/keys?port=1,2",
        "postgres://ada:hunter2@db.example/keys?target_session_attrs=standby", "postgres://ada:hunter2@db\0.example",
        "postgres://ada:1?user=hunter2/@db.example/keys", "postgres://ada:1/?dbname=hunter2@db.example/keys",
        "postgres://db.example/keys?user=ada&password=x&hunter2=y",
    ])
    func badURLIsRefusedInOneLineWithoutThePassword(_ url: String) {
        let error = #expect(throws: OpenError.self) { try Address(url: url) }
        #expect(error?.description.contains("hunter2") == false)
        #expect(error?.description.contains("\n") == false)
    }

    /// The shortest passwords are a part of whatever is said. So nothing that is said may depend on them.
    @Test(arguments: [
        "postgres://ada:%@db.example:port/keys", "postgres://ada:%@db.example,two.example/keys?port=1,2,3",
        "postgres://ada:%@db.example/keys?sslmod=require", "postgres://ada:%@db.example/keys?target_session_attrs=any",
        "postgres://ada:%@db.example/a@b", "postgres://ada:%/x@db.example/keys",
        "postgres://db.example/keys?password=%&nonsense=1", "mysql://ada:%@db.example/keys",
    ])
    func refusalIsTheSameWhateverThePassword(_ url: String) {
        let said = ["a", "e", "ada", "keys", "hunter2"].map { password in
            #expect(throws: OpenError.self) { try Address(url: url.replacing("%", with: password)) }?.description
        }
        #expect(Set(said).count == 1)
        #expect(said[0]?.contains("***") == false)
    }

    @Test func messagesAreOneLine() {
        #expect(Address.line("connection failed:\n  no such host\n") == "connection failed:; no such host")
    }
}
