extension Platform {
    /// The role that every company keeps, with every right; it cannot be edited.
    package static let administratorRole = "administrator"

    /// The built-in platform: SmartPlayer, digital signage.
    package static let smartPlayer: Platform = {
        var platform = Platform(
            name: "SmartPlayer",
            keyPrefix: "sp",
            sections: [
                section("devices", "Devices", "Устройства"),
                section("content", "Content", "Контент"),
                section("broadcasts", "Broadcasts", "Трансляции"),
                section("announcements", "Announcements", "Объявления"),
                section("schedules", "Schedules", "Расписания"),
                section("reports", "Reports", "Отчёты"),
                section("users", "Users", "Пользователи"),
                section("roles", "Roles", "Роли"),
                section("settings", "Settings", "Настройки"),
                section("api-keys", "API keys", "API-ключи"),
            ]
        )
        let contentSections = ["devices", "content", "broadcasts", "announcements", "schedules", "reports"]
        platform.add(
            RoleTemplate(
                id: administratorRole, name: Name("Administrator", "Администратор"),
                permissions: platform.allPermissions))
        platform.add(
            RoleTemplate(
                id: "editor", name: Name("Editor", "Редактор"),
                permissions: platform.set(sections: contentSections, actions: [.create, .read, .update])))
        platform.add(
            RoleTemplate(
                id: "viewer", name: Name("Viewer", "Наблюдатель"),
                permissions: platform.set(sections: contentSections, actions: [.read])))
        platform.routes = platform.routes(for: contentSections)
        return platform
    }()

    private static func section(_ id: String, _ english: String, _ russian: String) -> Section {
        Section(id: id, name: Name(english, russian), actions: Action.allCases)
    }

    /// The rules of an API that has each section at `/api/SECTION`, and its own health besides.
    private func routes(for sections: [String]) -> RouteTable {
        let actions: [(method: String, action: Action)] = [
            ("GET", .read), ("POST", .create), ("PUT", .update), ("PATCH", .update), ("DELETE", .delete),
        ]
        var routes = sections.flatMap { section in
            actions.map { method, action in
                Route(
                    method: method, pattern: "/api/\(section)/**",
                    permission: permission(section + ":" + action.rawValue))
            }
        }
        routes.append(Route(method: "*", pattern: "/api/health", permission: nil))
        var table = RouteTable()
        for route in routes {
            do {
                try table.add(route)
            } catch {
                preconditionFailure("The built-in rule for \(route.pattern) cannot be: \(error)")
            }
        }
        return table
    }

    private func set(sections: [String], actions: [Action]) -> PermissionSet {
        PermissionSet(
            sections.flatMap { section in
                actions.compactMap { permission(section + ":" + $0.rawValue) }
            })
    }
}

extension Platform {
    /// The rights that our own pages and API ask for. Every platform has these sections.
    package func right(_ section: OwnSection, _ action: Action) -> Permission {
        guard let permission = permission(section.rawValue + ":" + action.rawValue) else {
            preconditionFailure("The platform lacks the section \(section.rawValue).")
        }
        return permission
    }

    package enum OwnSection: String, CaseIterable, Sendable {
        case users, roles, settings
        case apiKeys = "api-keys"
    }
}
