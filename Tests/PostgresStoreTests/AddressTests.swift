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

    @Test func oneHostIsTakenAsItIs() throws {
        let address = try Address(url: "postgres://ada:x@db.example/keys")
        #expect(address.hosts.count == 1)
        #expect(address.hosts[0]["target_session_attrs"] == nil)
        #expect(address.hosts[0]["port"] == nil)
        #expect(address.password == "x")
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
        let error = #expect(throws: PostgresStore.OpenError.self) {
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
    ])
    func badURLIsRefusedInOneLineWithoutThePassword(_ url: String) {
        let error = #expect(throws: PostgresStore.OpenError.self) { try Address(url: url) }
        #expect(error?.description.contains("hunter2") == false)
        #expect(error?.description.contains("\n") == false)
    }

    @Test func messagesAreOneLineWithoutThePassword() {
        let message = "connection failed:\n  password hunter2 is wrong\n"
        #expect(Address.line(message, without: "hunter2") == "connection failed:; password *** is wrong")
        #expect(Address.line(message, without: "") == "connection failed:; password hunter2 is wrong")
    }
}
