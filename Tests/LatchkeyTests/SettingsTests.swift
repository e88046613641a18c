import Foundation
import Testing

@testable import latchkey

@Suite struct SettingsTests {
    private func settings(
        _ flags: [Setting: String] = [:], _ environment: [String: String] = [:]
    ) throws -> Settings {
        try Settings(SettingSource(flags: flags, environment: environment))
    }

    @Test func nothingNeedsToBeSet() throws {
        let settings = try settings()
        #expect(settings.host == "127.0.0.1")
        #expect(settings.port == 8080)
        #expect(settings.address(port: 8080) == "http://127.0.0.1:8080")
        #expect(settings.registration == .open)
        #expect(settings.isSecure == false)
    }

    @Test func aFlagBeatsTheEnvironmentAndThatTheFileAndThatTheDefault() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml").path
        try "port: 9001\nhost: 0.0.0.0\nregistration: closed\n".write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        let environment = ["LATCHKEY_CONFIG": file, "LATCHKEY_PORT": "9002", "LATCHKEY_HOST": "::1"]
        let settings = try settings([.host: "localhost"], environment)
        #expect(settings.host == "localhost")
        #expect(settings.port == 9002)
        #expect(settings.registration == .closed)
        #expect(settings.logLevel == .info)
    }

    @Test(arguments: [
        (Setting.port, "x"), (.port, "65536"), (.port, "-1"), (.database, "mysql:x"), (.database, "sqlite:"),
        (.database, "mysql://keeper:secret@localhost/latchkey"), (.publicURL, "account.example.com"),
        (.publicURL, "ftp://example.com"), (.registration, "maybe"), (.logLevel, "loud"),
        (.tlsCertificate, "/nowhere/certificate.pem"), (.tlsKey, "/nowhere/key.pem"), (.config, "/nowhere.yaml"),
        (.trustedProxies, "proxy.example.com"), (.trustedProxies, ","),
        (.databaseConnections, "many"), (.databaseConnections, "1"), (.databaseConnections, "101"),
        (.lease, "2"), (.lease, "-2s"), (.lease, "100ms"), (.lease, "11s"), (.lease, "99999999999999999999s"),
        (.pollInterval, "soon"), (.pollInterval, "10ms"), (.pollInterval, "1001ms"),
        (.serveStale, "60"), (.serveStale, "61m"),
    ])
    func aBadValueIsRefusedWithTheNameOfItsSetting(setting: Setting, value: String) throws {
        let error = #expect(throws: SettingError.self) { try settings([setting: value]) }
        #expect(error?.text.contains(setting == .config ? "/nowhere.yaml" : setting.rawValue) == true)
    }

    @Test func aFileThatNamesWhatCannotBeSetIsRefusedWithItsLine() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml").path
        try "port: 9001\nprot: 9002\n".write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        let error = #expect(throws: SettingError.self) { try settings([.config: file]) }
        #expect(error?.text.contains(":2:") == true)
        #expect(error?.text.contains("prot") == true)
    }

    @Test func aDatabaseThatCannotBeMeantIsRefusedWithoutItsPassword() {
        let error = #expect(throws: SettingError.self) {
            try settings([.database: "mysql://keeper:secret@localhost/latchkey"])
        }
        #expect(error?.text.contains("secret") == false)
    }

    @Test(arguments: [("2s", "1s"), ("200ms", "50ms"), ("10s", "5s"), ("10000ms", "500ms")])
    func aLeaseOutlivesTwoPolls(lease: String, poll: String) throws {
        let terms = try settings([.lease: lease, .pollInterval: poll]).node.lease
        #expect(terms.length == Duration(setting: lease))
        #expect(terms.pollInterval == Duration(setting: poll))
    }

    @Test(arguments: [("2s", "1500ms"), ("200ms", "200ms"), ("1s", "2s")])
    func aLeaseThatOnePollOutlivesIsRefusedWithBoth(lease: String, poll: String) {
        let error = #expect(throws: SettingError.self) { try settings([.lease: lease, .pollInterval: poll]) }
        #expect(error?.text.contains(lease) == true)
        #expect(error?.text.contains(poll) == true)
    }

    @Test func staleAnswersAreGivenOnlyWhereThatWasAskedFor() throws {
        #expect(try settings().node.serveStale == .zero)
        #expect(try settings([.serveStale: "1h"]).node.serveStale == .seconds(3600))
    }

    @Test func aPostgresDatabaseHasAsManyConnectionsAsWereSaid() throws {
        let url = "postgres://keeper:secret@db.example.com:5432/latchkey?sslmode=verify-full"
        for (given, expected) in [([:], 8), ([Setting.databaseConnections: "20"], 20)] {
            let settings = try settings(given.merging([.database: url]) { first, _ in first })
            guard case .postgres(url, expected) = settings.database else {
                Issue.record("It is \(settings.database).")
                continue
            }
        }
    }

    @Test func everySettingHasAFlagThatReachesIt() throws {
        let arguments = Setting.allCases.flatMap { ["--\($0.rawValue)", "value of \($0.rawValue)"] }
        let given = try SettingOptions.parse(arguments).given
        for setting in Setting.allCases { #expect(given[setting] == "value of \(setting.rawValue)") }
    }
}
