import Testing

@testable import KeyCore

struct RequestPathTests {
    @Test(arguments: [
        ("/", []), ("/api/devices", ["api", "devices"]), ("/api/devices/", ["api", "devices"]),
        ("/api/devices?x=/../y#z", ["api", "devices"]), ("/caf%C3%A9/%D0%90", ["café", "А"]),
        ("/a%20b/100%25", ["a b", "100%"]), ("/%64evices", ["devices"]), ("/a..b/...", ["a..b", "..."]),
        ("/a%3Fb", ["a?b"]), ("/устройства", ["устройства"]), ("/*/**", ["*", "**"]),
    ])
    func plainPathIsDecodedOnce(target: String, segments: [String]) throws {
        #expect(try RequestPath(target).segments == segments)
    }

    @Test(
        arguments: [
            ("", .notAbsolute), ("api", .notAbsolute), ("http://host/api", .notAbsolute), ("?/api", .notAbsolute),
            ("//", .emptySegment), ("/api//devices", .emptySegment), ("//api", .emptySegment),
            ("/api//", .emptySegment),
            ("/api/../admin", .dotSegment), ("/..", .dotSegment), ("/./api", .dotSegment), ("/api/.", .dotSegment),
            ("/%2e%2e/api", .dotSegment), ("/.%2E/api", .dotSegment), ("/%2e", .dotSegment),
            ("/api%2fdevices", .encodedSlash), ("/api%2Fdevices", .encodedSlash), ("/%2f", .encodedSlash),
            ("/api\\devices", .backslash), ("/api%5cdevices", .backslash),
            ("/api%00", .control), ("/api\u{0}", .control), ("/api%0d%0a", .control), ("/api\u{7f}", .control),
            ("/api/devices;x=1", .parameters), ("/api/..;/admin", .parameters), ("/api%3bx", .parameters),
            ("/%", .encoding), ("/%2", .encoding), ("/%zz", .encoding), ("/%ff", .encoding), ("/%c0%ae", .encoding),
            ("/%252e%252e/admin", .encodedTwice), ("/%2541", .encodedTwice), ("/api#x", .fragment),
        ] as [(String, RequestPath.Fault)])
    func pathThatCouldBeReadInTwoWaysIsRefused(target: String, fault: RequestPath.Fault) {
        #expect(RequestPathTests.fault(of: target) == fault)
    }

    @Test func pathHasAMostLength() throws {
        let longest = "/" + String(repeating: "a", count: RequestPath.maximumLength - 1)
        #expect(RequestPathTests.fault(of: longest) == nil)
        #expect(RequestPathTests.fault(of: longest + "a") == .tooLong)
        #expect(RequestPathTests.fault(of: longest + "?" + longest) == nil)
    }

    private static func fault(of target: String) -> RequestPath.Fault? {
        do {
            _ = try RequestPath(target)
            return nil
        } catch {
            return error
        }
    }
}
