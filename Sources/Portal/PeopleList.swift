import Foundation
import KeyCore
import Web

/// What the reader wants to see of the people, as it stands in the address: search, role, state and page.
struct PeopleList: Hashable, Sendable {
    static let rows = 50
    static let path = "/settings/users"

    enum State: String, CaseIterable {
        case active, blocked, invited
    }

    var text = ""
    var role: ID<Role>?
    var state: State?
    /// From 1.
    var page = 1

    init() {}

    /// Reads an address; what it does not understand counts as not said.
    init(_ fields: FormFields) {
        text = String(fields["query"].prefix(EmailAddress.maximumLength))
        role = ID<Role>(fields["role"])
        state = State(rawValue: fields["state"])
        page = fields.page
    }

    func query(of company: ID<Company>, now: Timestamp) -> PersonQuery {
        PersonQuery(
            company: company, text: text, role: role, state: state.flatMap { PersonQuery.State(rawValue: $0.rawValue) },
            limit: PeopleList.rows, start: .offset((page - 1) * PeopleList.rows), now: now)
    }

    /// Whether an invitation is among what is asked for; those who have not come yet have no name.
    func shows(_ open: OpenInvitation) -> Bool {
        let text = PersonQuery.folded(text)
        guard state == nil || state == .invited, role == nil || role == open.role.id else { return false }
        return text.isEmpty || open.invitation.email.folded.contains(text)
    }

    /// The address, without what is as it would be anyway.
    func path(page: Int) -> String {
        FormFields.address(
            PeopleList.path,
            [
                ("query", text), ("role", role.map { "\($0)" } ?? ""), ("state", state?.rawValue ?? ""),
                ("page", page == 1 ? "" : String(page)),
            ])
    }
}
