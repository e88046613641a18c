import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// The audit log, and taking it along as a file.
struct AuditController: Sendable {
    let reception: Reception

    private var registry: Registry { reception.registry }

    func addRoutes(to router: Router<WebContext>) {
        router.resource("/settings/audit", [.get: reception.allowed(.settings, .read, show)])
        router.resource("/settings/audit/export", [.get: reception.allowed(.settings, .read, export)])
    }

    @Sendable private func show(_ person: SignedIn) async throws -> Response {
        let list = AuditList(person.request.query)
        let (page, names) = try await registry.auditPage(query(list, person), by: person.caller)
        var filtered = list.person
        if let id = ID<User>(list.person) {
            filtered = try await registry.auditName(of: id, by: person.caller) ?? list.person
        }
        let view = AuditLogPage(
            reader: person.reader, platform: registry.platform, list: list, person: filtered, page: page, names: names)
        let title = person.reader.phrases.audit.title
        return .page(
            person.frame.signedIn(
                person.account, at: .audit, title: title, isWide: true, modules: ["days.js"], view.content))
    }

    @Sendable private func export(_ person: SignedIn) async throws -> Response {
        let fields = person.request.query
        guard let format = AuditFormat(rawValue: fields["format"]) else { throw Refusal(.notFound, .notFound) }
        let list = AuditList(fields)
        var query = query(list.turned(), person)
        let scope = [format.rawValue, list.description].filter { !$0.isEmpty }.joined(separator: ", ")
        query.before = try await registry.beginAuditExport(scope, by: person.caller)
        let export = AuditExport(registry: registry, caller: person.caller, query: query, format: format)
        let name = "audit-\(person.reader.today).\(format.rawValue)"
        return Response(
            status: .ok,
            headers: [
                .contentType: format.contentType, .contentDisposition: "attachment; filename=\"\(name)\"",
                .cacheControl: "no-store",
            ],
            body: export.body)
    }

    private func query(_ list: AuditList, _ person: SignedIn) -> AuditQuery {
        list.query(
            of: person.account.company.id, in: person.reader.timeZone,
            operatorName: person.reader.phrases.audit.someOperator)
    }
}
