import Testing

@testable import KeyCore

struct PlatformTests {
    private let platform = Platform.smartPlayer

    @Test func everyRightIsReadByItsName() throws {
        #expect(platform.permissions.count == 40)
        for permission in platform.permissions {
            #expect(platform.permission(platform.name(of: permission)) == permission)
        }
        #expect(Set(platform.permissions.map(platform.name(of:))).count == 40)
        #expect(platform.name(of: platform.right(.apiKeys, .create)) == "api-keys:create")
    }

    @Test(arguments: [
        "", ":", "devices", "devices:", ":read", "devices:READ", "Devices:read", "devices:read ", "*", "*:read",
    ])
    func rightThatThePlatformLacksIsUnknown(_ name: String) {
        #expect(platform.permission(name) == nil)
        let refusal = refusal { () throws(Refusal) in try platform.set(named: ["devices:read", name]) }
        #expect(refusal == .field("permissions", .permissionUnknown))
    }

    @Test func builtInRolesAreThoseOfTheProduct() throws {
        let roles = Dictionary(uniqueKeysWithValues: platform.roles.map { ($0.id, $0.permissions) })
        #expect(Set(roles.keys) == ["administrator", "editor", "viewer"])
        #expect(roles["administrator"] == platform.allPermissions)
        let editor = try #require(roles["editor"])
        let viewer = try #require(roles["viewer"])
        #expect(editor.count == 18 && viewer.count == 6 && viewer.isSubset(of: editor))
        #expect(!platform.names(of: editor).contains { $0.hasSuffix(":delete") })
        for role in [editor, viewer] { #expect(!role.contains(platform.right(.apiKeys, .create))) }
    }

    @Test(arguments: [
        ("GET", "/api/devices", "devices:read"), ("POST", "/api/content", "content:create"),
        ("PUT", "/api/reports/7", "reports:update"), ("PATCH", "/api/schedules/7/days/1", "schedules:update"),
        ("DELETE", "/api/announcements/7", "announcements:delete"), ("POST", "/api/health", nil),
    ])
    func builtInRoutesAskForTheRightOfTheMethod(method: String, path: String, name: String?) throws {
        let route = try #require(platform.routes.route(method: method, path: RequestPath(path)))
        #expect(route.permission.map(platform.name(of:)) == name)
    }

    @Test(arguments: [
        ("sp", true), ("a1b2c3d4", true), ("42", true), ("s", false), ("abcdefghi", false), ("Sp", false),
        ("s_", false), ("шп", false), ("", false),
    ])
    func keysBeginWithTwoToEightLowerCaseLettersOrDigits(text: String, isPrefix: Bool) {
        #expect(Platform.isKeyPrefix(text) == isPrefix)
    }

    @Test func setIsReadAsItIsStored() throws {
        let some = try platform.set(named: ["reports:read", "devices:create"])
        for set in [platform.allPermissions, PermissionSet(), some] {
            #expect(platform.set(stored: platform.stored(set)) == set)
        }
        // Only the Administrator's role gets the rights that are still to come; everybody else what was chosen.
        for template in ["administrator", "editor", nil] {
            let role = Role(
                id: .random(), company: .random(), name: "R", template: template,
                permissions: platform.allPermissions)
            #expect((platform.stored(role) == "*") == (template == "administrator"))
        }
        #expect(platform.stored(some) == "devices:create reports:read")
    }

    @Test func rightThatThePlatformLostCountsForNothing() throws {
        let stored = platform.set(stored: "devices:read retired:read devices:fly")
        #expect(stored == (try platform.set(named: ["devices:read"])))
    }

    @Test func setsAreComparedAsSets() throws {
        let read = try platform.set(named: ["devices:read", "reports:read"])
        let write = try platform.set(named: ["devices:read", "devices:update"])
        #expect(read.intersection(write) == (try platform.set(named: ["devices:read"])))
        #expect(!read.isSubset(of: write) && read.isSubset(of: platform.allPermissions))
        #expect(PermissionSet().isSubset(of: read) && PermissionSet().isEmpty && read.count == 2)
    }

    @Test func lastBitOfTheLargestPlatformIsARightOfItsOwn() throws {
        let sections = (0..<PermissionSet.maximumSections).map { number in
            Platform.Section(id: "s\(number)", name: Platform.Name("S", "С"), actions: Action.allCases)
        }
        let large = Platform(name: "Large", keyPrefix: "lg", sections: sections)
        let last = try #require(large.permission("s31:delete"))
        #expect(large.allPermissions.count == 128)
        #expect(PermissionSet([last]).contains(last) && PermissionSet([last]).count == 1)
        #expect(large.names(of: PermissionSet([last])) == ["s31:delete"])
    }
}
