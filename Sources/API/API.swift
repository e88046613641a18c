import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// The JSON API under `/v1`.
package struct API: Sendable {
    private let authentication: Authentication
    private let address: PublicAddress
    private let firstUses: FirstUseWatch

    package init(
        registry: Registry, verifier: any KeyVerifier, cookie: SessionCookie, address: PublicAddress,
        firstUses: FirstUseWatch, now: @escaping @Sendable () -> Timestamp
    ) {
        self.address = address
        self.firstUses = firstUses
        authentication = Authentication(registry: registry, verifier: verifier, cookie: cookie, now: now)
    }

    package func addRoutes(to router: Router<WebContext>) {
        AccountController(authentication: authentication).addRoutes(to: router)
        SessionController(authentication: authentication).addRoutes(to: router)
        KeyController(authentication: authentication).addRoutes(to: router)
        UsesController(authentication: authentication).addRoutes(to: router)
        EventsController(authentication: authentication, watch: firstUses).addRoutes(to: router)
        RefusalController(authentication: authentication).addRoutes(to: router)
        RoleController(authentication: authentication).addRoutes(to: router)
        UserController(authentication: authentication).addRoutes(to: router)
        InvitationController(authentication: authentication, address: address).addRoutes(to: router)
        CompanyController(authentication: authentication).addRoutes(to: router)
        AuditController(authentication: authentication).addRoutes(to: router)
        DiscussionsController(authentication: authentication).addRoutes(to: router)
        NotificationsController(authentication: authentication).addRoutes(to: router)
        DocumentationController().addRoutes(to: router)
    }
}

extension Response {
    static func json(
        _ value: some Encodable, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
    ) -> Response {
        WholeAnswer.json(value, status: status, headers: headers).response
    }
}
