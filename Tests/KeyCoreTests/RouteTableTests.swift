import Testing

@testable import KeyCore

struct RouteTableTests {
    private let platform = Platform.smartPlayer

    @Test(arguments: [
        ("GET", "/api/devices", "/api/devices/**"),
        ("GET", "/api/devices/7/log", "/api/devices/**"),
        ("GET", "/api/devices/7", "/api/devices/*"),
        ("GET", "/api/devices/new", "/api/devices/new"),
        ("POST", "/api/devices/new", "/api/**"),
        ("GET", "/api/devices/7/status", "/api/devices/**"),
        ("GET", "/api/content/7/status", "/api/*/7/status"),
        ("GET", "/api/content/8/status", "/api/*/*/status"),
        ("PURGE", "/api", "/api/**"),
        ("GET", "/apis", nil),
        ("GET", "/API/devices", nil),
        ("GET", "/", nil),
    ])
    func mostSpecificRuleWins(method: String, target: String, pattern: String?) throws {
        let table = try table([
            ("*", "/api/**"), ("GET", "/api/devices/**"), ("GET", "/api/devices/*"), ("GET", "/api/devices/new"),
            ("GET", "/api/*/*/status"), ("GET", "/api/*/7/status"),
        ])
        #expect(table.route(method: method, path: try RequestPath(target))?.pattern == pattern)
    }

    @Test func namedMethodComesBeforeAnyMethodOfTheSamePath() throws {
        let table = try table([("*", "/api/health"), ("GET", "/api/health")])
        #expect(table.route(method: "GET", path: try RequestPath("/api/health"))?.method == "GET")
        #expect(table.route(method: "PUT", path: try RequestPath("/api/health"))?.method == "*")
    }

    @Test func headIsJudgedAsGetUnlessARuleNamesIt() throws {
        var table = try table([("GET", "/a"), ("*", "/a")])
        #expect(table.route(method: "HEAD", path: try RequestPath("/a"))?.method == "GET")
        try table.add(Route(method: "HEAD", pattern: "/a", permission: nil))
        #expect(table.route(method: "HEAD", path: try RequestPath("/a"))?.method == "HEAD")
    }

    /// Swift holds texts for equal that the service behind the gateway tells apart.
    @Test(arguments: ["/api/%E2%84%AAPI/x", "/api/\u{212A}PI/x", "/api/cafe%CC%81/x"])
    func pathIsComparedByItsBytes(target: String) throws {
        let table = try table([("GET", "/api/KPI/**"), ("GET", "/api/caf\u{e9}/**"), ("GET", "/api/**")])
        #expect(table.route(method: "GET", path: try RequestPath(target))?.pattern == "/api/**")
    }

    @Test func orderOfTheRulesDoesNotMatter() throws {
        let rules = [("*", "/**"), ("GET", "/a"), ("GET", "/a/*"), ("GET", "/a/b"), ("GET", "/*/b"), ("GET", "/a/**")]
        for rules in [rules, rules.reversed()] {
            let table = try table(rules)
            for (target, pattern) in [
                ("/a", "/a"), ("/a/b", "/a/b"), ("/a/c", "/a/*"), ("/c/b", "/*/b"), ("/a/b/c", "/a/**"),
            ] {
                #expect(table.route(method: "GET", path: try RequestPath(target))?.pattern == pattern)
            }
        }
    }

    @Test(
        arguments: [
            ("GET", "api", .path(.notAbsolute)), ("GET", "/a/../b", .path(.dotSegment)),
            ("GET", "/a//b", .path(.emptySegment)), ("GET", "/**/a", .deepWildcardNotLast),
            ("GET", "/a/b*", .wildcardWithinSegment), ("GET", "/a/***", .wildcardWithinSegment),
            ("get", "/a", .method), ("", "/a", .method), ("GET POST", "/a", .method), ("**", "/a", .method),
        ] as [(String, String, RouteTable.Fault)])
    func ruleThatCannotBeIsRefused(method: String, pattern: String, fault: RouteTable.Fault) {
        #expect(RouteTableTests.fault(adding: Route(method: method, pattern: pattern, permission: nil)) == fault)
    }

