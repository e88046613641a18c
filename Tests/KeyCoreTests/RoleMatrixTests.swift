import Testing

@testable import KeyCore

@Suite struct RoleMatrixTests {
    private let platform = Platform.smartPlayer

    private func role(_ name: String, template: String? = nil, _ rights: String...) -> Role {
        Role(
            id: .random(), company: .random(), name: name, template: template,
            permissions: PermissionSet(rights.compactMap { platform.permission($0) }))
    }

    @Test func thePlatformsOwnRoleHasBothNamesUntilItIsRenamed() {
        #expect(platform.roleName(role("Editor", template: "editor")) == Platform.Name("Editor", "Редактор"))
        #expect(platform.roleName(role("Author", template: "editor")) == Platform.Name("Author", "Author"))
        #expect(platform.roleName(role("Editor")) == Platform.Name("Editor", "Editor"))
    }

    @Test func versionDiffersWithTheNameAndWithEachRight() {
        let versions = [
            role("Operator"), role("Operators"), role("Operator", "devices:read"),
            role("Operator", "devices:read", "devices:update"),
        ].map(platform.version)
        #expect(Set(versions).count == versions.count)
        #expect(versions.allSatisfy { $0.count == 16 })
        #expect(platform.version(of: role("Operator", "devices:read")) == versions[2])
    }

    @Test func cellSaysWhetherARightIsThereAndWhetherThereIsSuchARight() {
        let sections =
            platform.sections + [
                Platform.Section(id: "logs", name: Platform.Name("Logs", "Записи"), actions: [.read])
            ]
        let larger = Platform(name: "Larger", keyPrefix: "lg", sections: sections)
        let matrix = RoleMatrix(platform: larger, company: "Acme", roles: [])
        let operatorRole = role("Operator", "devices:read")
        #expect(matrix.cell(operatorRole, sections[0], .read) == .available)
        #expect(matrix.cell(operatorRole, sections[0], .delete) == .unavailable)
        #expect(matrix.cell(operatorRole, sections[sections.count - 1], .delete) == .none)
    }

    @Test func aPreviewCountsOnlyKeysThatHaveTheRightFromTheRole() {
        let read = PermissionSet([platform.right(.roles, .read)])
        let reach = RoleReach(
            people: 2, names: [],
            liveKeys: [.init(subset: nil, count: 3), .init(subset: read, count: 2), .init(subset: .init(), count: 1)])
        #expect(reach.keys == 6)
        #expect(reach.keys(with: read) == 5)
        #expect(reach.keys(with: PermissionSet([platform.right(.roles, .delete)])) == 3)
        #expect(reach.keys(with: PermissionSet()) == 0)
    }
}
