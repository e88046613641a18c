import KeyCore
import Web

/// The roles that the reader wants to see, as it stands in the address: search and page.
struct RoleList {
    static let path = "/settings/roles"
    static let rows = 100

    let text: String
    /// From 1.
    let page: Int
    let total: Int
    /// The roles of the page, the Administrator first, then by the name that the reader sees.
    let shown: ArraySlice<RoleOverview>

    init(_ all: [RoleOverview], _ fields: FormFields, platform: Platform, language: Language) {
        text = String(fields["query"].prefix(PersonalText.maximumLength))
        let wanted = KeyName.folded(query: text)
        let found = all.map { (overview: $0, name: platform.roleName($0.role)) }
            .filter { entry in
                wanted.isEmpty
                    || [entry.name.english, entry.name.russian].contains {
                        KeyName.folded(query: $0).contains(wanted)
                    }
            }
            .map { (overview: $0.overview, name: KeyName.folded(query: $0.name.text(language))) }
            .sorted { left, right in
                let (isFirst, isSecond) = (left.overview.role.isAdministrator, right.overview.role.isAdministrator)
                return isFirst == isSecond ? left.name < right.name : isFirst
            }
        total = found.count
        let last = max(1, (total + RoleList.rows - 1) / RoleList.rows)
        let page = min(fields.page, last)
        self.page = page
        shown = found.map(\.overview).dropFirst((page - 1) * RoleList.rows).prefix(RoleList.rows)
    }

    func path(page: Int) -> String {
        FormFields.address(RoleList.path, [("query", text), ("page", page == 1 ? "" : String(page))])
    }
}