    @Test func ruleThatNeverDecidesIsRefusedWithTheOneThatDoes() throws {
        let first = Route(method: "GET", pattern: "/a/b", permission: nil, line: 3)
        var table = try table([])
        try table.add(first)
        for pattern in ["/a/b", "/a/b/", "/a/%62"] {
            let second = Route(method: "GET", pattern: pattern, permission: nil, line: 4)
            #expect(RouteTableTests.fault(adding: second, to: table) == .sameAs(first))
        }
    }

    @Test func whatNoRuleNamesNeedsAKeyOrIsRefused() throws {
        let open = RouteTable(otherwise: .requireKey)
        let closed = RouteTable(otherwise: .refuse)
        #expect(open.finding(method: "GET", target: "/x").requirement == .validKey)
        #expect(closed.finding(method: "GET", target: "/x").requirement == .refused(.noRoute))
    }

    @Test(arguments: ["get", "Get", "", "*", "GET "])
    func methodThatIsNotInCapitalsIsRefusedForAServiceMayTakeItForGet(method: String) {
        let requirement = RouteTable(otherwise: .requireKey).finding(method: method, target: "/x").requirement
        #expect(requirement == .refused(.pathRefused("is asked for by a method not in capitals")))
    }

    /// What the fast lane asks says the same, or leaves it to the other.
    @Test func pathInTheBytesOfARequestNeedsWhatThePathAsATextDoes() throws {
        var table = try table([
            ("*", "/api/**"), ("GET", "/api/devices/**"), ("DELETE", "/api/devices/*"), ("GET", "/api/*/7"),
            ("GET", "/"),
        ])
        try table.add(
            Route(method: "POST", pattern: "/api/devices/**", permission: platform.permission("devices:create")))
        var random = SystemRandomNumberGenerator()
        let pieces = ["/", "/", "api", "devices", "7", ".", "..", "%2F", "%41", ";", "#", "?", "\\", "a b", "ä", "*"]
        var segments: [Range<Int>] = []
        var decided = 0
        for _ in 0..<20_000 {
            let target = "/" + (0..<Int.random(in: 0...7, using: &random)).map { _ in pieces.randomElement()! }.joined()
            let method = ["GET", "HEAD", "POST", "DELETE", "get", ""].randomElement()!
            let (bytes, verb) = (Array(target.utf8), Array(method.utf8))
            let quick = table.requirement(method: verb.span, target: bytes.span, segments: &segments)
            guard let quick else { continue }
            decided += 1
            #expect(quick == table.finding(method: method, target: target).requirement, "\(method) \(target)")
        }
        #expect(decided > 1_000)
    }

    @Test func findingTellsTheRuleAndItsPermission() throws {
        let read = try #require(platform.permission("devices:read"))
        var table = RouteTable(otherwise: .refuse)
        let guarded = Route(method: "GET", pattern: "/api/devices", permission: read)
        let health = Route(method: "*", pattern: "/api/health", permission: nil)
        try table.add(guarded)
        try table.add(health)
        let finding = table.finding(method: "GET", target: "/api/devices?page=2")
        #expect(finding == RouteTable.Finding(requirement: .permission(read), route: guarded))
        #expect(table.finding(method: "PUT", target: "/api/health").requirement == .validKey)
        guard case .refused(.pathRefused) = table.finding(method: "GET", target: "/api//devices").requirement else {
            Issue.record("a path of two meanings was let through")
            return
        }
    }

    private func table(_ rules: [(String, String)]) throws -> RouteTable {
        var table = RouteTable()
        for (method, pattern) in rules { try table.add(Route(method: method, pattern: pattern, permission: nil)) }
        return table
    }

    private static func fault(adding route: Route, to table: RouteTable = RouteTable()) -> RouteTable.Fault? {
        var table = table
        do {
            try table.add(route)
            return nil
        } catch {
            return error
        }
    }
}
