import HTTPTypes
import Testing

@testable import latchkey

@Suite struct CrossSiteTests {
    private static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!

    @Test(arguments: ["cross-site", "same-site", "none"])
    func whatABrowserSaysComesFromElsewhereIsRefused(site: String) async throws {
        try await TestNode.run { _, client in
            var irina = try await Visitor.registered(client)
            irina.headers[CrossSiteTests.fetchSite] = site
            #expect(try await irina.ask(.post, "/v1/keys", ["name": "Stolen"]).code == "cross_site")
            #expect(try await irina.ask(.delete, "/v1/session").code == "cross_site")
            #expect(try await irina.ask(.get, "/v1/me").status == 200)
        }
    }

    @Test func withoutFetchMetadataTheOriginDecides() async throws {
        try await TestNode.run { _, client in
            var irina = try await Visitor.registered(client)
            irina.headers[CrossSiteTests.fetchSite] = nil
            #expect(try await irina.ask(.post, "/v1/keys", ["name": "Neither"]).code == "cross_site")
            for origin in ["https://elsewhere.example", "null", "http://localhost.elsewhere.example"] {
                irina.headers[.origin] = origin
                #expect(try await irina.ask(.post, "/v1/keys", ["name": "Foreign"]).code == "cross_site")
            }
            irina.headers[.origin] = "http://localhost"
            #expect(try await irina.ask(.post, "/v1/keys", ["name": "Own"]).status == 201)
        }
    }

    @Test func aProgramWithAKeyNeedsNoOrigin() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let (_, key) = try await irina.createKey("Maker")
            #expect(try await irina.with(key: key).ask(.post, "/v1/keys", ["name": "Made"]).status == 201)
        }
    }
}
