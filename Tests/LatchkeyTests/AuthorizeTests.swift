import HTTPTypes
import KeyCore
import Testing
import Web

@testable import latchkey

/// The built-in platform's rules decide: `/api/devices/**` by method, `/api/health` for every key.
@Suite struct AuthorizeTests {
    private static let identity = ["Key", "User", "Company", "Permissions", "Expires"].map {
        HTTPField.Name("X-Latchkey-\($0)")!
    }

    @Test(arguments: [Telling.nginx, .caddy, .envoy])
    func theRuleForTheOriginalRequestDecides(telling: Telling) async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let reading = try await irina.createKey("Reading", ["permissions": ["devices:read"]]).key
            let visitor = irina.with(key: reading)
            for target in ["/api/devices", "/api/devices/7?x=/../", "/api/health", "/somewhere/else"] {
                let answer = try await telling.ask(visitor, .get, target)
                #expect(answer.status == 200, "\(target)")
                #expect(answer.headers[Self.identity[3]] == "devices:read")
            }
            let refused = try await telling.ask(visitor, .delete, "/api/devices/7")
            #expect(refused.status == 403)
            #expect(refused.code == "missing_permission")
            #expect(refused["detail"]?.contains("devices:delete") == true)
            #expect(refused.headers[.wwwAuthenticate]?.contains("insufficient_scope") == true)
        }
    }

    @Test(arguments: [Telling.nginx, .caddy, .envoy])
    func aPathOfTwoMeaningsIsRefusedAsThePath(telling: Telling) async throws {
        try await TestNode.run { _, client in
            let visitor = try await Visitor.registered(client)
            let holder = visitor.with(key: try await visitor.createKey("All").key)
            let targets = [
                "/api/../admin", "/api/%2e%2e/admin", "/api//devices", "/api/%2fdevices", "/api/devices;x",
                "/api/%00", "/%252e%252e",
            ]
            for target in targets {
                let answer = try await telling.ask(holder, .get, target)
                #expect(answer.status == 403, "\(target)")
                #expect(answer.code == "path_refused", "\(target)")
            }
        }
    }

    @Test func everyRefusalBearsEveryIdentityHeaderEmpty() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let (id, deleted) = try await irina.createKey("Deleted")
            #expect(try await irina.ask(.delete, "/v1/keys/\(id)").status == 200)
            let weak = try await irina.createKey("Weak", ["permissions": []]).key
            let cases = [
                (Visitor(client: client), 401, "missing"), (irina.with(key: "sp_nonsense"), 401, "malformed"),
                (irina.with(key: deleted), 401, "deleted"), (irina.with(key: weak), 403, "missing_permission"),
            ]
            for (visitor, status, code) in cases {
                let answer = try await Telling.nginx.ask(visitor, .get, "/api/devices")
                #expect(answer.status == status)
                #expect(answer.code == code)
                for name in Self.identity { #expect(answer.headers[values: name] == [""], "\(code) \(name)") }
            }
        }
    }

    @Test func headersThatContradictOneAnotherAreRefused() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let holder = irina.with(key: try await irina.createKey("Weak", ["permissions": []]).key)
            let nginx = ["X-Original-Method": "DELETE", "X-Original-URI": "/api/devices/7"]
            let forged = ["X-Forwarded-Method": "GET", "X-Forwarded-Uri": "/api/health"]
            let tries = [
                nginx.merging(forged) { $1 }, ["X-Original-URI": "/api/health"], ["X-Forwarded-Method": "GET"],
                ["X-Original-Method": "", "X-Original-URI": "/api/health"],
            ]
            for headers in tries {
                let answer = try await holder.with(headers).ask(.get, "/v1/authorize")
                #expect(answer.code == "path_refused", "\(headers)")
            }
            let same = ["X-Forwarded-Method": "DELETE", "X-Forwarded-Uri": "/api/devices/7"]
            let agreeing = try await holder.with(nginx.merging(same) { $1 }).ask(.get, "/v1/authorize")
            #expect(agreeing.code == "missing_permission")
        }
    }

    @Test func headersCountForNothingWhereThePathTells() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let holder = irina.with(key: try await irina.createKey("Weak", ["permissions": []]).key)
            let forged = ["X-Original-Method": "GET", "X-Original-URI": "/api/health"]
            let answer = try await holder.with(forged).ask(.delete, "/v1/authorize/api/devices/7")
            #expect(answer.code == "missing_permission")
        }
    }

    @Test func everyMethodIsAnsweredAndNoCrossSiteRuleStandsInTheWay() async throws {
        try await TestNode.run { _, client in
            let irina = try await Visitor.registered(client)
            let key = try await irina.createKey("All").key
            var holder = irina.with(key: key).with(["Sec-Fetch-Site": "cross-site"])
            holder.headers[.cookie] = irina.headers[.cookie]
            for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"] {
                let method = HTTPRequest.Method(method)!
                #expect(try await holder.ask(method, "/v1/authorize/somewhere").status == 200, "\(method)")
            }
            #expect(try await holder.ask(.get, "/v1/authorized").status == 404)
        }
    }

    @Test func aPlatformThatRefusesWhatItDoesNotNameSaysSo() async throws {
        var platform = Platform.smartPlayer
        platform.routes = RouteTable(otherwise: .refuse)
        try platform.routes.add(Route(method: "GET", pattern: "/named", permission: nil))
        try await TestNode.run(platform: platform) { _, client in
            let irina = try await Visitor.registered(client)
            let holder = irina.with(key: try await irina.createKey("All").key)
            #expect(try await Telling.envoy.ask(holder, .get, "/named").status == 200)
            let refused = try await Telling.envoy.ask(holder, .get, "/unnamed")
            #expect(refused.status == 403)
            #expect(refused.code == "no_route")
        }
    }

    @Test func theChallengeIsAHeaderWhateverThePlatformIsCalled() async throws {
        let names = [("Пл \"x\" \\ y", #"Bearer realm=" \"x\" \\ y""#), ("Плеер", #"Bearer realm="sp""#)]
        for (name, challenge) in names {
            let platform = Platform(name: name, keyPrefix: "sp", sections: Platform.smartPlayer.sections)
            #expect(BearerChallenge(platform).text == challenge)
        }
    }

    @Test func anOwnerFindsWhereTheirKeyWasRefused() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let (id, key) = try await irina.createKey("Weak", ["permissions": ["devices:read"]])
            let holder = irina.with(key: key)
            #expect(try await Telling.nginx.ask(holder, .put, "/api/devices/7?token=secret").status == 403)
            #expect(try await holder.ask(.get, "/v1/verify?permission=reports:read").status == 403)
            #expect(try await Telling.nginx.ask(holder, .get, "/api/devices/7").status == 200)
            await node.node.refusals.flush()
            let keyID = try #require(ID<Key>(id))
            let refusals = try await node.store.read { transaction throws(StoreError) in
                try transaction.refusals(of: keyID)
            }
            #expect(refusals.map(\.code) == ["missing_permission", "missing_permission"])
            #expect(refusals.map(\.permission) == ["reports:read", "devices:update"])
            #expect(refusals.map(\.attempt.method) == ["GET", "PUT"])
            #expect(refusals.map(\.attempt.path) == ["/v1/verify", "/api/devices/7"])
        }
    }
}

/// How a gateway tells the original request.
enum Telling: Sendable {
    case nginx, caddy, envoy

    func ask(_ visitor: Visitor, _ method: HTTPRequest.Method, _ target: String) async throws -> Answer {
        switch self {
        case .nginx:
            try await visitor.with(["X-Original-Method": method.rawValue, "X-Original-URI": target])
                .ask(.get, "/v1/authorize")
        case .caddy:
            try await visitor.with(["X-Forwarded-Method": method.rawValue, "X-Forwarded-Uri": target])
                .ask(.get, "/v1/authorize")
        case .envoy: try await visitor.ask(method, "/v1/authorize" + target)
        }
    }
}

extension Visitor {
    fileprivate func with(_ headers: [String: String]) -> Visitor {
        var visitor = self
        for (name, value) in headers { visitor.headers[HTTPField.Name(name)!] = value }
        return visitor
    }
}
