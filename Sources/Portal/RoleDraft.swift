import KeyCore
import Web

/// A role as it stands in a form: what was typed, and the version of the role that it was made from. Each page on
/// the way to the change carries it on, so that nothing typed is lost.
struct RoleDraft {
    var name: String
    var permissions: PermissionSet
    var version = ""

    init(name: String, permissions: PermissionSet, version: String = "") {
        self.name = name
        self.permissions = permissions
        self.version = version
    }

    /// A role as it is now, in the reader's words.
    init(_ role: Role, platform: Platform, language: Language) {
        name = platform.roleName(role).text(language)
        permissions = role.permissions
        version = platform.version(of: role)
    }

    /// Reads a form that was sent; a right that the platform does not have counts as not chosen.
    init(_ fields: FormFields, platform: Platform) {
        name = fields["name"]
        let names = fields.all("right").prefix(PermissionSet.maximumCount)
        permissions = PermissionSet(names.compactMap { platform.permission($0) })
        version = fields["version"]
    }

    /// What the draft asks for. A name as it is shown is no new name: the platform's own roles keep theirs in both
    /// languages.
    func form(changing role: Role, platform: Platform, language: Language) -> RoleForm {
        let isShownName = name == platform.roleName(role).text(language)
        return RoleForm(name: isShownName ? nil : name, permissions: permissions, version: version)
    }

    /// The draft in a form that shows no fields.
    func hidden(_ platform: Platform) -> HTML {
        let rights = platform.names(of: permissions).map { name -> HTML in
            "<input type=\"hidden\" name=\"right\" value=\"\(name)\">"
        }
        return """
            <input type="hidden" name="name" value="\(name)">
            <input type="hidden" name="version" value="\(version)">\(rights)
            """
    }
}
