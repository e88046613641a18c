import KeyCore

/// A platform as the file that would tell it: what one begins a file of one's own with.
struct PlatformFileText {
    let platform: Platform

    var yaml: String {
        """
        # A platform file of Latchkey. docs/PLATFORM.md tells what can stand here.
        platform: {name: \(scalar(platform.name)), key_prefix: \(scalar(platform.keyPrefix)), \
        accent: \(scalar(platform.accent.text))\(logo)\(discussions)}

        sections:
        \(platform.sections.map(section).joined(separator: "\n"))

        # The roles that a new company begins with.
        roles:
        \(platform.roles.map(role).joined(separator: "\n"))

        # What requests need that gateways ask about. The most specific path wins.
        routes:\(routes)
        otherwise: \(platform.routes.otherwise.rawValue)

        """
    }

    private var logo: String {
        platform.logo.map { ", logo: \(scalar($0.file))" } ?? ""
    }

    /// Left out where it is what a file without it says.
    private var discussions: String {
        platform.discussions == .signedIn ? "" : ", discussions: \(platform.discussions.rawValue)"
    }

    private func section(_ section: Platform.Section) -> String {
        let actions = section.actions.map(\.rawValue).joined(separator: ", ")
        return "  - {id: \(section.id), name: \(name(section.name)), actions: [\(actions)]}"
    }

    private func role(_ role: Platform.RoleTemplate) -> String {
        let head = "  - {id: \(role.id), name: \(name(role.name)), permissions: "
        guard role.permissions != platform.allPermissions else { return head + "all}" }
        let lines = rights(role.permissions).map { $0.joined(separator: ", ") }
        guard lines.joined().count > 60 else { return head + "[\(lines.joined())]}" }
        return head + "[\n      " + lines.joined(separator: ",\n      ") + "]}"
    }

    /// The rights of a set in lines: what holds for every section in the first, then a line a section, or six
    /// where each has but one.
    private func rights(_ set: PermissionSet) -> [[String]] {
        let everywhere = Action.allCases.filter { action in
            let all = platform.sections.compactMap { platform.permission("\($0.id):\(action.rawValue)") }
            return !all.isEmpty && all.allSatisfy(set.contains)
        }
        let lines = platform.sections.map { section in
            section.actions.filter { action in
                guard let permission = platform.permission("\(section.id):\(action.rawValue)") else { return false }
                return set.contains(permission) && !everywhere.contains(action)
            }.map { "\(section.id):\($0.rawValue)" }
        }
        let all = ([everywhere.map { "\"*:\($0.rawValue)\"" }] + lines).filter { !$0.isEmpty }
        guard all.allSatisfy({ $0.count == 1 }) else { return all }
        let few = 6
        return stride(from: 0, to: all.count, by: few).map { Array(all[$0..<min($0 + few, all.count)].joined()) }
    }

    private var routes: String {
        let routes = platform.routes.routes.map { route in
            (
                method: scalar(route.method) + ",", path: scalar(route.pattern) + ",",
                permission: route.permission.map(platform.name(of:)) ?? "none"
            )
        }
        guard !routes.isEmpty else { return " []" }
        let widths = (routes.map(\.method.count).max() ?? 0, routes.map(\.path.count).max() ?? 0)
        return routes.map { route in
            "\n  - {method: \(padded(route.method, to: widths.0)) path: \(padded(route.path, to: widths.1)) "
                + "permission: \(route.permission)}"
        }.joined()
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: width - text.count)
    }

    private func name(_ name: Platform.Name) -> String {
        name.english == name.russian
            ? scalar(name.english) : "{en: \(scalar(name.english)), ru: \(scalar(name.russian))}"
    }

    /// A text without quotes where it is plain beyond doubt, else with them (YAML 1.1, section 9.1).
    private func scalar(_ text: String) -> String {
        let isPlain =
            text.unicodeScalars.first.map { $0.properties.isAlphabetic || $0 == "/" } ?? false
            && text.last != " "
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
                    || " -_./*".unicodeScalars.contains(scalar)
            }
        guard !isPlain || ["null", "Null", "NULL"].contains(text) else { return text }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
