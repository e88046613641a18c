import Foundation
import KeyCore
import Web

/// What the actions of the log are about.
enum AuditGroup: String, CaseIterable, Hashable, Sendable {
    case access, keys, people, roles, discussions, log

    var actions: [AuditEvent.Action] { AuditEvent.Action.allCases.filter { $0.group == self } }
}

extension AuditEvent.Action {
    var group: AuditGroup {
        switch self {
        case .accountRegistered, .sessionStarted, .sessionEnded, .passwordChanged, .profileChanged: .access
        case .keyCreated, .keyConfirmed, .keyDeleted: .keys
        case .userAdded, .userChanged, .userBlocked, .userUnblocked, .userRemoved: .people
        case .userInvited, .invitationWithdrawn, .userJoined: .people
        case .roleAdded, .roleChanged, .roleDeleted: .roles
        case .topicCreated, .topicClosed, .topicReopened, .topicHidden, .topicShown: .discussions
        case .replyHidden, .replyShown: .discussions
        case .auditExported: .log
        }
    }
}

/// What part of the log the reader wants to see, as it stands in the address: the filters and the page.
struct AuditList: Hashable, Sendable {
    static let path = "/settings/audit"
    static let rows = 50
    /// What somebody may type into a filter.
    private static let longestText = 254

    /// A name, an e-mail address or an id.
    var person = ""
    /// An action or a group of them, by its name.
    var deed = ""
    var from: Day?
    var to: Day?
    var target = ""
    /// The page begins after this entry, towards the older ones.
    var before: Int64?
    /// The page ends before this entry, towards the newer ones.
    var after: Int64?

    init() {}

    /// Reads an address; what it does not understand counts as not said.
    init(_ fields: FormFields) {
        person = AuditList.text(fields["person"])
        deed = fields["action"]
        if actions.isEmpty { deed = "" }
        from = Day(fields["from"])
        to = Day(fields["to"])
        target = AuditList.text(fields["target"])
        before = Int64(fields["before"]).flatMap { $0 > 0 ? $0 : nil }
        after = before == nil ? Int64(fields["after"]).flatMap { $0 > 0 ? $0 : nil } : nil
    }

    private static func text(_ text: String) -> String {
        String(text.trimmingCharacters(in: .whitespacesAndNewlines).prefix(longestText))
    }

    var isFiltered: Bool { !filterQuery.isEmpty }

    private var actions: [AuditEvent.Action] {
        AuditGroup(rawValue: deed)?.actions ?? AuditEvent.Action(rawValue: deed).map { [$0] } ?? []
    }

    /// - Parameter operatorName: what the reader calls the operator.
    func query(of company: ID<Company>, in timeZone: TimeZone, operatorName: String) -> AuditQuery {
        var query = AuditQuery(company: company, actions: actions, before: before, limit: AuditList.rows)
        query.after = after
        if person.lowercased() == operatorName.lowercased() {
            query.actor = .operator
        } else if let id = ID<User>(person) {
            query.actor = .user(id)
        } else if !person.isEmpty {
            query.actor = .named(person)
        }
        query.target = target
        query.since = from?.start(in: timeZone)
        query.until = to?.end(in: timeZone)
        return query
    }

    /// The first page with one filter more.
    func filtered(person: String? = nil, target: String? = nil) -> AuditList {
        var list = turned()
        list.person = person ?? self.person
        list.target = target ?? self.target
        return list
    }

    func turned(before: Int64? = nil, after: Int64? = nil) -> AuditList {
        var list = self
        (list.before, list.after) = (before, after)
        return list
    }

    private var filters: [(name: String, value: String)] {
        [
            ("person", person), ("action", deed), ("from", from?.description ?? ""), ("to", to?.description ?? ""),
            ("target", target),
        ]
    }

    /// The filters as the log tells them: "action=keys, target=import".
    var description: String {
        filters.filter { !$0.value.isEmpty }.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
    }

    /// The filters as they stand in an address.
    var filterQuery: String { FormFields.query(filters) }

    /// The address, without what is as it would be anyway.
    var path: String {
        let place = [("before", before.map(String.init) ?? ""), ("after", after.map(String.init) ?? "")]
        return FormFields.address(AuditList.path, filters + place)
    }

    func exportPath(_ format: AuditFormat) -> String {
        AuditList.path + "/export?" + FormFields.query([("format", format.rawValue)] + filters)
    }
}
