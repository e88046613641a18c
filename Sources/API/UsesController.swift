import Foundation
import Hummingbird
import KeyCore
import Web

/// `/v1/keys/{id}/uses`: how often a key was used on each of the last days.
struct UsesController: Sendable {
    let authentication: Authentication

    func addRoutes(to router: Router<WebContext>) {
        router.resource("v1/keys/{id}/uses", [.get: list])
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let caller = try await authentication.caller(request, context)
        let uses = try await authentication.registry.dailyUses(of: try ID(in: context), by: caller)
        return .json(UsesJSON(uses))
    }
}

private struct UsesJSON: Encodable {
    struct OfDay: Encodable {
        let date: String
        let uses: Int
    }

    let days: [OfDay]
    let total: Int

    init(_ uses: DailyUses) {
        days = uses.byDay.map { OfDay(date: "\(Day($0.day, in: .gmt))", uses: $0.count) }
        total = uses.total
    }
}

/// The first use of a key as the API shows it.
struct FirstUseJSON: Encodable {
    private let use: FirstUse

    init(_ use: FirstUse) {
        self.use = use
    }

    private enum Member: String, CodingKey {
        case at, address
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(use.at.rfc3339, forKey: .at)
        // Present even when null: it was not noted.
        try members.encode(use.address, forKey: .address)
    }
}
