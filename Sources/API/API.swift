import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// The JSON API under `/v1`.
package struct API: Sendable {
    private let authentication: Authentication
    private let address: PublicAddress

    package init(
        registry: Registry, verifier: any KeyVerifier, cookie: SessionCookie, address: PublicAddress,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.address = address
        authentication = Authentication(registry: registry, verifier: verifier, cookie: cookie, now: now)
    }

    package func addRoutes(to router: Router<WebContext>) {
        AccountController(authentication: authentication).addRoutes(to: router)
        KeyController(authentication: authentication).addRoutes(to: router)
        RefusalController(authentication: authentication).addRoutes(to: router)
        RoleController(authentication: authentication).addRoutes(to: router)
        UserController(authentication: authentication).addRoutes(to: router)
        InvitationController(authentication: authentication, address: address).addRoutes(to: router)
        CompanyController(authentication: authentication).addRoutes(to: router)
        AuditController(authentication: authentication).addRoutes(to: router)
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
